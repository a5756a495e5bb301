#include "evaluator/containers.h"
#include "evaluator/text_printer.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace fraglint {

namespace {

/// Sizes that the firmware's hash tables have. Source: py/map.c.
constexpr int64_t kTableRooms[] = {0,    2,    4,     6,     8,     10,    12,   17,   23,
                                   29,   37,   47,    59,    73,    97,    127,  167,  223,
                                   293,  389,  521,   691,   919,   1223,  1627, 2161, 3229,
                                   4831, 7243, 10861, 16273, 24407, 36607, 54907};

uint64_t wordMask(const Machine &m) {
  return m.profile().wordBytes >= 8 ? ~uint64_t{0} : 0xFFFFFFFFU;
}

/// A hash after it went through a small int: the bits of one, with their sign.
uint64_t throughSmallInt(const Machine &m, uint64_t hash) {
  const unsigned unused = 64 - m.profile().smallIntBits();
  const auto extended = static_cast<int64_t>(hash << unused) >> unused;
  return static_cast<uint64_t>(extended) & wordMask(m);
}

uint64_t hashOfBytes(const Machine &m, llvm::StringRef bytes) {
  uint64_t hash = 5381;
  for (char byte : bytes)
    hash = ((hash * 33) ^ static_cast<uint8_t>(byte)) & 0xFFFFFFFFU;
  hash &= (uint64_t{1} << m.profile().nameHashBits()) - 1;
  return hash == 0 ? 1 : hash; // 0 stands for "not computed"
}

Hash hashOfAddress(const Machine &m, Value object) {
  return {throughSmallInt(m, uint64_t{object.asObject()} * m.profile().blockBytes()), true};
}

std::optional<Hash> hashOfInstance(Machine &m, Value value) {
  if (hasMethod(m, value, "__hash__")) {
    const auto hash = m.callMethod(value, "__hash__", {});
    if (!hash)
      return std::nullopt;
    if (m.isAbstract(*hash))
      return Hash{0, true};
    const auto number = toInt(m, *hash);
    if (!number)
      return std::nullopt;
    return Hash{throughSmallInt(m, static_cast<uint64_t>(*number))};
  }
  const auto *instance = m.heap().get<InstanceObject>(value);
  if (!instance->native.isUnbound())
    return hashOf(m, instance->native);
  if (hasMethod(m, value, "__eq__"))
    return m.raise("TypeError", "unsupported type for __hash__: '" + m.typeName(value) + "'");
  return hashOfAddress(m, value);
}

bool isInterned(const Machine &m, Value key) {
  const auto *text = m.heap().get<StrObject>(key);
  return text && text->isInterned;
}

/// Whether a table with only names in it is asked for what is no text: it is not hashed then.
bool isSurelyMissing(const Machine &m, const MapTable &table, Value key) {
  if (m.heap().get<StrObject>(key))
    return false;
  return llvm::all_of(table.slots, [&](const MapTable::Slot &slot) {
    return slot.key.isUnbound() || isInterned(m, slot.key);
  });
}

std::optional<bool> isSameKey(Machine &m, Value left, Value right) {
  if (left == right)
    return true;
  if (left.isInt() && right.isInt())
    return false;
  if (isInterned(m, left) && isInterned(m, right))
    return false;
  // Texts are all known here: see isKnownKey.
  if (const auto *one = m.heap().get<StrObject>(left))
    if (const auto *other = m.heap().get<StrObject>(right))
      return one->content.bytes == other->content.bytes;
  return m.equal(left, right);
}

/// Where a key is, or where it would go: -1 where there is no room.
struct Place {
  int64_t slot = -1;
  bool isFound = false;
  bool isByAddress = false; ///< of a key that was hashed
};

std::optional<Place> findOrdered(Machine &m, const MapTable &table, Value key) {
  for (int64_t i = 0; i < table.used.lo; ++i) {
    const auto same = isSameKey(m, table.slots[i].key, key);
    if (!same)
      return std::nullopt;
    if (*same)
      return Place{i, true};
  }
  const bool isFull = table.used.lo == static_cast<int64_t>(table.slots.size());
  return Place{isFull ? -1 : table.used.lo, false};
}

std::optional<Place> findHashed(Machine &m, const MapTable &table, Value key, Hash hash) {
  const size_t count = table.slots.size();
  Place place;
  place.isByAddress = hash.isByAddress;
  if (count == 0)
    return place;
  for (size_t step = 0, at = hash.bits % count; step < count; ++step, at = (at + 1) % count) {
    const MapTable::Slot &slot = table.slots[at];
    if (!slot.key.isUnbound()) {
      const auto same = isSameKey(m, slot.key, key);
      if (!same)
        return std::nullopt;
      if (*same)
        return Place{static_cast<int64_t>(at), true};
      continue;
    }
    if (place.slot < 0)
      place.slot = static_cast<int64_t>(at);
    if (!slot.isDeleted)
      break;
  }
  return place;
}

/// How many keys there are, at the least and at the most.
Interval keysOf(const MapTable &table) {
  Interval count = Interval::exactly(0);
  for (const MapTable::Slot &slot : table.slots)
    if (!slot.key.isUnbound())
      count = count + Interval{slot.isPerhaps ? 0 : 1, 1};
  return count;
}

/// `used` of a table with keys that may be missing, within what they say.
Interval usedWithin(const MapTable &table, Interval used) {
  const Interval keys = keysOf(table);
  return {std::max(used.lo, keys.lo), std::min(used.hi, keys.hi)};
}

/// Where nothing is known of the order.
std::optional<Place> findAnywhere(Machine &m, const MapTable &table, Value key) {
  // Of the programs' own names, of which there may be many, nearly all are found so.
  const auto it = llvm::find_if(table.slots, [key](const auto &slot) { return slot.key == key; });
  if (it != table.slots.end() && isInterned(m, key))
    return Place{it - table.slots.begin(), true};
  Place place;
  for (size_t i = 0; i < table.slots.size(); ++i) {
    if (table.slots[i].key.isUnbound()) {
      place.slot = place.slot < 0 ? static_cast<int64_t>(i) : place.slot;
      continue;
    }
    const auto same = isSameKey(m, table.slots[i].key, key);
    if (!same)
      return std::nullopt;
    if (*same)
      return Place{static_cast<int64_t>(i), true};
  }
  return place;
}

std::optional<Place> find(Machine &m, const MapTable &table, Value key, bool isToAdd) {
  if (!table.isPlaced)
    return findAnywhere(m, table, key);
  if (table.isOrdered)
    return findOrdered(m, table, key);
  if (!isToAdd && (table.slots.empty() || isSurelyMissing(m, table, key)))
    return Place();
  const auto hash = hashOf(m, key);
  if (!hash)
    return std::nullopt;
  return findHashed(m, table, key, *hash);
}

void growOrdered(Machine &m, MapTable &table) {
  const auto room = static_cast<int64_t>(table.slots.size()) + 4;
  if (table.run)
    m.heap().resize(table.run, m.words(2 * room));
  else
    table.run = m.heap().request(m.words(2 * room));
  table.slots.resize(room);
  table.allocated = Interval::exactly(room);
}

/// Who hears of a request meanwhile looks at what the table holds: it does to the end.
bool rehash(Machine &m, MapTable &table) {
  Run old = table.run;
  const std::vector<MapTable::Slot> before = table.slots;
  const int64_t room = tableRoom(static_cast<int64_t>(before.size()) + 1);
  table.run = m.heap().requestLonger(old, Interval::exactly(m.words(2 * room)));
  table.allocated = Interval::exactly(room);
  std::vector<MapTable::Slot> slots(room);
  for (const MapTable::Slot &slot : before) {
    if (slot.key.isUnbound())
      continue;
    const auto hash = hashOf(m, slot.key);
    if (!hash)
      return false;
    // All keys differ: the first free slot will do.
    size_t at = hash->bits % static_cast<uint64_t>(room);
    while (!slots[at].key.isUnbound())
      at = (at + 1) % room;
    slots[at] = slot;
  }
  table.slots = std::move(slots);
  m.heap().release(old);
  return true;
}

/// Room for as many as there may be in use now.
void growTable(Machine &m, MapTable &table) {
  if (table.used.hi <= table.allocated.lo)
    return;
  const auto roomFor = [&](int64_t used) {
    if (used == Interval::kNoHi)
      return used;
    return table.isOrdered ? (used + 3) / 4 * 4 : tableRoom(used);
  };
  const Interval slot = Interval::exactly(m.words(2));
  const bool isSure = table.used.lo > table.allocated.hi;
  // If it grows then beyond what it has.
  const Interval longer = {roomFor(std::max(table.used.lo, table.allocated.lo + 1)),
                           std::max(table.allocated.hi, roomFor(table.used.hi))};
  table.allocated = {isSure ? longer.lo : table.allocated.lo, longer.hi};
  const Interval bytes = table.allocated * slot;
  if (!isSure) {
    growMaybe(m, table.run, bytes, longer * slot);
    return;
  }
  if (table.isOrdered) {
    m.heap().resize(table.run, bytes);
    return;
  }
  Run old = table.run;
  table.run = m.heap().requestLonger(old, bytes);
  m.heap().release(old);
}

bool storeAnywhere(Machine &m, MapTable &table, Value key, Value value) {
  const auto place = findAnywhere(m, table, key);
  if (!place)
    return false;
  if (place->isFound) {
    MapTable::Slot &slot = table.slots[place->slot];
    slot.value = value;
    if (!slot.isPerhaps)
      return true;
    slot.isPerhaps = false;
    table.used = usedWithin(table, table.used + Interval{0, 1});
    growTable(m, table);
    return true;
  }
  if (place->slot >= 0)
    table.slots[place->slot] = {key, value};
  else
    table.slots.push_back({key, value});
  table.used = usedWithin(table, table.used + Interval::exactly(1));
  growTable(m, table);
  return true;
}

} // namespace

void forgetSlots(Machine &m, MapTable &table) {
  if (!table.isKnown)
    return;
  table.anyKey = anyKeyOf(m, table);
  table.anyValue = anyValueOf(m, table);
  table.slots = {};
  table.isKnown = false;
}

void storeUnknown(Machine &m, MapTable &table, Value key, Value value, Interval count) {
  forgetSlots(m, table);
  table.anyKey = joinValues(m, table.anyKey, key);
  table.anyValue = joinValues(m, table.anyValue, value);
  // The keys may all be the same, and in already.
  table.used.lo = std::max(table.used.lo, std::min<int64_t>(count.lo, 1));
  table.used.hi = (Interval::exactly(table.used.hi) + Interval::exactly(count.hi)).hi;
  growTable(m, table);
}

Value anyKeyOf(Machine &m, const MapTable &table) {
  if (!table.isKnown)
    return table.anyKey;
  std::vector<Value> keys;
  for (const MapTable::Slot &slot : table.slots)
    if (!slot.key.isUnbound())
      keys.push_back(slot.key);
  return anyOf(m, keys);
}

Value anyValueOf(Machine &m, const MapTable &table) {
  if (!table.isKnown)
    return table.anyValue;
  std::vector<Value> values;
  for (const MapTable::Slot &slot : table.slots)
    if (!slot.key.isUnbound())
      values.push_back(slot.value);
  return anyOf(m, values);
}

bool hasKnownOrder(const MapTable &table) {
  if (!table.isKnown)
    return false;
  if (table.isPlaced && (table.isOrdered || !table.isByAddress))
    return true;
  return table.used == Interval::exactly(1) && keysOf(table) == table.used;
}

void loseOrder(MapTable &table) {
  if (table.isOrdered)
    table.isPlaced = false;
  else
    table.isByAddress = true;
}

int64_t tableRoom(int64_t least) {
  const auto *found = llvm::lower_bound(kTableRooms, least);
  return found == std::end(kTableRooms) ? (least + least / 2) | 1 : *found;
}

/// Of numbers and texts this is what the firmware computes. Its hash of tuples begins with that of
/// the empty one, as that of frozen sets begins with their type: with an address. That of None is
/// an address or made of how objects are represented. When a table grows does not depend on it.
static std::optional<Hash> hashWithin(Machine &m, Value value, int depth) {
  if (depth > kMostDepth) {
    m.raise("RuntimeError", "maximum recursion depth exceeded");
    return std::nullopt;
  }
  switch (value.kind()) {
  case ValueKind::Bool:
  case ValueKind::Int:
    return Hash{static_cast<uint64_t>(value.asInt()) & wordMask(m)};
  case ValueKind::Float: {
    const double number = value.asReal();
    if (!(std::fabs(number) < 0x1p62))
      return Hash();
    return Hash{throughSmallInt(m, static_cast<uint64_t>(static_cast<int64_t>(number)))};
  }
  case ValueKind::None:
    return Hash{0, true};
  case ValueKind::Unbound:
    return Hash();
  case ValueKind::Object:
    break;
  }
  const ObjectHeap &heap = m.heap();
  const Object &object = heap[value.asObject()];
  switch (object.kind) {
  case ObjectKind::Str:
    return Hash{hashOfBytes(m, heap.get<StrObject>(value)->content.bytes)};
  case ObjectKind::Bytes:
    return Hash{hashOfBytes(m, heap.get<BytesObject>(value)->content.bytes)};
  case ObjectKind::BoxedFloat:
    return hashWithin(m, Value::real(heap.get<BoxedFloatObject>(value)->value), depth);
  case ObjectKind::BigInt: {
    const llvm::APInt &number = heap.get<BigIntObject>(value)->value;
    return Hash{throughSmallInt(m, number.sextOrTrunc(64).getZExtValue())};
  }
  case ObjectKind::Tuple: {
    uint64_t hash = 0;
    for (Value item : std::vector<Value>(heap.get<TupleObject>(value)->items)) {
      const auto one = hashWithin(m, item, depth + 1);
      if (!one)
        return std::nullopt;
      hash += one->bits;
    }
    return Hash{throughSmallInt(m, hash), true};
  }
  case ObjectKind::Set: {
    const auto *set = heap.get<SetObject>(value);
    if (!set->isFrozen)
      break;
    uint64_t hash = 0;
    for (Value item : std::vector<Value>(set->slots)) {
      const auto one = hashWithin(m, item, depth + 1);
      if (!one)
        return std::nullopt;
      hash += one->bits;
    }
    return Hash{throughSmallInt(m, hash), true};
  }
  case ObjectKind::Instance:
    return hashOfInstance(m, value);
  case ObjectKind::List:
  case ObjectKind::Dict:
  case ObjectKind::ByteArray:
  case ObjectKind::Array:
  case ObjectKind::Deque:
  case ObjectKind::Slice:
  case ObjectKind::Range:
    break;
  default:
    return hashOfAddress(m, value);
  }
  return m.raise("TypeError", "unsupported type for __hash__: '" + m.typeName(value) + "'");
}

std::optional<Hash> hashOf(Machine &m, Value value) { return hashWithin(m, value, 0); }

std::optional<const MapTable::Slot *> findInTable(Machine &m, const MapTable &table, Value key) {
  if (!table.isKnown || !isKnownKey(m, key))
    return nullptr;
  const auto place = find(m, table, key, false);
  if (!place)
    return std::nullopt;
  return place->isFound ? &table.slots[place->slot] : nullptr;
}

bool storeInTable(Machine &m, MapTable &table, Value key, Value value) {
  if (!table.isKnown || !isKnownKey(m, key)) {
    storeUnknown(m, table, key, value, Interval::exactly(1));
    return true;
  }
  if (!table.isPlaced)
    return storeAnywhere(m, table, key, value);
  auto place = find(m, table, key, true);
  if (place && !place->isFound && place->slot < 0) {
    if (table.isOrdered)
      growOrdered(m, table);
    else if (!rehash(m, table))
      return false;
    place = find(m, table, key, true);
  }
  if (!place)
    return false;
  MapTable::Slot &slot = table.slots[place->slot];
  if (!place->isFound) {
    slot.key = key;
    slot.isDeleted = false;
    table.isByAddress |= place->isByAddress;
    table.used = table.used + Interval::exactly(1);
  }
  slot.value = value;
  return true;
}

std::optional<Value> removeFromTable(Machine &m, MapTable &table, Value key) {
  if (!table.isKnown || !isKnownKey(m, key)) {
    forgetSlots(m, table);
    table.used.lo = std::max<int64_t>(table.used.lo - 1, 0); // it may not have been in
    return table.anyValue;
  }
  const auto place = find(m, table, key, false);
  if (!place)
    return std::nullopt;
  if (!place->isFound)
    return Value();
  const Value value = table.slots[place->slot].value;
  if (!table.isPlaced) {
    const Interval removed{table.slots[place->slot].isPerhaps ? 0 : 1, 1};
    table.slots[place->slot] = {};
    table.used = usedWithin(table, table.used - removed);
    return value;
  }
  table.used = table.used - Interval::exactly(1);
  if (table.isOrdered) {
    table.slots.erase(table.slots.begin() + place->slot);
    table.slots.emplace_back();
    return value;
  }
  const size_t next = (place->slot + 1) % table.slots.size();
  const bool isNextFree = table.slots[next].key.isUnbound() && !table.slots[next].isDeleted;
  table.slots[place->slot] = {{}, {}, !isNextFree};
  return value;
}

void reserveTable(Machine &m, MapTable &table, int64_t slots) {
  if (slots == 0)
    return;
  table.run = m.heap().request(m.words(2 * slots));
  table.allocated = Interval::exactly(slots);
  table.slots.assign(slots, {});
}

} // namespace fraglint
