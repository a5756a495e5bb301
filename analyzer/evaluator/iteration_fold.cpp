/// Functions that make one value of many: `len`, `sum`, `min`, `max`, `any`, `all`.

#include "evaluator/containers.h"
#include "evaluator/frame.h"

namespace fraglint {

namespace {

std::optional<Value> length(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  return m.length(call.arguments[0]);
}

std::optional<Interval> boundsOfNumber(const Machine &m, Value value) {
  if (value.isInt())
    return Interval::exactly(value.asInt());
  const auto *abstract = m.heap().get<AbstractObject>(value);
  return abstract && abstract->type == "int" ? std::optional<Interval>(abstract->number)
                                             : std::nullopt;
}

/// Whether the sum, and what it is on the way there, is the same or of the same size in any order:
/// of ints that stay small.
bool isSumInAnyOrder(Machine &m, Value items, Value start) {
  if (!isInAnyOrder(m, items) || !start.isInt())
    return false;
  const auto each = boundsOfNumber(m, anyItemOf(m, items));
  if (!each)
    return false;
  const Interval all = *each * Interval::exactly(lengthOf(m, items)->hi);
  const int64_t most = (int64_t{1} << (m.profile().smallIntBits() - 2)) - 1;
  return std::abs(start.asInt()) < most && all.lo > -most && all.hi < most;
}

/// `total` and up to so many items, each of which may be `item`; the last step stands for all in
/// what it asks for.
std::optional<Value> sumOfMore(Machine &m, Value total, Value item, int64_t most) {
  constexpr llvm::StringLiteral kReason("how much is summed up is not known");
  const auto each = boundsOfNumber(m, item), all = boundsOfNumber(m, total);
  if (each && all) {
    // It takes a board years to count beyond these bits.
    const Interval times{0, std::min(most, int64_t{1} << 48)};
    const Value step = m.abstractInt(each->hull(Interval::exactly(0)), kReason);
    return m.binary(BinaryOperator::Add, m.abstractInt(*all + *each * times, kReason), step, false);
  }
  if (m.typeName(item) != "float" || !(all || m.typeName(total) == "float"))
    return unknownCost(m, kReason);
  return m.binary(BinaryOperator::Add, m.abstract("float", kReason), item, false);
}

std::optional<Value> sum(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 2))
    return std::nullopt;
  Value total = call.arguments.size() > 1 ? call.arguments[1] : Value::integer(0);
  const auto iterator = m.iterator(call.arguments[0], false);
  if (!iterator)
    return std::nullopt;
  if (isUnknownIterator(m, *iterator)) {
    const auto item = m.next(*iterator);
    if (!item)
      return std::nullopt;
    return item->isUnbound() ? total : sumOfMore(m, total, *item, stepsOf(m, *iterator).hi);
  }
  if (isSumInAnyOrder(m, call.arguments[0], total))
    takeInAnyOrder(m, *iterator);
  const size_t mark = m.heap().pendingMark();
  Value last;
  while (true) {
    const auto item = m.next(*iterator, Asks::ForEach);
    if (!item)
      return std::nullopt;
    if (item->isUnbound())
      return m.isCountOpen() ? sumOfMore(m, total, last, Interval::kNoHi) : total;
    m.heap().forgetPending(mark); // the sum so far is all that is needed of what was added up
    const auto added = m.binary(BinaryOperator::Add, total, *item, false);
    if (!added)
      return std::nullopt;
    total = *added;
    last = *item;
  }
}

template <bool IsAny> std::optional<Value> decide(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  const auto iterator = m.iterator(call.arguments[0], false);
  if (!iterator)
    return std::nullopt;
  if (isUnknownIterator(m, *iterator))
    return m.abstract("bool", "items that are asked about are not known");
  // Not one that goes on behind the item that decides.
  const auto *generator = m.heap().get<GeneratorObject>(call.arguments[0]);
  const auto place = generator && !generator->places.empty() ? generator->places.front() : nullptr;
  AnyOrderWalk walk;
  if (!(*iterator == call.arguments[0]) && takeInAnyOrder(m, *iterator))
    m.beginWalk(walk, *iterator);
  bool isUnknown = false, isDecided = false;
  while (!isDecided) {
    const auto item = m.next(*iterator, Asks::ForEach);
    if (!item)
      return std::nullopt;
    if (item->isUnbound())
      break;
    if (m.isAbstract(*item)) {
      isUnknown = true;
      continue;
    }
    const auto truth = m.truth(*item);
    if (!truth) {
      m.endWalk(walk, {});
      return std::nullopt;
    }
    isDecided = *truth == IsAny;
  }
  if (!m.endWalk(walk, {}))
    return std::nullopt;
  if (isUnknown) {
    if (auto *goesOn = m.heap().change<IteratorObject>(call.arguments[0]))
      goesOn->steps = IteratorObject::Steps::Unknown;
    // Any of its items may be the one behind which it still waits.
    if (auto *goesOn = m.heap().change<GeneratorObject>(call.arguments[0]); goesOn && place) {
      Frame anywhere = *place;
      anywhere.isAnywhere = true;
      goesOn->places.assign(1, std::make_shared<Frame>(std::move(anywhere)));
      goesOn->mayBeOver = true;
    }
    return m.abstract("bool", "items that are asked about are not known");
  }
  return Value::boolean(isDecided == IsAny);
}

/// The best one so far of `min` and `max`.
class Best {
public:
  Best(Machine &m, CompareOperator op, Value key) : m_(m), op_(op), key_(key) {}

  bool offer(Value item) {
    const auto key = key_.isUnbound() ? std::optional<Value>(item) : m_.call(key_, {item});
    if (!key)
      return false;
    if (best_.isUnbound()) {
      best_ = item;
      bestKey_ = *key;
      return true;
    }
    if (key_.isUnbound() && (m_.isAbstract(item) || m_.isAbstract(best_))) {
      // Of numbers, the better one of each end.
      const auto one = boundsOfNumber(m_, best_), other = boundsOfNumber(m_, item);
      if (one && other) {
        const Interval number =
            op_ == CompareOperator::Less ? minimum(*one, *other) : maximum(*one, *other);
        best_ = bestKey_ = number.isExact()
                               ? Value::integer(number.lo)
                               : m_.abstractInt(number, "numbers that are compared are not known");
        return true;
      }
    }
    const auto isBetter = m_.compare(op_, *key, bestKey_);
    if (!isBetter)
      return false;
    if (m_.isAbstract(*isBetter)) {
      best_ = joinValues(m_, best_, item);
      bestKey_ = joinValues(m_, bestKey_, *key);
    } else if (*isBetter == Value::boolean(true)) {
      best_ = item;
      bestKey_ = *key;
    } else if (isInAnyOrder_ && !(item == best_)) {
      // The first of equal ones is taken.
      const auto isEqual = m_.equal(*key, bestKey_);
      if (!isEqual)
        return false;
      if (*isEqual)
        best_ = joinValues(m_, best_, item);
    }
    return true;
  }
  void takeAsInAnyOrder() { isInAnyOrder_ = true; }
  Value best() const { return best_; }

private:
  Machine &m_;
  CompareOperator op_;
  Value key_, best_, bestKey_;
  bool isInAnyOrder_ = false;
};

template <CompareOperator Op> std::optional<Value> choose(Machine &m, const NativeCall &call) {
  if (call.arguments.empty())
    return m.raise("TypeError", "function missing 1 required positional arguments");
  const NativeCall byKeyword{{}, call.keywords};
  const Value key = byKeyword.argument(0, "key");
  Best best(m, Op, key);
  if (call.arguments.size() > 1) {
    for (Value item : call.arguments)
      if (!best.offer(item))
        return std::nullopt;
    return best.best();
  }
  const auto iterator = m.iterator(call.arguments[0], false);
  if (!iterator)
    return std::nullopt;
  const bool isUnknown = isUnknownIterator(m, *iterator);
  AnyOrderWalk walk;
  if (takeInAnyOrder(m, *iterator)) {
    best.takeAsInAnyOrder();
    m.beginWalk(walk, *iterator);
  }
  while (true) {
    const auto item = m.next(*iterator, Asks::ForEach);
    if (!item || (!item->isUnbound() && !best.offer(*item))) {
      m.endWalk(walk, {});
      return std::nullopt;
    }
    if (item->isUnbound() || isUnknown)
      break;
    m.noteStep(walk);
  }
  if (!m.endWalk(walk, {}))
    return std::nullopt;
  if (!best.best().isUnbound())
    return best.best();
  const Value otherwise = byKeyword.argument(0, "default");
  return otherwise.isUnbound() ? m.raise("ValueError", "arg is an empty sequence")
                               : std::optional<Value>(otherwise);
}

constexpr NativeRow kRows[] = {
    {"len", length, true, "int"},
    {"sum", sum, true},
    {"any", decide<true>, true, "bool"},
    {"all", decide<false>, true, "bool"},
    {"min", choose<CompareOperator::Less>, true},
    {"max", choose<CompareOperator::Greater>, true},
};

} // namespace

llvm::ArrayRef<NativeRow> foldNatives() { return kRows; }

} // namespace fraglint
