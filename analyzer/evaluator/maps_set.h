#pragma once
/// The hash table of sets, and what their methods are made of.

#include "evaluator/containers.h"

namespace fraglint {

/// What `mp_set_lookup` does besides looking.
enum class SetLookup : uint8_t { Find, Add, Remove, AddOrRemove };

/// Whether the item was in; abstract where that is not known.
std::optional<Value> lookUpInSet(Machine &m, Value set, Value item, SetLookup lookup);
/// The same for each of `items`, over an iterator on the heap; false where it raised.
bool lookUpAll(Machine &m, Value set, Value items, SetLookup lookup);
/// As many items that are not known as `count` says.
void addUnknown(Machine &m, SetObject &set, Value item, Interval count);
Value copySet(Machine &m, Value set);
void clearSet(Machine &m, Value set);
/// The first item in the order of the table.
std::optional<Value> popFromSet(Machine &m, Value set);
/// Gives `set` the table of `from`, which is empty then; its own is given back.
void takeTable(Machine &m, Value set, Value from);

} // namespace fraglint
