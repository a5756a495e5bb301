#pragma once
/// Modules that a program imports, given to a device without writing to its file system: stand-ins
/// for hardware, and the recorded input that they read.

#include "syntax/syntax_tree.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace fraglint {

/// One module: its name, and the code that puts it among the device's modules.
struct ProgramModule {
  std::string name;
  std::string installCode;
};

/// In the order in which they are installed: what a module imports stands before it.
using ProgramModules = std::vector<ProgramModule>;

/// Finds `NAME.py` in `folders`, the first that has it, for all that `program` and those modules
/// import. A name that is nowhere is left to the device.
llvm::Expected<ProgramModules> findModules(const SyntaxTree &program,
                                           llvm::ArrayRef<std::string> folders);

/// Recorded input of one or more runs: JSON of the form `[{"light": [812, 790], …}, …]`. For each
/// run a module `recorded`, whose `read("light")` gives one value after the other of
/// `channels["light"]`, asks for no memory, and ends the program where there are no more.
llvm::Expected<ProgramModules> recordedInputs(llvm::StringRef json);

/// What `recorded.read` ends the program with.
inline constexpr llvm::StringLiteral kInputEnded = "EndOfInput";

} // namespace fraglint
