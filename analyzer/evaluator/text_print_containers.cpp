/// The texts of containers. After the `print` slots of py/objlist.c, objdict.c, objset.c and
/// others.

#include "evaluator/containers.h"
#include "evaluator/text_printer.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

bool Printer::printItems(llvm::ArrayRef<Value> items) {
  for (const auto &[index, item] : llvm::enumerate(items)) {
    if (index > 0)
      say(", ");
    if (!print(item, PrintKind::Repr))
      return false;
  }
  return true;
}

bool Printer::printUnknownItems(Interval length, Value element, int64_t around) {
  Content one;
  // The printer keeps no copy of what it prints to.
  auto add = [&](const Content &piece) { addTo(one, piece); };
  Printer inner(m_, add);
  if (element.isUnbound() || !inner.print(element, PrintKind::Repr))
    return sayUnknown(around);
  Interval commas = (length - Interval::exactly(1)).clampedBelow(0) * Interval::exactly(2);
  Interval all = length.clampedBelow(0) * one.length + commas + Interval::exactly(around);
  return sayUnknown(all.lo, all.hi);
}

/// Any of them may come at each place: bounds of its pieces, or where these are not alike, of all.
bool Printer::printInAnyOrder(size_t count, llvm::function_ref<bool(Printer &, size_t)> printOne) {
  llvm::SmallVector<Interval, 8> pieces;
  auto sum = [](llvm::ArrayRef<Interval> lengths) {
    Interval all = Interval::exactly(0);
    for (Interval length : lengths)
      all = all + length;
    return all;
  };
  for (size_t i = 0; i < count; ++i) {
    llvm::SmallVector<Interval, 8> own;
    auto add = [&](const Content &piece) { own.push_back(piece.length); };
    Printer inner(m_, add);
    inner.depth_ = depth_;
    if (!printOne(inner, i))
      return false;
    if (i == 0) {
      pieces = own;
    } else if (own.size() == pieces.size()) {
      for (auto [piece, other] : llvm::zip(pieces, own))
        piece = piece.hull(other);
    } else {
      pieces = {sum(pieces).hull(sum(own))};
    }
  }
  for (size_t i = 0; i < count; ++i) {
    if (i > 0)
      say(", ");
    for (Interval piece : pieces)
      sayUnknown(piece.lo, piece.hi);
  }
  return true;
}

bool Printer::printEach(size_t count, bool isInAnyOrder,
                        llvm::function_ref<bool(Printer &, size_t)> printOne) {
  if (isInAnyOrder)
    return printInAnyOrder(count, printOne);
  for (size_t i = 0; i < count; ++i)
    if ((i > 0 && !say(", ")) || !printOne(*this, i))
      return false;
  return true;
}

bool Printer::printTuple(const TupleObject &tuple) {
  const auto *type = tuple.type ? heap_.get<ClassObject>(Value::object(tuple.type)) : nullptr;
  std::vector<Value> items = tuple.items;
  if (!type) {
    say("(");
    if (!printItems(items))
      return false;
    return say(items.size() == 1 ? "," : "") && say(")");
  }
  std::vector<std::string> fields = type->fields;
  say(type->name);
  say("(");
  for (const auto &[index, item] : llvm::enumerate(items)) {
    if (index > 0)
      say(", ");
    say(index < fields.size() ? fields[index] : "");
    say("=");
    if (!print(item, PrintKind::Repr))
      return false;
  }
  return say(")");
}

bool Printer::printDict(Value value, const DictObject &dict) {
  if (!dict.table.isKnown)
    return sayUnknown(2);
  bool isOrdered = dict.table.isOrdered && m_.typeName(value) != "dict";
  if (isOrdered)
    say("OrderedDict") && say("(");
  std::vector<MapTable::Slot> slots = dict.table.slots;
  llvm::erase_if(slots, [](const auto &slot) { return slot.key.isUnbound(); });
  say("{");
  if (!printEach(slots.size(), !hasKnownOrder(dict.table), [&](Printer &to, size_t i) {
        return to.print(slots[i].key, PrintKind::Repr) && to.say(": ") &&
               to.print(slots[i].value, PrintKind::Repr);
      }))
    return false;
  say("}");
  return say(isOrdered ? ")" : "");
}

bool Printer::printView(const DictViewObject &view) {
  using Shows = DictViewObject::Shows;
  const auto *dict = heap_.get<DictObject>(view.dict);
  if (!dict || !dict->table.isKnown)
    return sayUnknown(13);
  Shows shows = view.shows;
  std::vector<MapTable::Slot> slots = dict->table.slots;
  llvm::erase_if(slots, [](const auto &slot) { return slot.key.isUnbound(); });
  say(shows == Shows::Items ? "dict_items" : shows == Shows::Keys ? "dict_keys" : "dict_values");
  say("([");
  if (!printEach(slots.size(), !hasKnownOrder(dict->table), [&](Printer &to, size_t i) {
        const MapTable::Slot &slot = slots[i];
        Value item = shows == Shows::Keys ? slot.key : slot.value;
        if (shows == Shows::Items)
          item = m_.tuple({slot.key, slot.value});
        return to.print(item, PrintKind::Repr);
      }))
    return false;
  return say("])");
}

bool Printer::printSet(Value value, const SetObject &set) {
  if (!set.isKnown)
    return sayUnknown(3);
  bool isFrozen = set.isFrozen;
  if (set.used == Interval::exactly(0))
    return say(isFrozen ? "frozen" : "") && say("set()");
  std::vector<Value> items;
  for (Value slot : set.slots)
    if (!slot.isUnbound())
      items.push_back(slot);
  say(isFrozen ? "frozenset(" : "");
  say("{");
  if (!printEach(items.size(), !hasKnownOrder(m_, value),
                 [&](Printer &to, size_t i) { return to.print(items[i], PrintKind::Repr); }))
    return false;
  return say("}") && say(isFrozen ? ")" : "");
}

bool Printer::printArray(const ArrayObject &array) {
  if (!array.isKnown)
    return sayUnknown(10);
  say("array('");
  say(llvm::StringRef(&array.typeCode, 1));
  say("'");
  if (!array.items.empty()) {
    std::vector<Value> items = array.items;
    say(", [");
    if (!printItems(items))
      return false;
    say("]");
  }
  return say(")");
}

bool Printer::printRange(const RangeObject &range) {
  say("range(");
  say(std::to_string(range.start));
  say(", ");
  say(std::to_string(range.stop));
  if (range.step != 1) {
    say(", ");
    say(std::to_string(range.step));
  }
  return say(")");
}

} // namespace fraglint
