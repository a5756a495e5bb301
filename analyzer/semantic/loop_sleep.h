#pragma once
/// How long calls sleep, and whether they wait for the user.

#include "semantic/semantic_model.h"

namespace fraglint {

/// What running some code takes at least.
struct Delay {
  double seconds = 0;    ///< slept
  bool asksUser = false; ///< and it waits for the user (`input()`)
};

/// The delay of evaluating `element`, an element of a control flow graph. Only calls that it
/// surely makes count: those of the library, and of the program's own functions what the
/// statements at the top of their bodies sleep, up to the first that may return from within.
Delay leastDelayOf(const SemanticModel &model, SyntaxNode element);

} // namespace fraglint
