#include "evaluator/containers.h"

namespace fraglint {

Value Machine::tuple(llvm::ArrayRef<Value> items) {
  auto &tuple = heap_.make<TupleObject>();
  tuple.items.assign(items.begin(), items.end());
  if (!items.empty())
    allocate(tuple, 2 + static_cast<int64_t>(items.size()));
  return Value::object(tuple.id);
}

Value Machine::list(llvm::ArrayRef<Value> items) {
  ListObject &list = makeList(*this, static_cast<int64_t>(items.size()));
  list.items.assign(items.begin(), items.end());
  if (static_cast<int64_t>(items.size()) > kMostItems)
    forgetItems(*this, list);
  return Value::object(list.id);
}

std::optional<Value> Machine::length(Value value) {
  if (const auto ways = waysOfInstances(value); !ways.empty())
    return eachWay(ways, [&](Value one) { return length(one); });
  if (llvm::SmallVector<Value, 8> ways = waysOf(value); !ways.empty()) {
    Interval hull = lengthOf(*this, ways.front()).value_or(Interval::atLeast(0));
    for (Value one : ways)
      hull = hull.hull(lengthOf(*this, one).value_or(Interval::atLeast(0)));
    return abstractInt(hull, heap_.get<AbstractObject>(value)->reason);
  }
  if (const auto length = lengthOf(*this, value)) {
    if (length->isExact())
      return integer(length->lo);
    const auto *abstract = heap_.get<AbstractObject>(value);
    return abstractInt(*length, abstract ? abstract->reason : "a length is not known");
  }
  if (hasMethod(*this, value, "__len__"))
    return callMethod(value, "__len__", {});
  if (const auto *instance = heap_.get<InstanceObject>(value);
      instance && !instance->native.isUnbound())
    return length(instance->native);
  if (heap_.get<OpaqueObject>(value))
    return abstractInt(Interval::atLeast(0),
                       "length of a `" + llvm::Twine(typeName(value)) + "` is not known");
  return raise("TypeError", "object of type '" + typeName(value) + "' has no len()");
}

} // namespace fraglint
