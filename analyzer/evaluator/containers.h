#pragma once
/// What the files of lists, tuples, dictionaries, sets, deques and iteration share.

#include "evaluator/machine.h"
#include "evaluator/operations.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <vector>

namespace fraglint {

/// Containers of more items than this are not kept item by item: see ListObject::isKnown.
inline constexpr int64_t kMostItems = 1 << 16;

/// Values that one may be, before it may be anything.
inline constexpr size_t kMostAlternatives = 16;
/// Tuples in tuples that are merged.
inline constexpr unsigned kMostMergeDepth = 4;

// containers.cpp: values and arguments.

/// What is not known, at a cost that is not known.
Value unknownCost(Machine &m, llvm::StringRef reason);
/// A value that is one of both; either where they are the same, or where the other is Unbound.
Value joinValues(Machine &m, Value left, Value right);
/// Makes one of all texts, one of all ints, and one of all tuples of the same number of items,
/// whose items `join` makes one of.
void mergeAlike(Machine &m, llvm::SmallVectorImpl<Value> &values,
                llvm::function_ref<Value(Value, Value)> join);
/// A value that is one of `values`; Unbound where there are none.
Value anyOf(Machine &m, llvm::ArrayRef<Value> values);
/// Whether it is known how many items going over it gives; what each is need not be known.
bool isKnownIterable(const Machine &m, Value value);
/// Whether a key has a value that can be hashed and compared: no abstract one in it.
bool isKnownKey(const Machine &m, Value key);
/// The number of items, where `value` is of a kind that has a length.
std::optional<Interval> lengthOf(const Machine &m, Value value);
/// The items of a list or tuple; null for others, and where they are not known.
const std::vector<Value> *itemsOf(const Machine &m, Value value);
/// Any item of what `value` is gone over as, for what is not fully known; Unbound where it has
/// none.
Value anyItemOf(Machine &m, Value value);
/// Raises TypeError unless the number of positional arguments is right and no keyword is given.
bool checkArguments(Machine &m, const NativeCall &call, size_t least, size_t most);
/// An int for an index or a count; raises TypeError for others.
std::optional<int64_t> toInt(Machine &m, Value value);
/// `mp_get_index`: an index from the end made one from the start; cut to the length, or raising
/// IndexError. `container` gives the name in the message.
std::optional<int64_t> indexIn(Machine &m, Value container, int64_t length, Value index,
                               bool isCut);
/// IndexError where an index that is not known, or a length, may be such a one.
void mayBeOutside(Machine &m, Value container, Value index);
/// The method `name` of the class of an instance of the program, native bases left out.
bool hasMethod(const Machine &m, Value instance, llvm::StringRef name);
/// What stands in for an instance whose class does not define `method`: the native object inside.
Value withoutMethod(const Machine &m, Value value, llvm::StringRef method);
/// KeyError with the key as its argument.
std::nullopt_t raiseKeyError(Machine &m, Value key);
/// sequences_compare.cpp: `mp_seq_cmp_objs`, on Equal, Less, LessEqual, Greater, GreaterEqual.
std::optional<Value> compareItems(Machine &m, CompareOperator op, std::vector<Value> left,
                                  std::vector<Value> right);
/// What a method of containerNatives() gives whose object is not known: its type at least.
Value unknownResult(Machine &m, NativeFunction function);
/// A method of objects of this kind: called with one of a class of the program that has such a
/// one inside, it gets that; what is not known gives something unknown, others raise TypeError.
template <NativeFunction Function, ObjectKind Kind>
std::optional<Value> onKind(Machine &m, const NativeCall &call) {
  if (call.arguments.empty() || m.isAbstract(call.arguments[0]))
    return unknownResult(m, &onKind<Function, Kind>);
  llvm::SmallVector<Value, 4> arguments(call.arguments);
  if (const auto *instance = m.heap().get<InstanceObject>(arguments[0]))
    arguments[0] = instance->native;
  if (!arguments[0].isObject() || m.heap()[arguments[0].asObject()].kind != Kind)
    return m.raise("TypeError", "argument has wrong type");
  return Function(m, {arguments, call.keywords});
}
/// `index` and `count` of lists and tuples.
std::optional<Value> findItem(Machine &m, const NativeCall &call);
std::optional<Value> countItem(Machine &m, const NativeCall &call);

/// Room that may have been too short: `bytes` now; if it was, `longer` was asked for.
void growMaybe(Machine &m, Run &run, Interval bytes, Interval longer);

// sequences.cpp

Interval listBytes(const Machine &m, Interval room);
/// A list header with room for n items, all of which the caller then fills in.
ListObject &makeList(Machine &m, int64_t length);
/// A list of which only the length is known, and what its items may be.
Value makeUnknownList(Machine &m, Interval length, Value element);
/// The same of one that its items were appended to, one by one.
Value makeGrownList(Machine &m, Interval length, Value element);
/// A tuple of which only the length is known.
Value makeUnknownTuple(Machine &m, Interval length, llvm::StringRef reason);
/// Forgets which item is which.
void forgetItems(Machine &m, ListObject &list);
/// Room for `least` items where there is less: of `wanted` items then.
void growList(Machine &m, ListObject &list, Interval least, Interval wanted);
bool extendList(Machine &m, Value list, Value iterable);
/// The same item by item, also of a list: what `list(…)` and `sorted` do.
bool extendFromIterator(Machine &m, Value list, Value iterable);
std::optional<Value> popFromList(Machine &m, Value list, Value index);
/// sequences_sort.cpp: the firmware's own quicksort, which is not stable. A list whose items may
/// have been in any order is known afterwards where no two are equal.
bool sortList(Machine &m, Value list, Value key, bool isReverse);

std::optional<Value> loadSequenceItem(Machine &m, Value base, Value index);
bool storeSequenceItem(Machine &m, Value base, Value index, Value value);
bool deleteSequenceItem(Machine &m, Value base, Value index);
std::optional<Value> binarySequence(Machine &m, BinaryOperator op, Value left, Value right,
                                    bool isInPlace);

// maps_table.cpp, maps.cpp, maps_set.cpp

/// The firmware's next size of a hash table that has room for at least so many.
int64_t tableRoom(int64_t least);
/// Whether it is known in which order the firmware goes over a table.
bool hasKnownOrder(const MapTable &table);
/// The same of a dictionary, a view of one, a set, a list, or what goes over these; true of others.
bool hasKnownOrder(const Machine &m, Value container);
/// Whether a dictionary, a view of one, a set or a list has items that are known, in an order that
/// is not.
bool isInAnyOrder(const Machine &m, Value container);
/// A value of its own that is as little known: what is found out of the one does not hold of the
/// other.
Value another(Machine &m, Value value);
/// For a table that was filled in an order that is not known.
void loseOrder(MapTable &table);
/// Forgets which keys are in a table; what they may be, and their values, stay known.
void forgetSlots(Machine &m, MapTable &table);
/// Any key or value of a table; Unbound where it is empty.
Value anyKeyOf(Machine &m, const MapTable &table);
Value anyValueOf(Machine &m, const MapTable &table);
/// Stores as many times as `count` says, a key that is not known.
void storeUnknown(Machine &m, MapTable &table, Value key, Value value, Interval count);
bool updateDict(Machine &m, Value dict, Value other);
Value copyDict(Machine &m, Value dict);
std::optional<Value> equalDicts(Machine &m, Value left, Value right);
/// Of a dictionary: what `op` gives; Unbound where it does not know it.
std::optional<Value> binaryDict(Machine &m, BinaryOperator op, Value left, Value right,
                                bool isInPlace);
std::optional<Value> binarySet(Machine &m, BinaryOperator op, Value left, Value right,
                               bool isInPlace);
std::optional<Value> compareSet(Machine &m, CompareOperator op, Value left, Value right);
/// Whether it is in; abstract where not known.
std::optional<Value> isInSet(Machine &m, Value set, Value item);
std::optional<Value> isInDict(Machine &m, Value dict, Value key);

// iteration.cpp

/// Whether going over it never ends by itself, since its length is not known: who does so decides
/// how often. See stepsOf.
bool isUnknownIterator(const Machine &m, Value iterator);
/// Whether it may be over, where what it gave last may be what it never gave: a generator is.
bool mayBeOver(const Machine &m, Value iterator);
/// Whether each item of it takes a step of a generator.
bool goesOnWithGenerator(const Machine &m, Value iterator);
/// For who takes all items and gets the same of them in any order: where an iterator's is not known
/// it gives each item once, and this is true.
bool takeInAnyOrder(Machine &m, Value iterator);
/// The same where these are keys, of which no two are equal.
bool takeKeysInAnyOrder(Machine &m, Value iterator);
/// For a list that was filled in an order that is not known: each item may be any (any_order.cpp).
void shuffleList(Machine &m, Value list);
/// How many items an iterator still gives.
Interval stepsOf(const Machine &m, Value iterator);

std::optional<Value> nextOfGenerator(Machine &m, Value generator, Asks asks);
/// `generator.send(sent)`, and `next(generator)` with None: StopIteration, with the value that was
/// returned, at its end.
std::optional<Value> resumeOrStop(Machine &m, Value generator, Value sent);

// The natives of each file.
llvm::ArrayRef<NativeRow> listNatives();
llvm::ArrayRef<NativeRow> dictNatives();
llvm::ArrayRef<NativeRow> setNatives();
llvm::ArrayRef<NativeRow> dequeNatives();
llvm::ArrayRef<NativeRow> iterationNatives();
llvm::ArrayRef<NativeRow> foldNatives();
llvm::ArrayRef<NativeRow> generatorNatives();

} // namespace fraglint
