#pragma once
/// What a program under evaluation reaches.

#include "evaluator/heap_simulator.h"
#include "evaluator/object.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>

namespace fraglint {

class Interpreter;

/// As simulated heaps ask for it. Runs that operations under way hold are among it. The interpreter
/// must outlive the result.
ReachableRuns reachableRuns(Interpreter &interpreter);

/// Gives each run that can be reached now, once, and whether it can on every path: not where an
/// object is one of several, or joined of two that differ. `object` hears of each object on the
/// way. Gives how many these were.
uint64_t visitReachable(Interpreter &interpreter,
                        llvm::function_ref<void(const Run &run, bool isSure)> run,
                        llvm::function_ref<void(const Object &object)> object = nullptr);

} // namespace fraglint
