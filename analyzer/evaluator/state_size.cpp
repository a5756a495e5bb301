#include "evaluator/state_size.h"

#include <algorithm>

namespace fraglint {

namespace {

/// More than any heap has: what has no bound counts so much, so that what grows beside it still
/// shows.
constexpr int64_t kMost = int64_t{1} << 40;
constexpr int64_t kLargestSum = int64_t{1} << 61;

int64_t bounded(int64_t amount) { return std::min(amount, kMost); }
int64_t sum(int64_t a, int64_t b) { return std::min(kLargestSum, a + b); }
int64_t product(int64_t a, int64_t b) {
  a = bounded(a);
  b = bounded(b);
  return b != 0 && a > kMost / b ? kMost : a * b;
}

/// Whether what it refers to stands for each of its items.
bool isSummary(const Object &object) {
  const auto *list = llvm::dyn_cast<ListObject>(&object);
  const auto *dict = llvm::dyn_cast<DictObject>(&object);
  const auto *set = llvm::dyn_cast<SetObject>(&object);
  const auto *deque = llvm::dyn_cast<DequeObject>(&object);
  return (list && !list->isKnown) || (dict && !dict->table.isKnown) || (set && !set->isKnown) ||
         (deque && !deque->isKnown);
}

/// Of a number or a text, whether it is known or stands for several: for texts the length, since
/// what is joined has no runs.
std::optional<int64_t> sizeOfImmutable(const Object &object) {
  switch (object.kind) {
  case ObjectKind::BigInt:
  case ObjectKind::BoxedFloat:
    return 0;
  case ObjectKind::Str:
    return bounded(llvm::cast<StrObject>(object).content.length.hi);
  case ObjectKind::Bytes:
    return bounded(llvm::cast<BytesObject>(object).content.length.hi);
  case ObjectKind::Abstract: {
    const auto &abstract = llvm::cast<AbstractObject>(object);
    if (!abstract.alternatives.empty())
      return std::nullopt;
    if (abstract.type == "str" || abstract.type == "bytes")
      return bounded(abstract.length.hi);
    return std::nullopt;
  }
  default:
    return std::nullopt;
  }
}

} // namespace

int64_t mostItemsOf(const Object &object) {
  if (const auto *list = llvm::dyn_cast<ListObject>(&object))
    return list->length.hi;
  if (const auto *dict = llvm::dyn_cast<DictObject>(&object))
    return dict->table.used.hi;
  if (const auto *set = llvm::dyn_cast<SetObject>(&object))
    return set->used.hi;
  if (const auto *deque = llvm::dyn_cast<DequeObject>(&object))
    return deque->length.hi;
  if (const auto *array = llvm::dyn_cast<ArrayObject>(&object))
    return array->length.hi;
  if (const auto *array = llvm::dyn_cast<ByteArrayObject>(&object))
    return array->content.length.hi;
  if (const auto *stream = llvm::dyn_cast<StreamObject>(&object))
    return stream->content.length.hi;
  return 0;
}

int64_t StateSize::of(ObjectHeap::Roots roots) {
  int64_t size = 0;
  auto take = [&](Value value) { size = sum(size, ofValue(value)); };
  auto takeRun = [](const Run &) {};
  roots({take, takeRun});
  return size;
}

int64_t StateSize::ofValue(Value value) {
  if (!value.isObject())
    return 0;
  auto [known, isNew] = known_.try_emplace(value.asObject(), 0);
  if (!isNew)
    return known->second;
  auto version =
      versions_ ? versions_->find(value.asObject()) : ObjectHeap::Changes::const_iterator();
  bool hasVersion = versions_ && version != versions_->end();
  int64_t size = ofObject(hasVersion ? *version->second : heap_[value.asObject()]);
  known_[value.asObject()] = size;
  return size;
}

int64_t StateSize::ofObject(const Object &object) {
  if (std::optional<int64_t> size = sizeOfImmutable(object))
    return *size;
  int64_t runs = 0, items = 0, largest = 0;
  auto addRun = [&](const Run &run) { runs = sum(runs, bounded(run.bytes.hi)); };
  auto addItem = [&](Value value) { items = sum(items, ofValue(value)); };
  auto addChoice = [&](Value value) { largest = std::max(largest, ofValue(value)); };
  // What may be there, as the value of a key, counts like what is.
  if (llvm::isa<AbstractObject>(object) || isSummary(object))
    object.visit({addItem, addRun, addChoice});
  else
    object.visit({addItem, addRun, addItem});
  if (llvm::isa<AbstractObject>(object))
    runs = 0; // which values that are joined lose
  int64_t most = mostItemsOf(object);
  if (isSummary(object))
    items = product(items, most);
  return sum(sum(runs, bounded(most)), sum(items, largest));
}

} // namespace fraglint
