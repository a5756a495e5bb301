#pragma once
/// A raw REPL for an interpreter that has none: MicroPython for Unix before 1.26.

#include "device/process_port.h"

#include <memory>
#include <string>

namespace fraglint {

/// Speaks raw mode to this tool and the friendly prompt to the interpreter, which gets each program
/// as a file in memory and the call that runs it: so the program's text takes no place in its heap,
/// nor does any helper. Its prompt is set to what ends an answer in raw mode.
class FriendlyPort : public Port {
public:
  /// As ProcessPort::start().
  static llvm::Expected<std::unique_ptr<FriendlyPort>> start(llvm::ArrayRef<std::string> command);

  llvm::Expected<size_t> read(llvm::MutableArrayRef<char> into, Deadline deadline) override;
  llvm::Expected<size_t> write(llvm::StringRef bytes, Deadline deadline) override;
  llvm::Expected<bool> interrupt(Deadline deadline) override;

private:
  enum class State : uint8_t {
    Friendly, ///< what comes is passed on
    Preparing, ///< the prompt is being set
    Raw, ///< at the prompt
    Echo, ///< the call has been written and is echoed
    Running,
  };

  FriendlyPort(std::unique_ptr<ProcessPort> process, FileDescriptor file)
      : process_(std::move(process)), file_(std::move(file)) {}

  llvm::Error press(char key, Deadline deadline);
  llvm::Error pressRaw(char key, Deadline deadline);
  llvm::Error runCode(Deadline deadline);
  llvm::Error type(llvm::StringRef line, Deadline deadline);
  void take();
  void finish(size_t end);

  std::unique_ptr<ProcessPort> process_;
  FileDescriptor file_; ///< the program
  State state_ = State::Friendly;
  bool isPrepared_ = false;
  std::string code_; ///< typed in raw mode
  std::string received_; ///< from the interpreter, and not yet understood
  std::string answer_; ///< for who reads
};

} // namespace fraglint
