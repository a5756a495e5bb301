#include "semantic/pass_facts.h"

#include <algorithm>

namespace fraglint {

PassFacts bothOf(PassFacts a, PassFacts b) {
  if (a.kind <= PassKind::Event || b.kind <= PassKind::Event)
    return {std::min(a.kind, b.kind)};
  if (a.kind == PassKind::EveryPass)
    return b;
  if (b.kind == PassKind::EveryPass)
    return a;
  return {std::max(a.kind, b.kind), std::max(a.periodSeconds, b.periodSeconds)};
}

PassFacts eitherOf(PassFacts a, PassFacts b) {
  bool isTimerA = a.kind == PassKind::Timer;
  bool isTimerB = b.kind == PassKind::Timer;
  if (isTimerA && isTimerB)
    return {PassKind::Timer, std::min(a.periodSeconds, b.periodSeconds)};
  if (isTimerA || isTimerB)
    return isTimerA ? a : b;
  return {std::min(a.kind, b.kind)};
}

} // namespace fraglint
