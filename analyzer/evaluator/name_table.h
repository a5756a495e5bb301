#pragma once
/// What the firmware's table of interned names (py/qstr.c) asks for when a program that runs makes
/// another text known: a character of a str, an attribute of `setattr`, a key of `**`.

#include "evaluator/name_growth.h"
#include "evaluator/request_log.h"

#include <cstddef>

namespace fraglint {

/// Names lie in chunks of text, and in pools that refer to them, each for twice as many as the one
/// before. How full the last of each is when the program starts is not quite known, since builds
/// know names of their own: so nothing that is asked for here is sure to be.
class NameTable {
public:
  /// `names`: how many are interned when the program starts.
  NameTable(const FirmwareProfile &profile, Interval names) : profile_(profile), names_(names) {}

  /// One more, of so many bytes.
  NameGrowth add(size_t bytes) { return grow({1, 1}, bytes); }
  /// The same of a text that may be known, or on a way that may not be taken.
  NameGrowth addPerhaps(size_t bytes) { return grow({0, 1}, bytes); }
  /// So many more, which is told in other figures.
  void learn(int64_t count) { names_ = names_ + Interval{0, count}; }
  /// How many are known now.
  Interval names() const { return names_; }

  /// Runs of these requests have numbers of their own, the same for what happens only once.
  static constexpr uint32_t kFirstRun = 1U << 31;
  static bool isOfNames(const HeapEvent &event) { return event.run >= kFirstRun; }

private:
  NameGrowth grow(Interval names, size_t bytes);
  int64_t largestPool(Interval names) const;

  const FirmwareProfile &profile_;
  Interval names_;
  int64_t text_ = 0, longest_ = 0; ///< bytes added
};

} // namespace fraglint
