#pragma once
/// Statements that use a module which stands in for hardware or a network on an engine. The
/// stand-in is Python, and the real part is not: what it asks for itself is not foretold.

#include "semantic/module.h"

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace fraglint {

enum class StandInUse : uint8_t {
  Call, ///< may ask for more than the part does, never less than what is foretold of the rest
  Making, ///< makes one: nothing of it can be compared
};

/// By line and column of the statement, 1-based.
using StandInUses = std::map<std::pair<uint32_t, uint32_t>, StandInUse>;

/// Of the program's entry. `modules`: top-level names of the modules.
StandInUses standInUses(const Module &program, llvm::ArrayRef<std::string> modules);

} // namespace fraglint
