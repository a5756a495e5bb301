#pragma once
/// A port to a process that is started for it and ends with it.

#include "device/fd_port.h"

#include "llvm/ADT/ArrayRef.h"

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// What interrupts a program that the child runs. MicroPython for Unix reads no keys meanwhile, and
/// at its prompt the signal ends it.
enum class InterruptBy : uint8_t { Key, Signal };

struct ProcessOptions {
  int given = -1; ///< an open file that the child finds as descriptor 3; -1 for none
  /// Code and heap lie at the same addresses each time, where the system allows asking for that,
  /// and reproducibleEnvironment() is all of the environment: so the heap is the same in each run.
  bool isReproducible = false;
};

/// PATH, and a HOME that is the same for everybody: MicroPython for Unix keeps a path made of it on
/// its heap. As `NAME=VALUE`.
std::vector<std::string> reproducibleEnvironment();

/// A child on a pseudoterminal, leader of a session and a process group of its own. The group is
/// killed and the child reaped when the port goes, whatever the child is doing then; should this
/// process die first, the terminal hangs up on it.
class ProcessPort : public Port {
public:
  /// Starts `command`, whose first word is looked up in PATH where it holds no slash.
  static llvm::Expected<std::unique_ptr<ProcessPort>> start(llvm::ArrayRef<std::string> command,
                                                            InterruptBy interruptBy,
                                                            const ProcessOptions &options = {});
  ~ProcessPort() override;

  /// Their errors say how the process ended.
  llvm::Expected<size_t> read(llvm::MutableArrayRef<char> into, Deadline deadline) override;
  llvm::Expected<size_t> write(llvm::StringRef bytes, Deadline deadline) override;

  llvm::Expected<bool> interrupt(Deadline deadline) override;

  /// Until none of the child's threads has anything to do, also where the machine is too busy to
  /// let them.
  void awaitTaken(Deadline deadline) override;

  /// Of the child, which is its process group's, too.
  pid_t processId() const { return process_; }

private:
  ProcessPort(std::string name, pid_t process, FileDescriptor terminal, InterruptBy interruptBy);

  /// Kills the group, reaps the child: its wait status. Once.
  int endProcess();
  llvm::Error ended(llvm::Error cause);

  std::string name_;
  pid_t process_;
  FdPort terminal_;
  InterruptBy interruptBy_;
  std::optional<std::string> end_; ///< how the process ended, once it is reaped
};

} // namespace fraglint
