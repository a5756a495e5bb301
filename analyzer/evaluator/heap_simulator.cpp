#include "evaluator/heap_simulator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cassert>

namespace fraglint {

HeapSimulator::HeapSimulator(const HeapShape &shape, ReachableRuns reachable)
    : shape_(shape), reachable_(std::move(reachable)), outer_(shape.outer) {
  for (uint64_t bytes : shape.areas)
    areas_.push_back(Area{nextArea_++, FreeBlocks(shape.poolBlocks(bytes)), std::nullopt});
  setThreshold(shape.thresholdBytes);
}

void HeapSimulator::setThreshold(std::optional<uint64_t> bytes) {
  thresholdBlocks_.reset();
  if (bytes)
    thresholdBlocks_ = *bytes / shape_.blockBytes;
}

uint32_t HeapSimulator::blocksFor(uint64_t bytes) const {
  return static_cast<uint32_t>(
      std::min<uint64_t>(llvm::divideCeil(bytes, shape_.blockBytes), UINT32_MAX));
}

HeapSimulator::Area &HeapSimulator::areaOf(uint32_t number) {
  return const_cast<Area &>(std::as_const(*this).areaOf(number));
}

const HeapSimulator::Area &HeapSimulator::areaOf(uint32_t number) const {
  auto found = llvm::find_if(areas_, [&](const Area &area) { return area.number == number; });
  assert(found != areas_.end() && "of an area that is there");
  return *found;
}

void HeapSimulator::occupyAt(uint32_t run, uint32_t block, uint32_t blocks) {
  Area &first = areas_.front();
  first.free.take(block, blocks);
  HeapPlace place{first.number, block, blocks};
  if (run == kPermanent)
    permanent_.push_back(place);
  else
    runs_[run] = Placed{place};
}

ServedRequest HeapSimulator::allocate(uint32_t run, uint64_t bytes) {
  Request request;
  request.blocks = blocksFor(bytes);
  if (request.blocks == 0)
    return {true, {}, false, false};
  assert(!runs_.contains(run) && "a run is there already");
  bool isServed = serve(request, bytes, std::nullopt);
  if (isServed && run == kPermanent)
    permanent_.push_back(request.place);
  else if (isServed)
    runs_[run] = Placed{request.place};
  return {isServed, request.place, request.wasCollected, request.wasGrown, request.foundFree};
}

ServedResize HeapSimulator::resize(uint32_t run, uint64_t bytes, bool mayMove) {
  auto found = runs_.find(run);
  if (found == runs_.end()) {
    ServedRequest made = allocate(run, bytes);
    return {made ? ResizeOutcome::Moved : ResizeOutcome::Failed, made.place, made.wasCollected,
            made.wasGrown, made.foundFree};
  }
  Request request;
  request.blocks = blocksFor(bytes);
  if (request.blocks == 0) {
    release(run);
    return {ResizeOutcome::InPlace, {}, false, false};
  }
  HeapPlace &place = found->second.place;
  FreeBlocks &free = areaOf(place.area).free;
  if (request.blocks <= place.blocks) {
    if (request.blocks < place.blocks)
      free.give(place.block + request.blocks, place.blocks - request.blocks);
    place.blocks = request.blocks;
    return {ResizeOutcome::InPlace, place, false, false};
  }
  if (fitsInPlace(run, bytes)) {
    free.take(place.block + place.blocks, request.blocks - place.blocks);
    place.blocks = request.blocks;
    return {ResizeOutcome::InPlace, place, false, false};
  }
  if (!mayMove)
    return {ResizeOutcome::Failed, place, false, false};
  // The old run is there until its content is copied.
  HeapPlace old = place;
  if (!serve(request, bytes, run))
    return {ResizeOutcome::Failed, old, request.wasCollected, request.wasGrown, request.foundFree};
  areaOf(old.area).free.give(old.block, old.blocks);
  runs_[run].place = request.place;
  return {ResizeOutcome::Moved, request.place, request.wasCollected, request.wasGrown,
          request.foundFree};
}

bool HeapSimulator::fitsInPlace(uint32_t run, uint64_t bytes) const {
  auto found = runs_.find(run);
  assert(found != runs_.end() && "a run that is there");
  const HeapPlace &place = found->second.place;
  uint32_t blocks = blocksFor(bytes);
  if (blocks <= place.blocks)
    return true;
  uint32_t more = blocks - place.blocks;
  return areaOf(place.area).free.freeFrom(place.block + place.blocks, more) == more;
}

void HeapSimulator::release(uint32_t run) {
  auto found = runs_.find(run);
  if (found == runs_.end())
    return;
  HeapPlace place = found->second.place;
  areaOf(place.area).free.give(place.block, place.blocks);
  runs_.erase(found);
}

bool HeapSimulator::place(Request &request) {
  for (Area &area : areas_)
    if (std::optional<uint32_t> block = area.free.find(request.blocks)) {
      area.free.take(*block, request.blocks);
      request.place = {area.number, *block, request.blocks};
      sinceCollection_ += request.blocks;
      return true;
    }
  return false;
}

bool HeapSimulator::serve(Request &request, uint64_t bytes, std::optional<uint32_t> alsoKept) {
  bool mayCollect = collectsByItself_;
  auto collectOnce = [&] {
    mayCollect = false;
    request.wasCollected = shape_.collects;
    collectByItself(alsoKept);
    request.foundFree = largestFree();
  };
  if (mayCollect && thresholdBlocks_ && sinceCollection_ >= *thresholdBlocks_)
    collectOnce();
  while (!place(request)) {
    if (mayCollect)
      collectOnce();
    else if (!request.wasGrown && grow(bytes))
      request.wasGrown = true;
    else
      return false;
  }
  return true;
}

// --- Collections.

void HeapSimulator::collect(
    llvm::function_ref<void(llvm::function_ref<void(uint32_t run)>)> reachable) {
  collectBy(reachable, std::nullopt);
}

void HeapSimulator::collectByItself(std::optional<uint32_t> alsoKept) {
  auto all = [&](llvm::function_ref<void(uint32_t run)> keep) {
    for (const auto &[run, placed] : runs_)
      keep(run);
  };
  if (reachable_)
    collectBy(reachable_, alsoKept);
  else
    collectBy(all, alsoKept);
}

void HeapSimulator::collectBy(
    llvm::function_ref<void(llvm::function_ref<void(uint32_t run)>)> reachable,
    std::optional<uint32_t> alsoKept) {
  if (!shape_.collects)
    return;
  sinceCollection_ = 0;
  ++collections_;
  uint32_t mark = ++marks_;
  auto keep = [&](uint32_t run) {
    if (auto found = runs_.find(run); found != runs_.end())
      found->second.marked = mark;
  };
  reachable(keep);
  if (alsoKept)
    keep(*alsoKept);
  llvm::SmallVector<uint32_t, 0> garbage;
  for (const auto &[run, placed] : runs_)
    if (placed.marked != mark)
      garbage.push_back(run);
  for (uint32_t run : garbage)
    release(run);
  giveBackEmptyAreas();
}

void HeapSimulator::giveBackEmptyAreas() {
  llvm::erase_if(areas_, [&](const Area &area) {
    // Those from the start lie in no outer heap, but the firmware gives them back, too, where it
    // can grow; none of the boards has both.
    bool isEmpty = area.outer && area.free.freeCount() == area.free.size();
    if (isEmpty)
      outer_[*area.outer] += area.outerBytes + shape_.outerHeaderBytes;
    return isEmpty;
  });
}

// --- Growing.

uint64_t HeapSimulator::outerGives(uint64_t largest) const {
  if (largest <= shape_.outerHeaderBytes)
    return 0;
  largest -= shape_.outerHeaderBytes;
  if (shape_.outerSlices == 0 || largest < shape_.outerSlices)
    return largest;
  return llvm::alignDown(largest, llvm::bit_floor(largest) / shape_.outerSlices);
}

bool HeapSimulator::grow(uint64_t bytes) {
  if (shape_.growth == HeapGrowth::Fixed || outer_.empty())
    return false;
  // The largest run of the outer heap decides; a smaller one may serve, then.
  uint64_t available = outerGives(*llvm::max_element(outer_));
  uint64_t needed = shape_.growth == HeapGrowth::CircuitPython
                        ? shape_.bytesFor(llvm::divideCeil(bytes, shape_.blockBytes))
                        : bytes + std::max<uint64_t>(2048, bytes * 13 / 512);
  if (available < needed)
    return false;
  uint64_t wanted = std::min(available, std::max(shape_.bytesFor(totalBlocks()), needed));
  auto fits = [&](uint64_t run) { return run >= wanted + shape_.outerHeaderBytes; };
  size_t from = 0;
  for (size_t each = 0; each < outer_.size(); ++each)
    if (fits(outer_[each]) && (!fits(outer_[from]) || outer_[each] < outer_[from]))
      from = each;
  outer_[from] -= wanted + shape_.outerHeaderBytes;
  uint64_t shift = shape_.outerMisalignment;
  uint64_t pool = llvm::alignDown(shift + wanted, shape_.blockBytes) - shift - shape_.recordBytes();
  areas_.push_back(Area{nextArea_++, FreeBlocks(shape_.poolBlocks(pool)), from, wanted});
  return true;
}

// --- How it stands.

uint32_t HeapSimulator::freeBlocks() const {
  uint32_t blocks = 0;
  for (const Area &area : areas_)
    blocks += area.free.freeCount();
  return blocks;
}

uint32_t HeapSimulator::totalBlocks() const {
  uint32_t blocks = 0;
  for (const Area &area : areas_)
    blocks += area.free.size();
  return blocks;
}

uint32_t HeapSimulator::largestFree() const {
  uint32_t blocks = 0;
  for (const Area &area : areas_)
    blocks = std::max(blocks, area.free.largest());
  return blocks;
}

std::optional<HeapPlace> HeapSimulator::placeOf(uint32_t run) const {
  auto found = runs_.find(run);
  if (found == runs_.end())
    return std::nullopt;
  return found->second.place;
}

} // namespace fraglint
