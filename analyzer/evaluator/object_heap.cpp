#include "evaluator/object_heap.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

int64_t blocksOf(int64_t bytes, uint32_t blockBytes) {
  return (bytes + blockBytes - 1) / blockBytes;
}

/// Of more than any firmware has there is only so much to tell that it is more: then no sum of
/// requests overflows.
Interval withinReach(Interval bytes) {
  constexpr int64_t kMostBytes = int64_t{1} << 40;
  return bytes.lo <= kMostBytes && (bytes.hi <= kMostBytes || !bytes.hasHi())
             ? bytes
             : Interval::atLeast(std::min(bytes.lo, kMostBytes));
}

} // namespace

ObjectHeap::ObjectHeap() { objects_.push_back(nullptr); }

void ObjectHeap::add(std::unique_ptr<Object> object) {
  object->id = static_cast<ObjectId>(objects_.size());
  objects_.push_back(std::move(object));
}

Object &ObjectHeap::change(ObjectId id) {
  if (!forks_.empty()) {
    Fork &fork = forks_.back();
    if (id < fork.firstNew) {
      auto [place, isNew] = fork.before.try_emplace(id);
      if (isNew)
        place->second = objects_[id]->clone();
    }
  }
  Object &object = *objects_[id];
  object.lastChange = ++changes_;
  if (auto *list = llvm::dyn_cast<ListObject>(&object))
    list->shuffled.clear();
  return object;
}

bool ObjectHeap::hasChanged(ObjectId end, uint64_t since, llvm::ArrayRef<Value> others) const {
  for (ObjectId id = 1; id < end; ++id)
    if (objects_[id]->lastChange > since && !llvm::is_contained(others, Value::object(id)))
      return true;
  return false;
}

Run ObjectHeap::request(Interval bytes, Asking how) {
  Run run;
  bytes = withinReach(bytes);
  if (bytes == Interval::exactly(0))
    return run; // the firmware's allocator hands out nothing
  run.id = ++lastRun_;
  run.lineage = how.lineage ? how.lineage : run.id;
  run.bytes = bytes;
  pending_.push_back(run);
  emit(EventKind::Request, run, Interval::exactly(0), how);
  return run;
}

Run ObjectHeap::requestLonger(const Run &old, Interval bytes) {
  return request(bytes, {.lineage = old.lineage});
}

Run ObjectHeap::requestLongerPerhaps(const Run &old, Interval bytes) {
  return request(bytes, {.isSure = false, .lineage = old.lineage});
}

void ObjectHeap::resize(Run &run, Interval bytes, bool isHard) {
  bytes = withinReach(bytes);
  if (!run) {
    run = request(bytes, {.isHard = isHard});
    return;
  }
  if (bytes == run.bytes)
    return;
  Interval before = run.bytes;
  run.bytes = bytes;
  if (bytes == Interval::exactly(0)) {
    run.bytes = before;
    release(run);
    return;
  }
  if (bytes.isExact() && before.isExact()) {
    int64_t blocks = blocksOf(bytes.lo, blockBytes_), was = blocksOf(before.lo, blockBytes_);
    if (blocks == was)
      return;
    if (blocks < was) {
      emit(EventKind::Shrink, run, before, {});
      return;
    }
  } else if (bytes.hasHi() && before.hasHi() &&
             blocksOf(std::min(bytes.lo, before.lo), blockBytes_) ==
                 blocksOf(std::max(bytes.hi, before.hi), blockBytes_)) {
    return; // of as many blocks, whatever they are exactly
  } else if (bytes.hasHi() && bytes.hi <= before.lo) {
    emit(EventKind::Shrink, run, before, {});
    return;
  }
  pending_.push_back(run);
  emit(EventKind::Resize, run, before, {.isHard = isHard});
}

void ObjectHeap::release(Run &run) {
  if (!run)
    return;
  Run freed = run;
  run = {};
  auto held =
      llvm::find_if(llvm::reverse(pending_), [&](const Run &one) { return one.id == freed.id; });
  if (held != pending_.rend())
    *held = {}; // marks behind it stay where they are
  emit(EventKind::Free, freed, freed.bytes, {});
}

void ObjectHeap::collect() { emit(EventKind::Collect, {}, Interval::exactly(0), {}); }

void ObjectHeap::emit(EventKind kind, const Run &run, Interval before, Asking how) {
  if (!observer_)
    return;
  HeapEvent event;
  event.kind = kind;
  event.run = run.id;
  event.lineage = run.lineage;
  event.bytes = run.bytes;
  event.before = before;
  event.isHard = how.isHard;
  event.mayNotHappen = !how.isSure;
  observer_->onEvent(event);
}

void ObjectHeap::visitReachable(Roots roots, llvm::function_ref<void(const Run &)> take) const {
  uint32_t walk = ++walks_;
  std::vector<ObjectId> waiting;
  auto takeValue = [&](Value value) {
    if (!value.isObject())
      return;
    const Object &object = *objects_[value.asObject()];
    if (object.lastWalk == walk)
      return;
    object.lastWalk = walk;
    waiting.push_back(value.asObject());
  };
  llvm::DenseSet<uint32_t> taken;
  auto takeRun = [&](const Run &run) {
    if (run && taken.insert(run.id).second)
      take(run);
  };
  roots({takeValue, takeRun});
  while (!waiting.empty()) {
    ObjectId id = waiting.back();
    waiting.pop_back();
    objects_[id]->visit({takeValue, takeRun});
  }
}

void ObjectHeap::fork() {
  Fork fork;
  fork.firstNew = static_cast<ObjectId>(objects_.size());
  forks_.push_back(std::move(fork));
}

ObjectHeap::Changes ObjectHeap::rewind() {
  Fork &fork = forks_.back();
  Changes after = std::move(fork.before);
  for (auto &[id, version] : after)
    std::swap(objects_[id], version);
  fork.before = Changes();
  fork.firstNew = static_cast<ObjectId>(objects_.size());
  return after;
}

void ObjectHeap::apply(Changes versions) {
  for (auto &[id, version] : versions) {
    change(id);
    std::swap(objects_[id], version);
  }
}

ObjectHeap::Changes ObjectHeap::close() {
  Changes before = std::move(forks_.back().before);
  forks_.pop_back();
  if (!forks_.empty()) {
    Fork &outer = forks_.back();
    for (auto &[id, version] : before)
      if (id < outer.firstNew && !outer.before.contains(id))
        outer.before[id] = version->clone();
  }
  return before;
}

std::vector<std::pair<ObjectId, std::unique_ptr<Object>>> ObjectHeap::changesOfForks() const {
  std::vector<std::pair<ObjectId, std::unique_ptr<Object>>> versions;
  for (const Fork &fork : forks_)
    for (const auto &[id, version] : fork.before)
      versions.emplace_back(id, version->clone());
  return versions;
}

} // namespace fraglint
