#include "evaluator/containers.h"
#include "evaluator/interpreter.h"
#include "evaluator/numbers.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

// Values that are one of a few.

llvm::SmallVector<Value, 8> Machine::waysOf(Value value) const {
  llvm::SmallVector<Value, 8> ways;
  if (const auto *abstract = heap_.get<AbstractObject>(value))
    llvm::copy_if(abstract->alternatives, std::back_inserter(ways),
                  [](Value one) { return !one.isNone(); });
  return ways;
}

llvm::SmallVector<Value, 8> Machine::waysOfInstances(Value value) const {
  llvm::SmallVector<Value, 8> ways = waysOf(value);
  if (llvm::none_of(ways, [&](Value one) { return heap_.get<InstanceObject>(one); }))
    ways.clear();
  return ways;
}

bool Machine::askTruths(Value value) {
  llvm::SmallVector<Value, 8> ways = waysOfInstances(value);
  bool isAsked = llvm::any_of(ways, [&](Value one) {
    return hasMethod(*this, one, "__bool__") || hasMethod(*this, one, "__len__");
  });
  if (!isAsked)
    return true;
  return eachWay(ways,
                 [&](Value one) -> std::optional<Value> {
                   std::optional<bool> isTrue = truth(one);
                   return isTrue ? std::optional(Value::boolean(*isTrue)) : std::nullopt;
                 })
      .has_value();
}

Machine::Attribute Machine::attributeOfWays(llvm::ArrayRef<Value> ways, llvm::StringRef name) {
  auto load = [&](Value one) -> std::optional<Value> {
    Attribute found = findAttribute(one, name);
    if (!raised_.isUnbound())
      return std::nullopt;
    if (found.value.isUnbound())
      return raise("AttributeError",
                   "'" + typeName(one) + "' object has no attribute '" + name + "'");
    if (found.self.isUnbound())
      return found.value;
    // No object of the firmware's: a method that is called at once.
    auto &method = heap_.make<BoundMethodObject>();
    method.function = found.value;
    method.self = found.self;
    return Value::object(method.id);
  };
  return {eachWay(ways, load).value_or(Value()), {}};
}

// --- Plain data ------------------------------------------------------------------------------

Value Machine::abstractData(const llvm::Twine &reason) {
  Value data = unknown(reason);
  heap_.change<AbstractObject>(data)->isPlainData = true;
  return data;
}

Value Machine::dataAsList(Value data) {
  Value element = abstractData(heap_.get<AbstractObject>(data)->reason);
  ListObject &list = heap_.make<ListObject>();
  list.isKnown = false;
  list.length = Interval::atLeast(0);
  list.allocated = Interval::atLeast(4);
  list.element = element;
  return Value::object(list.id);
}

Value Machine::dataAsDict(Value data) {
  std::string reason = heap_.get<AbstractObject>(data)->reason;
  Value key = abstract("str", reason), value = abstractData(reason);
  DictObject &dict = heap_.make<DictObject>();
  dict.table.isKnown = false;
  dict.table.used = dict.table.allocated = Interval::atLeast(0);
  dict.table.anyKey = key;
  dict.table.anyValue = value;
  return Value::object(dict.id);
}

Value Machine::dataWith(Value data, llvm::StringRef method) {
  auto has = [&](llvm::StringRef type) { return findNative((type + "." + method).str()); };
  bool isText = has("str"), isList = has("list"), isDict = has("dict");
  if (isText && !isList && !isDict)
    return abstract("str", heap_.get<AbstractObject>(data)->reason);
  if (isDict && !isText && !isList)
    return dataAsDict(data);
  return isList && !isText && !isDict ? dataAsList(data) : Value();
}

namespace {

/// One number for several; Unbound where one is none.
Value anyNumber(Machine &m, llvm::ArrayRef<Value> numbers, llvm::StringRef reason) {
  bool areInts = true, areFloats = true;
  Interval hull{Interval::kNoHi, Interval::kNoLo};
  for (Value one : numbers) {
    std::optional<Interval> number = intervalOf(m, one);
    bool isFloat = m.typeName(one) == "float";
    if (!number && !isFloat)
      return {};
    areInts &= !isFloat;
    areFloats &= isFloat;
    if (number)
      hull = {std::min(hull.lo, number->lo), std::max(hull.hi, number->hi)};
  }
  if (areInts)
    return m.abstractInt(hull, reason);
  return m.abstract(areFloats ? "float" : "number", reason);
}

} // namespace

Value Interpreter::settled(Value value) {
  llvm::SmallVector<Value, 8> ways = waysOf(value);
  if (ways.empty())
    return value;
  const Value first = ways.front();
  if (ways.size() == 1)
    return first;
  std::string reason = heap_.get<AbstractObject>(value)->reason;
  if (std::optional<TextOperand> text = textOperand(*this, first)) {
    // What it was found to be may be less than what passes to come make of it.
    const auto *known = heap_.get<AbstractObject>(value);
    Interval length = known->type.empty() ? text->length : known->length.clampedBelow(0);
    for (Value one : ways) {
      std::optional<TextOperand> other = textOperand(*this, one);
      if (!other || other->type != text->type || text->type == TextType::ByteArray)
        return value;
      length = length.hull(other->length);
    }
    return abstractText(*this, text->type, length, reason);
  }
  if (Value number = anyNumber(*this, ways, reason); !number.isUnbound()) {
    if (auto *made = heap_.change<AbstractObject>(number))
      made->digitBytes = digitBytesOf(*this, value);
    return number;
  }
  const auto *tuple = heap_.get<TupleObject>(first);
  if (!tuple)
    return value;
  auto made = std::make_unique<TupleObject>(*tuple);
  for (Value one : llvm::ArrayRef(ways).drop_front()) {
    const auto *other = heap_.get<TupleObject>(one);
    if (!other || other->items.size() != made->items.size() || other->type != made->type)
      return value;
    for (size_t i = 0; i < made->items.size(); ++i)
      made->items[i] = join(made->items[i], other->items[i]);
  }
  auto &joined = heap_.make<TupleObject>();
  joined.items = std::move(made->items);
  joined.type = made->type;
  return Value::object(joined.id);
}

std::optional<Value> Interpreter::eachWay(llvm::ArrayRef<Value> values,
                                          llvm::function_ref<std::optional<Value>(Value)> run) {
  if (values.size() == 1)
    return run(values.front());
  ++undecided_;
  Value result, raised;
  bool wasPropagated = false, isGiven = false;
  constexpr llvm::StringLiteral kTooMany = "too many ways to be followed";
  for (size_t i = 0; i < values.size(); ++i) {
    const Value one = values[i];
    if (!mayFork()) {
      noteUnknownCost(kTooMany);
      noteGap(kTooMany);
      for (Value left : values.drop_front(i))
        skipValue(left, kTooMany);
      break;
    }
    openArm();
    std::optional<Value> given = run(one);
    closeArm();
    Value failure = raised_;
    wasPropagated |= isPropagated_;
    isPropagated_ = false;
    clearRaised();
    isStopped_ = false;
    ObjectHeap::Changes base = heap_.close();
    joinHeaps(ObjectHeap::Changes(), base);
    isGiven |= given.has_value();
    if (given)
      result = join(result, *given);
    else if (!failure.isUnbound())
      raised = failure;
    held_.push_back(result);
  }
  if (raised.isUnbound() && !isGiven)
    return unknown("which way is taken is not known");
  if (!isGiven) {
    raised_ = raised;
    isPropagated_ = wasPropagated;
    return std::nullopt;
  }
  if (!raised.isUnbound())
    noteFailure([&] {
      raised_ = raised;
      isPropagated_ = wasPropagated;
    });
  return result;
}

} // namespace fraglint
