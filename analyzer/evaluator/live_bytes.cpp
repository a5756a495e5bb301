#include "evaluator/live_bytes.h"

#include "evaluator/interpreter.h"
#include "evaluator/reachable_runs.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/Casting.h"

#include <vector>

namespace fraglint {

namespace {

/// Objects that are looked at to see how much one item of a container holds.
constexpr size_t kMostOfItem = 10'000;

constexpr llvm::StringLiteral kItems("how many items are kept is not known: `# fraglint: len<=64`");
constexpr llvm::StringLiteral kWays("which of several objects are kept is not known");

using TakeItems = llvm::function_ref<void(Value item, Interval count)>;

void visitUnknownItems(const MapTable &table, TakeItems take) {
  if (table.isKnown)
    return;
  take(table.anyKey, table.used);
  take(table.anyValue, table.used);
}

/// Of a container whose items are not known one stands for all.
void visitUnknownItems(const Object &container, TakeItems take) {
  if (const auto *list = llvm::dyn_cast<ListObject>(&container); list && !list->isKnown)
    take(list->element, list->length);
  else if (const auto *set = llvm::dyn_cast<SetObject>(&container); set && !set->isKnown)
    take(set->element, set->used);
  else if (const auto *deque = llvm::dyn_cast<DequeObject>(&container); deque && !deque->isKnown)
    take(deque->element, deque->length);
  else if (const auto *dict = llvm::dyn_cast<DictObject>(&container))
    visitUnknownItems(dict->table, take);
  else if (const auto *instance = llvm::dyn_cast<InstanceObject>(&container))
    visitUnknownItems(instance->members, take);
  else if (const auto *type = llvm::dyn_cast<ClassObject>(&container))
    visitUnknownItems(type->members, take);
  else if (const auto *module = llvm::dyn_cast<ModuleObject>(&container))
    visitUnknownItems(module->globals, take);
}

} // namespace

void LiveBytes::onEvent(const HeapEvent &event) {
  if (event.kind == EventKind::Free) {
    doubts_.erase(event.run);
    return;
  }
  if (event.kind != EventKind::Request && event.kind != EventKind::Resize)
    return;
  if (event.run == 0) {
    Interval most = interpreter_.heap().inBlocks(mostLeft(event));
    if (left_.hasHi() && !most.hasHi())
      leftReason_ = event.reason;
    left_ = left_ + most;
    return;
  }
  uint32_t way = event.mayNotHappen && event.kind == EventKind::Request ? interpreter_.way() : 0;
  if (way != 0 || !event.bytes.hasHi()) {
    auto [place, isNew] = doubts_.try_emplace(event.run);
    if (isNew)
      place->second.way = way;
    place->second.reason = event.reason;
  }
}

void LiveBytes::noteUnbounded(const std::string &reason) {
  if (reason_.empty())
    reason_ = reason;
}

Interval LiveBytes::now() {
  found_ = left_ + kept_;
  reason_.clear();
  const RequestLog &log = interpreter_.log();
  if (!left_.hasHi())
    noteUnbounded(log.reasons[leftReason_]);
  llvm::DenseSet<uint32_t> taken; // what is under way holds a run, too, that an object has
  auto take = [&](const Run &run, bool isSure) {
    if (run.id >= NameTable::kFirstRun || !taken.insert(run.id).second)
      return;
    auto doubt = doubts_.find(run.id);
    Interval bytes = interpreter_.heap().inBlocks(run.bytes);
    if (!isSure || (doubt != doubts_.end() && !interpreter_.isOnWay(doubt->second.way)))
      bytes.lo = 0;
    if (!bytes.hasHi() && doubt != doubts_.end())
      noteUnbounded(log.reasons[doubt->second.reason]);
    found_ = found_ + bytes;
  };
  visitReachable(interpreter_, take, [this](const Object &object) {
    found_ = found_ + withoutRuns(object);
    visitUnknownItems(object, [this](Value item, Interval count) { addItems(item, count); });
  });
  int64_t lost = interpreter_.lostBytes();
  bool isLost = lost >= Interpreter::kUnboundedBytes;
  found_ = found_ + Interval{0, isLost ? Interval::kNoHi : lost};
  if (!found_.hasHi())
    noteUnbounded(isLost ? kWays.str() : kItems.str());
  return found_;
}

/// A text of which nothing but its length is known has no runs of its own.
Interval LiveBytes::withoutRuns(const Object &object) const {
  auto most = [this](Interval length) {
    int64_t header = interpreter_.heap().blockBytes();
    return Interval{
        0, (interpreter_.heap().inBlocks(length + Interval::exactly(1)) + Interval::exactly(header))
               .hi};
  };
  const auto *abstract = llvm::dyn_cast<AbstractObject>(&object);
  if (abstract && !abstract->data && abstract->alternatives.empty() &&
      (abstract->type == "str" || abstract->type == "bytes"))
    return most(abstract->length);
  const auto *text = llvm::dyn_cast<StrObject>(&object);
  if (text && !text->content.isKnown && !text->data && !text->sharedData)
    return most(text->content.length);
  const auto *bytes = llvm::dyn_cast<BytesObject>(&object);
  if (bytes && !bytes->content.isKnown && !bytes->data && !bytes->sharedData)
    return most(bytes->content.length);
  return Interval::exactly(0);
}

void LiveBytes::addItems(Value item, Interval count) {
  if (!found_.hasHi() || (count.hasHi() && count.hi <= 1))
    return;
  int64_t most = mostOf(item);
  if (most == 0)
    return;
  found_ = found_ + Interval{0, (Interval::exactly(count.hi) * Interval::exactly(most)).hi};
  if (!count.hasHi() || most == Interval::kNoHi)
    noteUnbounded(kItems.str());
}

/// Bytes that one value holds, with all that it refers to but code: what is made with it.
int64_t LiveBytes::mostOf(Value value) const {
  const ObjectHeap &heap = interpreter_.heap();
  Interval bytes = Interval::exactly(0);
  llvm::DenseSet<ObjectId> seen;
  std::vector<ObjectId> waiting;
  auto reach = [&](Value one) {
    if (one.isObject() && seen.insert(one.asObject()).second)
      waiting.push_back(one.asObject());
  };
  auto take = [&](const Run &run) {
    if (run)
      bytes = bytes + interpreter_.heap().inBlocks(run.bytes);
  };
  reach(value);
  while (!waiting.empty() && bytes.hasHi()) {
    const Object &object = heap[waiting.back()];
    waiting.pop_back();
    if (object.kind == ObjectKind::Class || object.kind == ObjectKind::Module)
      continue;
    visitUnknownItems(object, [&](Value item, Interval) {
      if (item.isObject())
        bytes.hi = Interval::kNoHi;
    });
    if (seen.size() > kMostOfItem)
      return Interval::kNoHi;
    bytes = bytes + withoutRuns(object);
    object.visit({reach, take});
  }
  return bytes.hi;
}

} // namespace fraglint
