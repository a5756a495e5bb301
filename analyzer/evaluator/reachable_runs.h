#pragma once
/// What a program under evaluation reaches, as simulated heaps ask for it.

#include "evaluator/heap_simulator.h"

namespace fraglint {

class Interpreter;

/// Runs that operations under way hold are among it. The interpreter must outlive the result.
ReachableRuns reachableRuns(Interpreter &interpreter);

} // namespace fraglint
