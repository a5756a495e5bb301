/// Items compared with items. Source: py/sequence.c.

#include "evaluator/containers.h"

namespace fraglint {

std::optional<Value> compareItems(Machine &m, CompareOperator op, std::vector<Value> left,
                                  std::vector<Value> right) {
  if (op == CompareOperator::Equal && left.size() != right.size())
    return Value::boolean(false);
  if (op == CompareOperator::Less || op == CompareOperator::LessEqual) {
    std::swap(left, right);
    op = op == CompareOperator::Less ? CompareOperator::Greater : CompareOperator::GreaterEqual;
  }
  for (size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    const auto same = m.compare(CompareOperator::Equal, left[i], right[i]);
    if (!same)
      return std::nullopt;
    if (m.isAbstract(*same))
      return m.abstract("bool", "an item that is compared is not known");
    const auto isSame = m.truth(*same);
    if (!isSame)
      return std::nullopt;
    if (*isSame)
      continue;
    if (op == CompareOperator::Equal)
      return Value::boolean(false);
    const auto decided = m.compare(op, left[i], right[i]);
    if (!decided || m.isAbstract(*decided))
      return decided;
    return Value::boolean(*decided == Value::boolean(true));
  }
  if (left.size() != right.size())
    return Value::boolean(left.size() > right.size());
  return Value::boolean(op != CompareOperator::Greater);
}

std::optional<Value> findItem(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 4))
    return std::nullopt;
  const auto *known = itemsOf(m, call.arguments[0]);
  if (!known)
    return m.abstractInt(Interval::atLeast(0), "the items of a list are not known");
  const std::vector<Value> items = *known; // comparing may run code that changes them
  const auto length = static_cast<int64_t>(items.size());
  std::optional<int64_t> start = 0, stop = length;
  if (call.arguments.size() > 2)
    start = indexIn(m, call.arguments[0], length, call.arguments[2], true);
  if (start && call.arguments.size() > 3)
    stop = indexIn(m, call.arguments[0], length, call.arguments[3], true);
  if (!start || !stop)
    return std::nullopt;
  for (int64_t i = *start; i < *stop; ++i) {
    const auto same = m.compare(CompareOperator::Equal, items[i], call.arguments[1]);
    if (!same)
      return std::nullopt;
    if (m.isAbstract(*same))
      return m.abstractInt({i, length - 1}, "an item that is compared is not known");
    const auto isSame = m.truth(*same);
    if (!isSame)
      return std::nullopt;
    if (*isSame)
      return Value::integer(i);
  }
  return m.raise("ValueError", "object not in sequence");
}

std::optional<Value> countItem(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  Interval count = Interval::exactly(0);
  const auto *known = itemsOf(m, call.arguments[0]);
  if (!known)
    return m.abstractInt(Interval::atLeast(0), "the items of a list are not known");
  for (Value item : std::vector<Value>(*known)) { // comparing may run code that changes them
    const auto same = m.compare(CompareOperator::Equal, item, call.arguments[1]);
    if (!same)
      return std::nullopt;
    if (m.isAbstract(*same)) {
      ++count.hi;
      continue;
    }
    const auto isSame = m.truth(*same);
    if (!isSame)
      return std::nullopt;
    count = {count.lo + *isSame, count.hi + *isSame};
  }
  if (count.isExact())
    return Value::integer(count.lo);
  return m.abstractInt(count, "an item that is compared is not known");
}

} // namespace fraglint
