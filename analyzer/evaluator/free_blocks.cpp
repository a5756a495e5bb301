#include "evaluator/free_blocks.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cassert>

namespace fraglint {

namespace {

constexpr uint32_t kWordBits = 64;
/// Of longer runs the length is not looked for.
constexpr uint32_t kLongRun = 4096;

/// The bits of a word from `begin` up to `end`, both counted in it.
uint64_t bitsBetween(uint32_t begin, uint32_t end) {
  uint64_t below = end == kWordBits ? ~uint64_t{0} : (uint64_t{1} << end) - 1;
  return below & ~uint64_t{0} << begin;
}

} // namespace

FreeBlocks::FreeBlocks(uint32_t blocks)
    : words_((blocks + kWordBits - 1) / kWordBits), size_(blocks), free_(blocks) {
  set(0, blocks, true);
}

void FreeBlocks::set(uint32_t begin, uint32_t blocks, bool isFree) {
  uint32_t end = begin + blocks;
  while (begin < end) {
    uint32_t word = begin / kWordBits;
    uint32_t stop = std::min(end, (word + 1) * kWordBits);
    uint64_t bits = bitsBetween(begin - word * kWordBits, stop - word * kWordBits);
    assert((words_[word] & bits) == (isFree ? 0 : bits) && "a block is given or taken twice");
    words_[word] ^= bits;
    begin = stop;
  }
}

uint32_t FreeBlocks::nextThat(uint32_t from, uint64_t flip) const {
  if (from >= size_)
    return size_;
  uint32_t word = from / kWordBits;
  uint64_t bits = (words_[word] ^ flip) & ~uint64_t{0} << from % kWordBits;
  while (bits == 0) {
    if (++word == words_.size())
      return size_;
    bits = words_[word] ^ flip;
  }
  return std::min(size_, word * kWordBits + static_cast<uint32_t>(llvm::countr_zero(bits)));
}

uint32_t FreeBlocks::beginOfFree(uint32_t block) const {
  uint32_t word = block / kWordBits;
  uint64_t taken = ~words_[word] & bitsBetween(0, block % kWordBits);
  while (taken == 0) {
    if (word == 0)
      return 0;
    taken = ~words_[--word];
  }
  return (word + 1) * kWordBits - static_cast<uint32_t>(llvm::countl_zero(taken));
}

std::optional<uint32_t> FreeBlocks::find(uint32_t blocks) {
  assert(blocks > 0);
  if (blocks > free_)
    return std::nullopt;
  uint32_t power = llvm::Log2_32(blocks);
  bool isFirst = true; // of those of 2^power blocks
  for (uint32_t begin = nextFree(lowest_[power]); begin < size_;) {
    uint32_t length = freeFrom(begin, blocks);
    if (isFirst && length >= uint32_t{1} << power) {
      lowest_[power] = begin;
      isFirst = false;
    }
    if (length >= blocks)
      return begin;
    begin = nextFree(begin + length);
  }
  if (isFirst)
    lowest_[power] = size_;
  return std::nullopt;
}

uint32_t FreeBlocks::freeFrom(uint32_t block, uint32_t most) const {
  uint32_t length = 0;
  while (length < most && block + length < size_) {
    uint32_t at = block + length;
    uint64_t taken = ~words_[at / kWordBits] >> at % kWordBits;
    uint32_t left = std::min(kWordBits - at % kWordBits, size_ - at);
    uint32_t run = taken ? static_cast<uint32_t>(llvm::countr_zero(taken)) : left;
    length += std::min(run, left);
    if (run < left)
      break;
  }
  return std::min(length, most);
}

void FreeBlocks::take(uint32_t begin, uint32_t blocks) {
  set(begin, blocks, false);
  free_ -= blocks;
  if (!largest_ || begin < largest_->begin || begin >= largest_->begin + largest_->blocks)
    return;
  // What is left of it may still be the largest.
  uint32_t before = begin - largest_->begin;
  uint32_t behind = largest_->blocks - before - blocks;
  largest_->others = std::max(largest_->others, std::min(before, behind));
  if (behind >= before)
    largest_->begin = begin + blocks;
  largest_->blocks = std::max(before, behind);
  if (largest_->blocks < largest_->others)
    largest_.reset();
}

void FreeBlocks::give(uint32_t begin, uint32_t blocks) {
  set(begin, blocks, true);
  free_ += blocks;
  uint32_t first = beginOfFree(begin);
  // The merged run is one of 2^n blocks for these n; where it is long, for all that there are.
  uint32_t merged = begin - first + freeFrom(begin, kLongRun);
  size_t powers = merged < kLongRun ? llvm::Log2_32(merged) + 1 : lowest_.size();
  for (size_t power = 0; power < powers; ++power)
    lowest_[power] = std::min(lowest_[power], first);
  if (!largest_)
    return;
  uint32_t end = begin + blocks;
  bool reachesBehind = largest_->blocks != 0 && end == largest_->begin;
  bool reachesBefore = largest_->blocks != 0 && first == largest_->begin;
  end = reachesBehind ? end + largest_->blocks : nextTaken(end);
  uint32_t length = end - first;
  if (reachesBehind || reachesBefore) {
    largest_->begin = first;
    largest_->blocks = length;
  } else if (length > largest_->blocks) {
    largest_ = Largest{first, length, largest_->blocks};
  } else {
    largest_->others = std::max(largest_->others, length);
  }
}

uint32_t FreeBlocks::largest() const {
  if (!largest_) {
    Largest found;
    for (uint32_t begin = nextFree(0); begin < size_;) {
      uint32_t end = nextTaken(begin);
      if (end - begin > found.blocks)
        found = Largest{begin, end - begin, found.blocks};
      else
        found.others = std::max(found.others, end - begin);
      begin = nextFree(end);
    }
    largest_ = found;
  }
  return largest_->blocks;
}

} // namespace fraglint
