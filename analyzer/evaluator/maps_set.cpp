#include "evaluator/maps_set.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Where an item is, or where it would go: -1 where there is no room.
struct Place {
  int64_t slot = -1;
  bool isFound = false;
};

std::optional<Place> find(Machine &m, const SetObject &set, Value item, Hash hash) {
  const size_t count = set.slots.size();
  Place place;
  if (count == 0)
    return place;
  for (size_t step = 0, at = hash.bits % count; step < count; ++step, at = (at + 1) % count) {
    if (!set.slots[at].isUnbound()) {
      const auto same = m.equal(set.slots[at], item);
      if (!same)
        return std::nullopt;
      if (*same)
        return Place{static_cast<int64_t>(at), true};
      continue;
    }
    if (place.slot < 0)
      place.slot = static_cast<int64_t>(at);
    if (!set.isDeleted[at])
      break;
  }
  return place;
}

/// Who hears of a request meanwhile looks at what the set holds: it does to the end.
bool rehash(Machine &m, SetObject &set) {
  Run old = set.data;
  const std::vector<Value> before = set.slots;
  const int64_t room = tableRoom(static_cast<int64_t>(before.size()) + 1);
  set.data = m.heap().requestLonger(old, Interval::exactly(m.words(room)));
  set.allocated = Interval::exactly(room);
  std::vector<Value> slots(room);
  for (Value item : before) {
    if (item.isUnbound())
      continue;
    const auto hash = hashOf(m, item);
    if (!hash)
      return false;
    // All items differ: the first free slot will do.
    size_t at = hash->bits % static_cast<uint64_t>(room);
    while (!slots[at].isUnbound())
      at = (at + 1) % room;
    slots[at] = item;
  }
  set.slots = std::move(slots);
  set.isDeleted.assign(room, false);
  m.heap().release(old);
  return true;
}

void removeAt(SetObject &set, int64_t at) {
  const size_t next = (at + 1) % set.slots.size();
  set.slots[at] = {};
  set.isDeleted[at] = !set.slots[next].isUnbound() || set.isDeleted[next];
  set.used = set.used - Interval::exactly(1);
}

void forgetSlots(Machine &m, SetObject &set) {
  if (!set.isKnown)
    return;
  std::vector<Value> items;
  for (Value slot : set.slots)
    if (!slot.isUnbound())
      items.push_back(slot);
  set.element = anyOf(m, items);
  set.slots = {};
  set.isDeleted = {};
  set.isKnown = false;
}

} // namespace

void addUnknown(Machine &m, SetObject &set, Value item, Interval count) {
  forgetSlots(m, set);
  set.element = joinValues(m, set.element, item);
  // They may all be the same, and in already.
  set.used.lo = std::max(set.used.lo, std::min<int64_t>(count.lo, 1));
  set.used.hi = (Interval::exactly(set.used.hi) + Interval::exactly(count.hi)).hi;
  if (set.used.hi <= set.allocated.lo)
    return;
  const auto roomFor = [](int64_t used) {
    return used == Interval::kNoHi ? used : tableRoom(used);
  };
  const bool isSure = set.used.lo > set.allocated.hi;
  // If it grows then beyond what it has.
  const Interval longer = {roomFor(std::max(set.used.lo, set.allocated.lo + 1)),
                           std::max(set.allocated.hi, roomFor(set.used.hi))};
  set.allocated = {isSure ? longer.lo : set.allocated.lo, longer.hi};
  const Interval bytes = listBytes(m, set.allocated);
  if (!isSure) {
    growMaybe(m, set.data, bytes, listBytes(m, longer));
    return;
  }
  Run old = set.data;
  set.data = m.heap().requestLonger(old, bytes);
  m.heap().release(old);
}

std::optional<Value> lookUpInSet(Machine &m, Value value, Value item, SetLookup lookup) {
  SetObject &set = lookup == SetLookup::Find
                       ? const_cast<SetObject &>(*m.heap().get<SetObject>(value))
                       : *m.heap().change<SetObject>(value);
  const bool mayAdd = lookup == SetLookup::Add || lookup == SetLookup::AddOrRemove;
  const bool mayRemove = lookup == SetLookup::Remove || lookup == SetLookup::AddOrRemove;
  if (!set.isKnown || !isKnownKey(m, item)) {
    if (mayAdd)
      addUnknown(m, set, item, Interval::exactly(1));
    if (mayRemove) {
      forgetSlots(m, set);
      set.used.lo = std::max<int64_t>(set.used.lo - 1, 0);
    }
    return m.abstract("bool", "whether an item is in a set is not known");
  }
  if (set.slots.empty() && !mayAdd)
    return Value::boolean(false);
  const auto hash = hashOf(m, item);
  if (!hash)
    return std::nullopt;
  auto place = find(m, set, item, *hash);
  if (place && !place->isFound && mayAdd && place->slot < 0) {
    if (!rehash(m, set))
      return std::nullopt;
    place = find(m, set, item, *hash);
  }
  if (!place)
    return std::nullopt;
  if (place->isFound) {
    if (mayRemove)
      removeAt(set, place->slot);
    return Value::boolean(true);
  }
  if (mayAdd) {
    set.slots[place->slot] = item;
    set.isDeleted[place->slot] = false;
    set.isByAddress |= hash->isByAddress;
    set.used = set.used + Interval::exactly(1);
  }
  return Value::boolean(false);
}

Value newSet(Machine &m, int64_t room) {
  auto &set = m.heap().make<SetObject>();
  m.allocate(set, 4);
  if (room > 0) {
    set.data = m.heap().request(m.words(room));
    set.slots.assign(room, {});
    set.isDeleted.assign(room, false);
    set.allocated = Interval::exactly(room);
  }
  return Value::object(set.id);
}

bool addToSet(Machine &m, Value set, Value item) {
  return lookUpInSet(m, set, item, SetLookup::Add).has_value();
}

std::optional<Value> isInSet(Machine &m, Value set, Value item) {
  return lookUpInSet(m, set, item, SetLookup::Find);
}

Value copySet(Machine &m, Value value) {
  auto &copy = m.heap().make<SetObject>();
  m.allocate(copy, 4);
  const auto &set = *m.heap().get<SetObject>(value);
  const Run header = copy.header;
  const ObjectId id = copy.id;
  copy.slots = set.slots;
  copy.isDeleted = set.isDeleted;
  copy.used = set.used;
  copy.allocated = set.allocated;
  copy.isFrozen = set.isFrozen;
  copy.isByAddress = set.isByAddress;
  copy.isKnown = set.isKnown;
  copy.element = set.element;
  copy.header = header;
  if (copy.allocated.hi > 0)
    copy.data = m.heap().request(listBytes(m, copy.allocated));
  return Value::object(id);
}

void clearSet(Machine &m, Value value) {
  SetObject &set = *m.heap().change<SetObject>(value);
  m.heap().release(set.data);
  set.slots = {};
  set.isDeleted = {};
  set.used = set.allocated = Interval::exactly(0);
  set.isKnown = true;
  set.isByAddress = false;
  set.element = {};
}

bool lookUpAll(Machine &m, Value set, Value items, SetLookup lookup) {
  if (!isKnownIterable(m, items)) {
    const Interval count = lengthOf(m, items).value_or(Interval::atLeast(0));
    const auto iterator = m.iterator(items, true);
    if (!iterator)
      return false;
    const Value any = anyItemOf(m, items);
    SetObject &changed = *m.heap().change<SetObject>(set);
    if (lookup == SetLookup::Add || lookup == SetLookup::AddOrRemove)
      addUnknown(m, changed, any, count);
    if (lookup == SetLookup::Remove || lookup == SetLookup::AddOrRemove) {
      forgetSlots(m, changed);
      changed.used.lo = count.hasHi() ? std::max<int64_t>(changed.used.lo - count.hi, 0) : 0;
    }
    return true;
  }
  const auto iterator = m.iterator(items, true);
  if (!iterator)
    return false;
  // How many are in at once depends on the order where some are added and others removed.
  const bool isInAnyOrder = lookup != SetLookup::AddOrRemove && takeInAnyOrder(m, *iterator);
  if (isInAnyOrder)
    m.heap().change<SetObject>(set)->isByAddress = true;
  AnyOrderWalk walk;
  if (isInAnyOrder)
    m.beginWalk(walk, *iterator);
  Value others; // that are equal to one that is in, of which the first stays
  const bool isDone = m.forEach(*iterator, true, [&](Value item) {
    const auto isIn = lookUpInSet(m, set, item, lookup);
    if (isInAnyOrder && isIn && *isIn == Value::boolean(true) && !m.textOf(item) &&
        !llvm::is_contained(m.heap().get<SetObject>(set)->slots, item))
      others = joinValues(m, others, item);
    m.noteStep(walk);
    return isIn.has_value();
  });
  if (!m.endWalk(walk, {set}))
    return false;
  if (lookup == SetLookup::Add && !others.isUnbound()) {
    SetObject &changed = *m.heap().change<SetObject>(set);
    forgetSlots(m, changed);
    changed.element = joinValues(m, changed.element, others);
  }
  return isDone;
}

std::optional<Value> popFromSet(Machine &m, Value value) {
  SetObject &set = *m.heap().change<SetObject>(value);
  if (set.used != Interval::exactly(0) && !hasKnownOrder(m, value)) {
    forgetSlots(m, set);
    set.used = (set.used - Interval::exactly(1)).clampedBelow(0);
    return set.element;
  }
  for (size_t at = 0; at < set.slots.size(); ++at) {
    if (set.slots[at].isUnbound())
      continue;
    const Value item = set.slots[at];
    removeAt(set, static_cast<int64_t>(at));
    return item;
  }
  return m.raise("KeyError", "pop from an empty set");
}

void takeTable(Machine &m, Value value, Value from) {
  SetObject &set = *m.heap().change<SetObject>(value);
  SetObject &other = *m.heap().change<SetObject>(from);
  m.heap().release(set.data);
  set.data = other.data;
  other.data = {};
  set.slots = std::move(other.slots);
  set.isDeleted = std::move(other.isDeleted);
  set.used = other.used;
  set.allocated = other.allocated;
  set.isKnown = other.isKnown;
  set.isByAddress = other.isByAddress;
  set.element = other.element;
  other.slots = {};
  other.isDeleted = {};
  other.used = other.allocated = Interval::exactly(0);
}

} // namespace fraglint
