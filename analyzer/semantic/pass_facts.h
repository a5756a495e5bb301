#pragma once
/// How surely something happens on each pass of a loop.

#include <cstdint>

namespace fraglint {

enum class PassKind : uint8_t {
  Never,     ///< not part of a pass at all
  Event,     ///< under a condition
  Mode,      ///< under a condition that stays as it is for many passes (`if PLUGGED:`)
  Timer,     ///< under a clock test whose branch advances the stored time
  EveryPass,
};

struct PassFacts {
  PassKind kind = PassKind::Never;
  /// Of Timer: lower bound of its period in seconds, 0 where unknown.
  double periodSeconds = 0;
  friend bool operator==(const PassFacts &, const PassFacts &) = default;
};

/// Of what happens where both conditions hold. A timer in a mode is a timer.
PassFacts bothOf(PassFacts a, PassFacts b);
/// Of what happens where one of the two holds. A timer or an event is a timer.
PassFacts eitherOf(PassFacts a, PassFacts b);

} // namespace fraglint
