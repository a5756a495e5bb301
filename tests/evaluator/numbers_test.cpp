#include "bare_machine.h"

#include <gmock/gmock.h>

#include <cmath>

namespace fraglint {
namespace {

using enum BinaryOperator;

struct Row {
  const char *left;
  BinaryOperator op;
  const char *right;
  const char *requests; ///< rows.json, or mpz.c
  const char *result;
};

class LargeInts : public testing::TestWithParam<Row> {};

TEST_P(LargeInts, AskForTheDigitsOfTheFirmware) {
  BareMachine m;
  Value left = m.literal(GetParam().left), right = m.literal(GetParam().right);
  m.requests();
  Value result = m.calculate(left, GetParam().op, right);
  EXPECT_EQ(m.requests(), GetParam().requests);
  EXPECT_EQ(intText(m, result), GetParam().result);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LargeInts,
    testing::Values(
        Row{"1", Add, "2", "", "3"}, Row{"536870912", Add, "536870912", "16 8", "1073741824"},
        Row{"1073741824", Subtract, "1", "16 4", "1073741823"},
        Row{"1048576", ShiftLeft, "20", "16 8 16 8", "1099511627776"},
        Row{"1099511627776", Add, "1", "16 8", "1099511627777"},
        Row{"1099511627776", Multiply, "1099511627776", "16 12", "1208925819614629174706176"},
        Row{"1", ShiftLeft, "200", "16 8 16 28",
            "1606938044258990275541962092341162602522202993782792835301376"},
        Row{"1099511627776", And, "4294967295", "16 6", "0"},
        Row{"1152921504606846976", FloorDivide, "1000", "16 10 10 f10", "1152921504606846"},
        Row{"1152921504606846976", Add, "5", "16 10", "1152921504606846981"},
        Row{"3", Power, "5", "", "243"}));

TEST(Numbers, NegativeQuotientsLeaveAMinusOneBehind) {
  BareMachine m;
  Value left = *unaryNumber(m, UnaryOperator::Negate, m.literal("1152921504606846976"));
  m.requests();
  Value result = m.calculate(left, FloorDivide, Value::integer(1000));
  EXPECT_EQ(m.requests(), "16 10 10 4 f10");
  EXPECT_EQ(intText(m, result), "-1152921504606847");
}

TEST(Numbers, DivisionGoesDownAndModuloHasTheDivisorsSign) {
  BareMachine m;
  auto text = [&](int64_t a, BinaryOperator op, int64_t b) {
    return intText(m, m.calculate(Value::integer(a), op, Value::integer(b)));
  };
  EXPECT_EQ(text(-7, FloorDivide, 2), "-4");
  EXPECT_EQ(text(7, FloorDivide, -2), "-4");
  EXPECT_EQ(text(-7, Modulo, 3), "2");
  EXPECT_EQ(text(7, Modulo, -3), "-2");
  EXPECT_EQ(m.requests(), "");
}

TEST(Numbers, FloatsAreBoxedWhereTheFirmwareHasNoRoomForThem) {
  auto requests = [](llvm::StringRef profile) {
    BareMachine m(profile);
    m.calculate(Value::integer(7), Divide, Value::integer(2));
    return m.requests();
  };
  EXPECT_EQ(requests("micropython-1.29"), "8");
  EXPECT_EQ(requests("micropython-1.25-unix-32"), "12");
  EXPECT_EQ(requests("micropython-1.28-unix-64"), "16");
  EXPECT_EQ(requests("circuitpython-10.3"), "");
}

/// What the builds print; those without an engine by py/formatfloat.c of their sources, compiled
/// by itself.
TEST(Numbers, FloatsAreWrittenAsTheFirmwareWritesThem) {
  auto text = [](llvm::StringRef profile, double value) {
    BareMachine m(profile);
    return floatText(m.profile(), m.rounded(value));
  };
  EXPECT_EQ(text("micropython-1.28-unix-64", 0.1), "0.1");
  EXPECT_EQ(text("micropython-1.28-unix-64", 1e20), "1e+20");
  EXPECT_EQ(text("micropython-1.28-unix-64", 1e15), "1000000000000000.0");
  EXPECT_EQ(text("micropython-1.28-unix-64", 2.0 / 3), "0.6666666666666666");
  EXPECT_EQ(text("micropython-1.28-unix-64", -0.0), "-0.0");
  EXPECT_EQ(text("micropython-1.28-unix-64", 1e-5), "1e-05");
  EXPECT_EQ(text("micropython-1.25-unix-32", 2.0 / 3), "0.6666666666666666");
  EXPECT_EQ(text("micropython-1.25-unix-32", 1e20), "1e+20");
  EXPECT_EQ(text("micropython-1.29", 0.1), "0.1");
  EXPECT_EQ(text("micropython-1.29", 1.4142135623730951), "1.4142135");
  EXPECT_EQ(text("micropython-1.29", HUGE_VAL), "inf");
  EXPECT_EQ(text("micropython-1.29", NAN), "nan");
  EXPECT_EQ(text("circuitpython-10.3", 1.4142135623730951), "1.4142132");
  EXPECT_EQ(text("micropython-1.9.2-microbit", 1.4142135623730951), "1.41421");
  EXPECT_EQ(text("circuitpython-10.3", 1), "1.0");
}

TEST(Numbers, IntsAreReadFromText) {
  BareMachine m;
  auto read = [&](llvm::StringRef text, int64_t base) {
    std::optional<Value> value = parseInt(m, text, base);
    return value ? intText(m, *value) : m.raisedType();
  };
  EXPECT_EQ(read(" -12_3 ", 10), "-123");
  EXPECT_EQ(read("0xFf", 16), "255");
  EXPECT_EQ(read("0b101", 0), "5");
  EXPECT_EQ(read("z", 36), "35");
  EXPECT_EQ(m.requests(), "");
  EXPECT_EQ(read("12345678901234567890", 10), "12345678901234567890");
  // 20 characters: room for 20 * 8 / 16 + 1 digits.
  EXPECT_EQ(m.requests(), "16 22");
  EXPECT_EQ(read("", 10), "ValueError");
  EXPECT_EQ(read("12a", 10), "ValueError");
  EXPECT_EQ(read("1", 99), "ValueError");
}

TEST(Numbers, BytesOfInts) {
  BareMachine m;
  Value bytes = m.call("int.to_bytes", {Value::integer(1234), Value::integer(4), m.name("big")});
  EXPECT_EQ(m.requests(), "5 16");
  EXPECT_EQ(m.dataOf(bytes), std::string("\0\0\4\xd2", 4));
  EXPECT_EQ(m.call("int.from_bytes", {bytes, m.name("big")}), Value::integer(1234));
  EXPECT_EQ(m.requests(), "");
  Value large = m.call("int.from_bytes", {m.bytes("\xff"
                                                  "234"),
                                          m.name("big")});
  EXPECT_EQ(m.requests(), "16 5 16 4");
  EXPECT_EQ(m.intOf(large), 0xff323334);
  m.call("int.to_bytes", {Value::integer(300), Value::integer(1), m.name("big")});
  EXPECT_EQ(m.raisedType(), "OverflowError");
}

TEST(Numbers, RoundingAndDividingBoth) {
  BareMachine m;
  EXPECT_EQ(m.call("round", {Value::real(2.5)}), Value::integer(2));
  EXPECT_EQ(m.call("round", {Value::integer(1250), Value::integer(-2)}), Value::integer(1200));
  EXPECT_EQ(m.requests(), "");
  EXPECT_EQ(floatOf(m, m.call("round", {Value::real(7.26), Value::integer(1)})), m.rounded(7.3));
  EXPECT_EQ(m.requests(), "8");
  Value both = m.call("divmod", {Value::integer(-17), Value::integer(5)});
  EXPECT_EQ(m.requests(), "16");
  EXPECT_THAT(m.heap().get<TupleObject>(both)->items,
              testing::ElementsAre(Value::integer(-4), Value::integer(3)));
}

TEST(Numbers, DivisionByZeroIsRaised) {
  BareMachine m;
  for (BinaryOperator op : {Divide, FloorDivide, Modulo}) {
    EXPECT_TRUE(m.calculate(Value::integer(1), op, Value::integer(0)).isUnbound());
    EXPECT_EQ(m.raisedType(), "ZeroDivisionError");
    EXPECT_TRUE(m.calculate(Value::real(1), op, Value::integer(0)).isUnbound());
    EXPECT_EQ(m.raisedType(), "ZeroDivisionError");
  }
}

TEST(Numbers, UnknownOnesAreKnownInBounds) {
  BareMachine m;
  Value percent = m.abstractInt({0, 100}, "a sensor");
  auto number = [&](Value value) { return m.heap().get<AbstractObject>(value)->number; };
  EXPECT_EQ(number(m.calculate(percent, Add, Value::integer(5))), (Interval{5, 105}));
  EXPECT_EQ(number(m.calculate(percent, Modulo, Value::integer(7))), (Interval{0, 6}));
  EXPECT_EQ(m.calculate(percent, Multiply, Value::integer(0)), Value::integer(0));
  EXPECT_EQ(*compareNumber(m, CompareOperator::Less, percent, Value::integer(101)),
            Value::boolean(true));
  EXPECT_EQ(*compareNumber(m, CompareOperator::Equal, percent, Value::integer(101)),
            Value::boolean(false));
  EXPECT_TRUE(m.isAbstract(*compareNumber(m, CompareOperator::Less, percent, Value::integer(50))));
  EXPECT_EQ(m.requests(), "");
  // A float for sure; and an int that may leave the word.
  m.calculate(percent, Divide, Value::integer(2));
  EXPECT_EQ(m.requests(), "8");
  m.calculate(percent, ShiftLeft, Value::integer(30));
  EXPECT_EQ(m.requests(), "0..16 0..8");
}

TEST(Numbers, OperatorsOfALargeIntNeedAnObjectThoughTheOtherIsNotKnown) {
  BareMachine m;
  Value large = m.integer(llvm::APInt(72, "CBF29CE484222325", 16));
  Value pin = m.abstractInt({0, 1}, "");
  m.requests();
  Value mixed = m.calculate(large, Xor, pin);
  EXPECT_EQ(m.requests(), "0..16 0..10");
  Value product = m.calculate(mixed, Multiply, Value::integer(435));
  EXPECT_EQ(m.requests(), "0..16 0..14");
  Value low = m.calculate(product, And, Value::integer(255));
  EXPECT_EQ(m.requests(), "0..16 0..16");
  m.calculate(low, Add, Value::integer(1));
  EXPECT_EQ(m.requests(), "");
}

/// The numbers are those of the interpreters of 1.25 and 1.28.
TEST(Numbers, SeededRandomNumbersAreKnown) {
  BareMachine m("micropython-1.28-unix-64");
  Value unknown = m.call("random.getrandbits", {Value::integer(4)});
  EXPECT_EQ(m.heap().get<AbstractObject>(unknown)->number, (Interval{0, 15}));
  Value die = m.call("random.randint", {Value::integer(1), Value::integer(6)});
  EXPECT_EQ(m.heap().get<AbstractObject>(die)->number, (Interval{1, 6}));
  m.call("random.seed", {Value::integer(42)});
  for (int64_t drawn : {2003356LL, 1421623288LL, 2196272623LL})
    EXPECT_EQ(m.call("random.getrandbits", {Value::integer(32)}), Value::integer(drawn));
  for (int64_t drawn : {5, 3, 6, 6, 3})
    EXPECT_EQ(m.call("random.randint", {Value::integer(1), Value::integer(6)}),
              Value::integer(drawn));
  EXPECT_EQ(m.call("random.randrange", {Value::integer(0), Value::integer(100), Value::integer(7)}),
            Value::integer(56));
  Value tens =
      m.list({Value::integer(10), Value::integer(20), Value::integer(30), Value::integer(40)});
  EXPECT_EQ(m.call("random.choice", {tens}), Value::integer(20));
  EXPECT_EQ(floatText(m.profile(), *floatOf(m, m.call("random.random", {}))), "0.8908476593562351");
  EXPECT_EQ(floatText(m.profile(), *floatOf(m, m.call("random.uniform",
                                                      {Value::integer(1), Value::integer(2)}))),
            "1.8809706186006516");
}

} // namespace
} // namespace fraglint
