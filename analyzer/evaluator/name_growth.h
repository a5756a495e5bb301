#pragma once
/// What one name more in the firmware's table of them may ask for, and what several may together.

#include "heap/firmware_profile.h"
#include "semantic/interval.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>

namespace fraglint {

/// See NameTable, which says it of each.
struct NameGrowth {
  /// Of the largest run that is asked for; also in a session over the raw REPL of an engine,
  /// which interns names of its own.
  Interval bytes;
  int64_t mostOfFile = 0; ///< bytes at most, of a program that is run from its file
  bool isHard = false; ///< a pool; where a chunk cannot be had, a smaller one will do

  // How full the table is.
  const FirmwareProfile *profile = nullptr;
  Interval namesBefore, namesAfter; ///< that are in it
  int64_t textBefore = 0, textAfter = 0; ///< bytes of those that the program has added
  int64_t longest = 0; ///< bytes of the longest one of these
};

/// Of some places of a program: whichever of them needs a pool makes it for all, and one chunk has
/// room for many names.
class NameTotal {
public:
  /// In the order in which they happen.
  void add(const NameGrowth &growth);

  /// Bytes that all ask for at most; never less than the largest of them does.
  int64_t most() const;
  /// Of these, pools alone.
  int64_t mostOfPools() const;
  /// Bytes of blocks that they take and keep at most, of a program that is run from its file.
  int64_t mostKeptOfFile() const;

private:
  int64_t pools(int64_t addedNames, uint32_t roundedTo) const;
  int64_t chunks() const;

  NameGrowth hull_; ///< from before the first to after the last
  int64_t largest_ = 0, largestHard_ = 0;
};

/// Calls `take` with each pool of names that there may be behind `names.lo` names, up to the one
/// that the last of `names.hi` needs: how many names are in those before it, and its bytes.
void visitPools(const FirmwareProfile &profile, Interval names,
                llvm::function_ref<void(int64_t before, int64_t bytes)> take);

/// Bytes of a chunk of text.
inline constexpr int64_t kNameChunk = 128;
/// Names of a session and of the points of the probe, at most.
inline constexpr int64_t kSessionNames = 200;

} // namespace fraglint
