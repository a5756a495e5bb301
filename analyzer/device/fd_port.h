#pragma once
/// A port that is one file descriptor: a terminal, a Unix socket or a TCP connection.

#include "device/file_descriptor.h"
#include "device/port.h"

#include <cstdint>
#include <memory>
#include <string>

namespace fraglint {

class FdPort : public Port {
public:
  /// The far end of a pseudoterminal, set to carry every byte as it is.
  static llvm::Expected<std::unique_ptr<FdPort>> openTerminal(const std::string &path);
  static llvm::Expected<std::unique_ptr<FdPort>> connectUnix(const std::string &path);
  /// `host` is a numeric address or `localhost`: a static binary resolves no names.
  static llvm::Expected<std::unique_ptr<FdPort>> connectTcp(const std::string &host, uint16_t port,
                                                            Deadline deadline);

  /// Takes over an open descriptor and makes it non-blocking.
  explicit FdPort(FileDescriptor descriptor);

  llvm::Expected<size_t> read(llvm::MutableArrayRef<char> into, Deadline deadline) override;
  llvm::Expected<size_t> write(llvm::StringRef bytes, Deadline deadline) override;

protected:
  int descriptor() const { return descriptor_.number(); }

private:
  FileDescriptor descriptor_;
  bool isSocket_;
};

} // namespace fraglint
