#include "bare_machine.h"
#include "evaluator/containers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

/// Containers without a program around them.
class Containers : public BareMachine {
public:
  using BareMachine::BareMachine;
  std::optional<Value> throwInto(Value, Value exception) override { return raise(exception); }
  void noteUnknownCost(const llvm::Twine &) override { isCostKnown = false; }

  /// Calls one of containerNatives(); Unbound where it raised.
  Value run(llvm::StringRef name, llvm::ArrayRef<Value> arguments,
            llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords = {}) {
    for (const NativeRow &row : containerNatives())
      if (row.name == name)
        return row.function(*this, {arguments, keywords}).value_or(Value());
    ADD_FAILURE() << "no native " << name.str();
    return {};
  }
  Value ints(llvm::ArrayRef<int64_t> numbers) {
    std::vector<Value> items;
    for (int64_t number : numbers)
      items.push_back(Value::integer(number));
    return list(items);
  }
  /// The ints of an iterable.
  std::vector<int64_t> numbers(Value iterable) {
    std::vector<int64_t> found;
    forEach(iterable, false, [&](Value item) {
      found.push_back(intOf(item).value_or(-999));
      return true;
    });
    return found;
  }
  std::string texts(Value iterable) {
    std::string found;
    forEach(iterable, false, [&](Value item) {
      found += (found.empty() ? "" : " ") + textOf(item).value_or("?").str();
      return true;
    });
    return found;
  }
  Value slice(Value start, Value stop, Value step) {
    auto &made = heap().make<SliceObject>();
    made.start = start;
    made.stop = stop;
    made.step = step;
    return Value::object(made.id);
  }
  Value unknownInt(Interval number) { return abstractInt(number, "read from a pin"); }

  bool isCostKnown = true;
};

Value number(int64_t value) { return Value::integer(value); }

// Requests: corpus/heap/rows.json, column micropython-unix-32.

TEST(ListRequests, RoomDoublesAsItIsAppendedTo) {
  Containers m;
  Value list = m.list({});
  EXPECT_EQ(m.requests(), "16 16");
  for (int64_t i = 0; i < 100; ++i)
    appendToList(m, list, number(i));
  EXPECT_EQ(m.requests(), "M32 M64 M128 M256 M512");
  list = m.run("list", {m.run("range", {number(10)})});
  EXPECT_EQ(m.requests(), "16 16 16 16 M32 M64");
  list = m.list(std::vector<Value>(100, number(0)));
  m.requests();
  appendToList(m, list, number(6));
  EXPECT_EQ(m.requests(), "M800");
}

TEST(ListRequests, ShrinkWhereMoreThanHalfIsFree) {
  Containers m;
  Value list = m.ints({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  m.requests();
  for (unsigned i = 0; i < 10; ++i)
    m.run("list.pop", {list});
  EXPECT_EQ(m.requests(), "s20 s8");
  list = m.list(std::vector<Value>(20, number(0)));
  m.requests();
  m.run("list.clear", {list});
  EXPECT_EQ(m.requests(), "s16");
}

TEST(ListRequests, ExtendAsksForFourMore) {
  Containers m;
  Value list = m.ints({1, 2, 3}), other = m.list(std::vector<Value>(10, number(1)));
  m.requests();
  EXPECT_TRUE(extendList(m, list, other));
  EXPECT_EQ(m.requests(), "M68");
  list = m.ints({1, 2, 3});
  Value tuple = m.tuple(std::vector<Value>(9, number(1)));
  m.requests();
  EXPECT_TRUE(extendList(m, list, tuple));
  EXPECT_EQ(m.requests(), "16 M32 M64");
  m.binary(BinaryOperator::Add, m.ints({1, 2, 3}), other, false);
  EXPECT_EQ(m.requests(), "16 16 16 52");
}

TEST(TupleRequests, AreExactOrByAScratchArray) {
  Containers m;
  Value list = m.ints({1, 2, 3, 4, 5});
  m.requests();
  Value tuple = m.run("tuple", {list});
  EXPECT_EQ(m.requests(), "16 16 M32 28 f32");
  EXPECT_EQ(m.run("tuple", {tuple}), tuple);
  m.tuple({});
  EXPECT_EQ(m.requests(), "");
}

TEST(DictRequests, GrowOnlyWhereFull) {
  Containers m;
  Value dict = newDict(m, 0);
  for (int64_t i = 0; i < 30; ++i)
    storeInDict(m, dict, number(i), number(i));
  EXPECT_EQ(m.requests(), "16 16 32 f16 48 f32 64 f48 80 f64 96 f80 136 f96 184 f136 232 f184 "
                          "296 f232");
  EXPECT_EQ(m.run("len", {dict}), number(30));
  m.run("dict.clear", {dict});
  EXPECT_EQ(m.requests(), "f296");
  Value ordered = m.run("collections.OrderedDict", {});
  for (int64_t i = 0; i < 6; ++i)
    storeInDict(m, ordered, number(i), number(i));
  EXPECT_EQ(m.requests(), "16 32 M64");
}

TEST(DictRequests, OfMakingOneFromPairs) {
  Containers m;
  Value pairs = m.list({m.tuple({number(1), number(2)}), m.tuple({number(3), number(4)})});
  m.requests();
  Value dict = m.run("dict", {pairs});
  EXPECT_EQ(m.requests(), "16 16 16 16 16");
  m.run("dict", {}, {{"a", number(1)}, {"b", number(2)}});
  EXPECT_EQ(m.requests(), "16 16");
  m.run("dict.copy", {dict});
  EXPECT_EQ(m.requests(), "16 16");
  Value keys = m.tuple({m.name("a"), m.name("b"), m.name("c")});
  m.requests();
  m.run("dict.fromkeys", {keys, number(0)});
  EXPECT_EQ(m.requests(), "16 16 24");
  m.run("sorted", {m.run("dict.items", {dict})});
  EXPECT_EQ(m.requests(), "12 16 16 16 16 16");
}

TEST(SetRequests, GrowAsDictionaries) {
  Containers m;
  Value set = newSet(m, 0);
  for (int64_t i = 0; i < 20; ++i)
    addToSet(m, set, number(i));
  EXPECT_EQ(m.requests(), "16 8 16 f8 24 f16 32 f24 40 f32 48 f40 68 f48 92 f68");
  Value one = newSet(m, 2), other = newSet(m, 1);
  addToSet(m, one, number(1));
  addToSet(m, one, number(2));
  addToSet(m, other, number(3));
  m.requests();
  m.binary(BinaryOperator::Or, one, other, false);
  EXPECT_EQ(m.requests(), "16 8 16 16 f8");
}

TEST(IteratorRequests, AreOfTheObjectAndItsSources) {
  Containers m;
  Value list = m.ints({3, 1, 2});
  m.requests();
  EXPECT_THAT(m.numbers(m.run("reversed", {list})), ElementsAre(2, 1, 3));
  EXPECT_EQ(m.requests(), "12");
  m.numbers(m.run("enumerate", {list}));
  EXPECT_EQ(m.requests(), "12 16 16 16 16");
  m.numbers(m.run("zip", {list, list}));
  EXPECT_EQ(m.requests(), "16 16 16 16 16 16");
  EXPECT_THAT(m.numbers(m.run("filter", {Value::none(), list})), ElementsAre(3, 1, 2));
  EXPECT_EQ(m.requests(), "12 16");
  m.run("collections.deque", {m.tuple({}), number(20)});
  EXPECT_EQ(m.requests(), "24 84");

  Containers old("circuitpython-10.3");
  list = old.ints({3, 1, 2});
  old.requests();
  old.numbers(old.run("zip", {list, list}));
  EXPECT_EQ(old.requests(), "16 16 16 16 16 16 16 f16");
}

// Orders: printed by MicroPython 1.25 on a 32-bit machine.

TEST(DictOrder, IsTheFirmwares) {
  Containers m;
  Value dict = newDict(m, 0);
  for (llvm::StringRef word : {"the", "quick", "brown", "fox", "jumps", "over", "the", "lazy",
                               "dog", "and", "runs", "far", "away", "from", "home"})
    storeInDict(m, dict, m.name(word), Value::none());
  EXPECT_EQ(m.texts(dict), "away lazy runs from dog quick far home jumps the brown and over fox");
  deleteContainerItem(m, dict, m.name("fox"));
  deleteContainerItem(m, dict, m.name("the"));
  storeInDict(m, dict, m.name("cat"), Value::none());
  storeInDict(m, dict, m.name("zebra"), Value::none());
  EXPECT_EQ(m.texts(dict), "away lazy runs from dog quick far home zebra jumps brown and over cat");
}

TEST(SetOrder, IsTheFirmwares) {
  Containers m;
  Value set = m.run("set", {m.ints({5, 3, 100, -1, -7, 2, 33, 17})});
  EXPECT_THAT(m.numbers(set), ElementsAre(17, -7, 2, 3, 100, 5, 33, -1));
  m.run("set.discard", {set, number(33)});
  m.run("set.add", {set, number(9)});
  EXPECT_THAT(m.numbers(set), ElementsAre(17, -7, 2, 3, 100, 5, 9, -1));
  Value one = newSet(m, 3), other = newSet(m, 2);
  for (int64_t i : {1, 2, 3})
    addToSet(m, one, number(i));
  for (int64_t i : {3, 4})
    addToSet(m, other, number(i));
  EXPECT_THAT(m.numbers(*m.binary(BinaryOperator::Or, one, other, false)), ElementsAre(4, 1, 2, 3));
  EXPECT_THAT(m.numbers(*m.binary(BinaryOperator::Xor, one, other, false)), ElementsAre(4, 1, 2));
  EXPECT_THAT(m.numbers(*m.binary(BinaryOperator::And, one, other, false)), ElementsAre(3));
  EXPECT_THAT(m.numbers(*m.binary(BinaryOperator::Subtract, one, other, false)), ElementsAre(1, 2));
}

TEST(Sorting, IsNotStableJustAsTheFirmwares) {
  Containers m;
  std::vector<Value> words;
  for (llvm::StringRef word :
       {"the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"})
    words.push_back(m.name(word));
  auto &length = m.heap().make<NativeObject>();
  for (const NativeRow &row : containerNatives())
    if (row.name == "len")
      length.row = &row;
  Value sorted = m.run("sorted", {m.list(words)}, {{"key", Value::object(length.id)}});
  EXPECT_EQ(m.texts(sorted), "fox dog the the over lazy brown jumps quick");
  sorted = m.run("sorted", {m.ints({5, 3, 9, 1, 1, 2, 8, 7})}, {{"reverse", Value::boolean(true)}});
  EXPECT_THAT(m.numbers(sorted), ElementsAre(9, 8, 7, 5, 3, 2, 1, 1));
}

TEST(Slices, LoadStoreAndDelete) {
  Containers m;
  Value none = Value::none();
  Value list = m.ints({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  auto part = [&](Value start, Value stop, Value step) {
    return m.numbers(*loadContainerItem(m, list, m.slice(start, stop, step)));
  };
  EXPECT_THAT(part(none, none, number(-3)), ElementsAre(9, 6, 3, 0));
  EXPECT_THAT(part(number(2), number(8), number(3)), ElementsAre(2, 5));
  EXPECT_THAT(part(number(-3), none, none), ElementsAre(7, 8, 9));
  EXPECT_THAT(part(number(5), number(2), none), ElementsAre());
  EXPECT_THAT(part(number(8), number(1), number(-2)), ElementsAre(8, 6, 4, 2));
  m.requests();
  storeContainerItem(m, list, m.slice(number(2), number(5), none), m.tuple({number(42)}));
  deleteContainerItem(m, list, m.slice(number(1), number(3), none));
  EXPECT_EQ(m.requests(), "12");
  EXPECT_THAT(m.numbers(list), ElementsAre(0, 5, 6, 7, 8, 9));
  storeContainerItem(m, list, m.slice(number(1), number(1), none),
                     m.tuple(std::vector<Value>(7, number(1))));
  EXPECT_EQ(m.requests(), "36 M52");
}

TEST(Deques, PushOutWhatIsTooMuch) {
  Containers m;
  Value deque = m.run("collections.deque", {m.ints({1, 2, 3}), number(3)});
  m.run("deque.append", {deque, number(4)});
  m.run("deque.appendleft", {deque, number(0)});
  EXPECT_THAT(m.numbers(deque), ElementsAre(0, 2, 3));
  EXPECT_EQ(m.run("deque.popleft", {deque}), number(0));
  EXPECT_EQ(m.run("deque.pop", {deque}), number(3));
  EXPECT_EQ(*loadContainerItem(m, deque, number(-1)), number(2));
}

TEST(Ranges, CountAndSlice) {
  Containers m;
  Value range = m.run("range", {number(10), number(0), number(-3)});
  EXPECT_EQ(m.run("len", {range}), number(4));
  EXPECT_THAT(m.numbers(range), ElementsAre(10, 7, 4, 1));
  EXPECT_EQ(*compareContainer(m, CompareOperator::In, number(4), range), Value::boolean(true));
  EXPECT_EQ(*compareContainer(m, CompareOperator::In, number(5), range), Value::boolean(false));
  Value rest = *loadContainerItem(m, range, m.slice(number(1), Value::none(), Value::none()));
  EXPECT_EQ(m.heap().get<RangeObject>(rest)->stop, -2);
}

// What is not known.

TEST(UnknownLists, GrowByIntervals) {
  Containers m;
  Value list = makeUnknownList(m, {2, 6}, m.unknownInt({0, 9}));
  EXPECT_EQ(m.requests(), "16 16..24");
  appendToList(m, list, number(3));
  EXPECT_EQ(m.requests(), "32..48? f16..24");
  EXPECT_EQ(m.heap().get<ListObject>(list)->length, (Interval{3, 7}));
  EXPECT_EQ(m.heap().get<AbstractObject>(*m.length(list))->number, (Interval{3, 7}));
  EXPECT_TRUE(m.isAbstract(*loadContainerItem(m, list, number(0))));
  EXPECT_TRUE(m.isCostKnown);
}

TEST(UnknownLists, OfManyItemsHaveAnExactLength) {
  Containers m;
  Value list = *m.binary(BinaryOperator::Multiply, m.ints({0}), number(200000), false);
  EXPECT_EQ(m.requests(), "16 16 16 800000");
  EXPECT_EQ(*m.length(list), number(200000));
  EXPECT_EQ(*loadContainerItem(m, list, number(17)), number(0));
}

TEST(UnknownIndex, GivesOneOfTheItems) {
  Containers m;
  Value item = *loadContainerItem(m, m.ints({4, 8, 6}), m.unknownInt({0, 2}));
  ASSERT_TRUE(m.isAbstract(item));
  EXPECT_EQ(m.heap().get<AbstractObject>(item)->number, (Interval{4, 8}));
}

TEST(UnknownKey, MakesADictionaryUnknown) {
  Containers m;
  Value dict = newDict(m, 2);
  storeInDict(m, dict, number(1), number(10));
  m.requests();
  storeInDict(m, dict, m.unknownInt({0, 100}), number(20));
  const MapTable &table = m.heap().get<DictObject>(dict)->table;
  EXPECT_FALSE(table.isKnown);
  EXPECT_EQ(table.used, (Interval{1, 2}));
  EXPECT_EQ(m.requests(), "");
  storeInDict(m, dict, m.unknownInt({0, 100}), number(20));
  EXPECT_EQ(m.requests(), "32? f16");
  EXPECT_EQ(m.heap().get<AbstractObject>(*loadContainerItem(m, dict, number(7)))->number,
            (Interval{10, 20}));
}

TEST(JoinedTables, AreSearchedFromEndToEnd) {
  Containers m;
  Value dict = newDict(m, 2);
  MapTable &table = m.heap().change<DictObject>(dict)->table;
  // As after a test that is not known: one way stored 4, the other 6, where they would not lie.
  table.slots = {{number(6), number(60), false, true}, {number(4), number(40), false, true}};
  table.used = Interval::exactly(1);
  table.isPlaced = false;
  m.requests();
  EXPECT_EQ(*loadContainerItem(m, dict, number(4)), number(40));
  EXPECT_EQ(*loadContainerItem(m, dict, number(6)), number(60));
  EXPECT_TRUE(storeInDict(m, dict, number(8), number(80)));
  EXPECT_EQ(m.requests(), "");
  EXPECT_TRUE(storeInDict(m, dict, number(10), number(100)));
  EXPECT_EQ(m.requests(), "32 f16");
  EXPECT_EQ(*loadContainerItem(m, dict, number(10)), number(100));
  EXPECT_EQ(table.used, Interval::exactly(3));
}

TEST(UnknownViews, GiveWhatTheyMayHold) {
  Containers m;
  Value dict = newDict(m, 2);
  storeInDict(m, dict, number(1), number(10));
  storeInDict(m, dict, m.unknownInt({0, 3}), number(20));
  m.requests();
  auto values = m.iterator(m.run("dict.values", {dict}), false);
  EXPECT_TRUE(isUnknownIterator(m, *values));
  EXPECT_EQ(stepsOf(m, *values), (Interval{1, 2}));
  EXPECT_EQ(m.heap().get<AbstractObject>(*m.next(*values))->number, (Interval{10, 20}));
  EXPECT_EQ(m.requests(), "12");
  auto items = m.iterator(m.run("dict.items", {dict}), false);
  EXPECT_TRUE(m.heap().get<TupleObject>(*m.next(*items)));
  EXPECT_EQ(m.requests(), "12 16");
}

TEST(UnknownNumbers, AreBetweenTheirBestAndWorst) {
  Containers m;
  Value low = m.unknownInt({0, 100});
  EXPECT_EQ(m.heap().get<AbstractObject>(m.run("min", {low, number(50)}))->number,
            (Interval{0, 50}));
  EXPECT_EQ(m.heap().get<AbstractObject>(m.run("max", {low, number(50)}))->number,
            (Interval{50, 100}));
  Value range = m.run("range", {low});
  EXPECT_EQ(m.heap().get<AbstractObject>(range)->length, (Interval{0, 100}));
  EXPECT_TRUE(isUnknownIterator(m, *m.iterator(range, false)));
  EXPECT_EQ(stepsOf(m, *m.iterator(m.run("enumerate", {range}), false)), (Interval{0, 100}));
}

} // namespace
} // namespace fraglint
