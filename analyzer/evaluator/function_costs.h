#pragma once
/// What one call of each function asks for: the requests of an evaluation, by the calls that were
/// under way.

#include "evaluator/evaluation.h"

#include <string>
#include <vector>

namespace fraglint {

/// One function over all its calls that were evaluated, with what it calls in turn: those that the
/// program makes, or where it makes none any that others may make of it. Only requests whose
/// failure raises MemoryError count.
struct FunctionCost {
  SyntaxNode definition;
  std::string name; ///< with those of the classes and functions around it: `Meter.read`
  /// That the program makes; of a generator, each time that it goes on. 0: see above.
  uint64_t calls = 0;
  Interval largest = Interval::exactly(0); ///< bytes of the largest request of one call
  Interval total = Interval::exactly(0);   ///< bytes of all requests of one call
  SyntaxNode site;    ///< of the largest request that was seen
  std::string reason; ///< why a bound is missing; empty where none is
};

/// By what one call may ask for at once, the largest first.
std::vector<FunctionCost> functionCosts(const Evaluation &evaluation);

} // namespace fraglint
