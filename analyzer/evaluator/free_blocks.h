#pragma once
/// Which blocks of one area are free, and where the firmware's search finds room among them.
///
/// The firmware walks its table from the byte (four blocks) before which it knows nothing free to
/// lie. It learns that from requests of one block, and forgets it where something is freed below:
/// so what it finds is always the lowest run that is long enough. Here such a bound is kept for
/// each power of two, which finds the same without the walk.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace fraglint {

class FreeBlocks {
public:
  /// All free.
  explicit FreeBlocks(uint32_t blocks);

  uint32_t size() const { return size_; }
  uint32_t freeCount() const { return free_; }
  /// Blocks of the longest free run.
  uint32_t largest() const;

  /// First block of the lowest free run of at least so many, which is 1 or more.
  std::optional<uint32_t> find(uint32_t blocks);
  /// How many blocks from this one on are free, in a row; none where it is taken. Does not look
  /// further than `most`.
  uint32_t freeFrom(uint32_t block, uint32_t most) const;
  /// Blocks that are free.
  void take(uint32_t begin, uint32_t blocks);
  /// Blocks that are taken.
  void give(uint32_t begin, uint32_t blocks);

  /// First block at or behind `from` that is free, or that is taken; size() where none is.
  uint32_t nextFree(uint32_t from) const { return nextThat(from, 0); }
  uint32_t nextTaken(uint32_t from) const { return nextThat(from, ~uint64_t{0}); }

private:
  /// A free run, and a bound on the length of all others. It is right or not there at all.
  struct Largest {
    uint32_t begin = 0;
    uint32_t blocks = 0;
    uint32_t others = 0;
  };

  uint32_t nextThat(uint32_t from, uint64_t flip) const;
  void set(uint32_t begin, uint32_t blocks, bool isFree);
  uint32_t beginOfFree(uint32_t block) const;

  std::vector<uint64_t> words_; ///< a bit a block: free
  uint32_t size_;
  uint32_t free_;
  /// No run of 2^n blocks begins before lowest_[n].
  std::array<uint32_t, 32> lowest_{};
  mutable std::optional<Largest> largest_;
};

} // namespace fraglint
