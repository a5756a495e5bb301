#pragma once
/// How large the firmware's code is for a Code: what compiling keeps, and what it needs meanwhile.

#include "evaluator/code.h"
#include "heap/firmware_profile.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <vector>

namespace fraglint {

/// Names and constants that all functions of a file share: they grow from function to function.
struct SharedTables {
  llvm::StringMap<uint32_t> names; ///< with their place
  std::vector<const Constant *> constants;
  llvm::StringSet<> interned; ///< what the parser made names of the program's own

  uint32_t nameIndex(llvm::StringRef name);
  uint32_t constantIndex(const Constant &constant);
};

struct CodeSize {
  uint32_t bytes = 0;       ///< of code, line table and prelude
  uint32_t identifiers = 0; ///< names that its scope holds while it is compiled
  uint32_t labels = 0;      ///< about as many places that are jumped to
};

/// Adds what it uses to `tables`, as the compiler does before it goes on to the next function.
CodeSize codeSize(const Code &code, const FirmwareProfile &profile, SharedTables &tables);

} // namespace fraglint
