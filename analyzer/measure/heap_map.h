#pragma once
/// A MicroPython heap at one moment, as `micropython.mem_info(1)` draws it: one character a block.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <vector>

namespace fraglint {

/// What one request left behind: consecutive blocks.
struct HeapRun {
  uint32_t begin = 0;  ///< number of its first block, counted through all areas of the heap
  uint32_t blocks = 0; ///< 1 or more
  char kind = 'h'; ///< as it is drawn, by what its first word says: `L` list, `D` dict, `h` other
  /// Whether they lie in the same place: what is in it may change.
  friend bool operator==(const HeapRun &a, const HeapRun &b) {
    return a.begin == b.begin && a.blocks == b.blocks;
  }
};

class HeapMap {
public:
  /// Reads what mem_info(1) printed. Line ends may be LF, CRLF or CRCRLF. Fails where a line of the
  /// map is not one, with its text: bytes were lost on the way.
  static llvm::Expected<HeapMap> parse(llvm::StringRef text);

  /// In order of their place.
  llvm::ArrayRef<HeapRun> runs() const { return runs_; }

  /// The run that begins at a block; null where none does.
  const HeapRun *at(uint32_t begin) const;
  /// Whether a run begins there with so many blocks.
  bool holds(const HeapRun &run) const;
  /// Forgets the run, which it holds.
  void remove(const HeapRun &run);

private:
  std::vector<HeapRun> runs_;
};

/// The runs of `after` that `before` does not hold: what was requested in between, where nothing
/// was collected. A run that was there and has more blocks now has grown in place: it is among
/// them, as its new total is what was asked for. One that has fewer blocks now was given back in
/// part, and is none, unless something else lies there.
std::vector<HeapRun> requestsBetween(const HeapMap &before, const HeapMap &after);

} // namespace fraglint
