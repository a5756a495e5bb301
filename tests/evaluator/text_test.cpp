#include "evaluator/text_machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using enum BinaryOperator;

/// What a native gives, and what it asks for.
std::string outcome(TextMachine &m, std::optional<Value> value) {
  return m.textOr(value) + " | " + m.log();
}

std::string x(size_t count) { return std::string(count, 'x'); }

// The requests are those of corpus/heap/rows.json, micropython-unix-32, unless something else is
// said.

TEST(Text, SumsAskForTheDataFirst) {
  TextMachine m;
  EXPECT_EQ(outcome(m, m.operation(Add, m.text("hello"), m.text("abcde"))), "helloabcde | 11 16");
  EXPECT_EQ(outcome(m, m.operation(Add, m.text("app"), m.text("end"))), "append | 7 f7");
  EXPECT_EQ(outcome(m, m.operation(Add, m.str(x(50)), m.text("yy"))), x(50) + "yy | 53 16");
  EXPECT_EQ(outcome(m, m.operation(Add, m.text(""), m.text("yy"))), "yy | ");
  EXPECT_EQ(outcome(m, m.operation(Add, m.bytes(x(100)), m.bytes("abc"))), x(100) + "abc | 104 16");
}

TEST(Text, ProductsOfCircuitPythonAreCopied) {
  TextMachine m;
  TextMachine circuit("circuitpython-10.3");
  std::string made = "abababababababababababababababababababab";
  EXPECT_EQ(outcome(m, m.operation(Multiply, m.text("ab"), Value::integer(20))), made + " | 41 16");
  EXPECT_EQ(outcome(circuit, circuit.operation(Multiply, circuit.text("ab"), Value::integer(20))),
            made + " | 41 16 41");
  EXPECT_EQ(outcome(m, m.operation(Multiply, m.text("ab"), Value::integer(0))), " | ");
  EXPECT_EQ(outcome(m, m.operation(Multiply, Value::integer(2), m.text("ab"))), "abab | 5 16");
}

TEST(Text, SlicesAreCopies) {
  TextMachine m;
  Value long50 = m.str(x(50));
  auto slice = [&](Value base, int start, int stop) {
    return outcome(m, m.item(base, m.slice(Value::integer(start), Value::integer(stop))));
  };
  EXPECT_EQ(slice(long50, 5, 25), x(20) + " | 16 21");
  EXPECT_EQ(slice(long50, 5, 5), " | ");
  EXPECT_EQ(slice(m.text("qrs"), 1, 2), "r | ");
  EXPECT_EQ(slice(m.bytes(x(100)), 10, 60), x(50) + " | 16 51");
  EXPECT_EQ(outcome(m, m.item(long50, m.slice(Value::none(), Value::none()))), x(50) + " | 16 51");
  EXPECT_EQ(slice(m.str("naïve text, über"), -4, -1), "übe | 16 5");
  EXPECT_EQ(slice(m.str("naïve text, über"), 2, 100), "ïve text, über | 16 17");
}

TEST(Text, CharactersAreNamesForEver) {
  TextMachine m;
  Value text = m.str("\x7f~!");
  EXPECT_EQ(outcome(m, m.item(text, Value::integer(0))), "\x7f | ");
  EXPECT_EQ(m.item(text, Value::integer(0)), m.item(text, Value::integer(-3)));
  EXPECT_EQ(m.item(m.bytes("A"), Value::integer(0)), Value::integer(65));
}

TEST(Text, LengthsOfUnknownOnesAreKept) {
  TextMachine m;
  Value unknown = m.unknownText({13, 30});
  m.operation(Add, unknown, m.text("abc"));
  EXPECT_EQ(m.log(), "17..34 16");
  m.item(unknown, m.slice(Value::integer(1), Value::none()));
  EXPECT_EQ(m.log(), "16 13..30");
  m.item(unknown, m.slice(Value::none(), Value::integer(14)));
  EXPECT_EQ(m.log(), "16 14..15");
  m.item(unknown, m.slice(Value::integer(-12), Value::none()));
  EXPECT_EQ(m.log(), "16 13");
  m.native("str.upper", unknown);
  EXPECT_EQ(m.log(), "14..31 16");
}

TEST(Text, ShortUnknownOnesMayBeNames) {
  TextMachine m;
  Value unknown = m.unknownText({3, 20});
  // The buffer is given back then, or never asked for.
  m.operation(Add, unknown, m.text("abc"));
  EXPECT_EQ(m.log(), "7..24 0..24 f7..24 0..16");
  m.item(unknown, m.slice(Value::integer(1), Value::none()));
  EXPECT_EQ(m.log(), "0..16 0..20");
}

TEST(TextMethods, ChangeOnlyWhatChanges) {
  TextMachine m;
  Value text = m.str("hello world x");
  EXPECT_EQ(outcome(m, m.native("str.upper", text)), "HELLO WORLD X | 14 16");
  EXPECT_EQ(outcome(m, m.native("str.lower", text)), "hello world x | 14 16");
  EXPECT_EQ(outcome(m, m.native("str.strip", text)), "hello world x | ");
  EXPECT_EQ(outcome(m, m.native("str.strip", m.str("  hello world xy  "))),
            "hello world xy | 16 15");
  EXPECT_EQ(outcome(m, m.native("str.rstrip", m.str("  hello world xy  "))),
            "  hello world xy | 16 17");
  EXPECT_EQ(outcome(m, m.native("str.lstrip", {m.str("00012345678901"), m.text("0")})),
            "12345678901 | 16 12");
  Value other = m.str("hello world xy");
  EXPECT_EQ(outcome(m, m.native("str.replace", {other, m.text("o"), m.text("00")})),
            "hell00 w00rld xy | 17 16");
  EXPECT_EQ(outcome(m, m.native("str.replace", {other, m.text("zz"), m.text("00")})),
            "hello world xy | ");
  EXPECT_EQ(outcome(m, m.native("str.center", {m.text("5abc"), Value::integer(20)})),
            "        5abc         | 21 16");
}

TEST(TextMethods, FindAsTheFirmware) {
  TextMachine m;
  Value text = m.str("hello wörld xy");
  EXPECT_EQ(m.native("str.find", {text, m.text("xy")}), Value::integer(12));
  EXPECT_EQ(m.native("str.rfind", {text, m.text("l")}), Value::integer(9));
  EXPECT_EQ(m.native("str.find", {text, m.text("l"), Value::integer(4), Value::integer(8)}),
            Value::integer(-1));
  EXPECT_EQ(m.native("str.count", {text, m.text("l")}), Value::integer(3));
  EXPECT_EQ(m.native("str.startswith", {text, m.text("hello")}), Value::boolean(true));
  EXPECT_EQ(m.native("str.endswith", {text, m.text("hello")}), Value::boolean(false));
  EXPECT_EQ(m.native("str.isdigit", m.text("123")), Value::boolean(true));
  EXPECT_EQ(m.native("str.isupper", m.text("A1")), Value::boolean(true));
  EXPECT_EQ(m.native("str.isalpha", m.text("A1")), Value::boolean(false));
  EXPECT_EQ(m.native("bytes.find", {m.bytes("a,b"), m.bytes(",")}), Value::integer(1));
}

TEST(TextMethods, SplitsHeaderFirst) {
  TextMachine m;
  m.native("str.split", {m.str("1,22,333,4444,55555"), m.text(",")});
  EXPECT_EQ(m.log(), "16 16 16 2 16 3 16 4 16 5 16 6 >32");
  m.native("str.split", m.str("aa1 bb2 cc3"));
  EXPECT_EQ(m.log(), "16 16 16 4 16 4 16 4");
  m.native("str.splitlines", m.str("aa1\nbb2\r\ncc3"));
  EXPECT_EQ(m.log(), "16 16 16 4 16 4 16 4");
  m.native("str.partition", {m.str("key1=value1"), m.text("=")});
  EXPECT_EQ(m.log(), "16 5 16 7 20");
  m.native("str.rsplit", {m.text("a1.b1.c1"), m.text("."), Value::integer(1)});
  EXPECT_EQ(m.log(), "16 16 16 3 16 6");
}

TEST(TextMethods, JoinAsksOnce) {
  TextMachine m;
  Value list = m.list({m.text("ab"), m.text("cde"), m.text("fghi")});
  EXPECT_EQ(outcome(m, m.native("str.join", {m.text(","), list})), "ab,cde,fghi | 12 16");
  Value tuple = m.tuple({m.bytes("ab"), m.bytes("cde")});
  EXPECT_EQ(outcome(m, m.native("bytes.join", {m.bytes(""), tuple})), "abcde | 6 16");
}

TEST(TextTypes, DecodingSharesTheData) {
  TextMachine m;
  Value text = m.str("hello world xy");
  Value data = m.bytes("hello world xy");
  EXPECT_EQ(outcome(m, m.native("str.encode", text)), "hello world xy | 16");
  EXPECT_EQ(outcome(m, m.native("bytes", {text, m.text("utf-8")})), "hello world xy | 16");
  EXPECT_EQ(outcome(m, m.native("bytes.decode", data)), "hello world xy | 16");
  EXPECT_EQ(outcome(m, m.native("str", {data, m.text("utf-8")})), "hello world xy | 16");
  EXPECT_EQ(outcome(m, m.native("bytes",
                                m.list({Value::integer(1), Value::integer(2), Value::integer(3)}))),
            "\x01\x02\x03 | 3 16");
  EXPECT_EQ(outcome(m, m.native("bytes", Value::integer(3))), std::string(3, '\0') + " | 4 16");
}

TEST(TextTypes, TextsOfNumbersShrinkToTheirSize) {
  TextMachine m;
  EXPECT_EQ(outcome(m, m.native("str", Value::integer(1234))), "1234 | 16 16");
  EXPECT_EQ(outcome(m, m.native("str", Value::real(12.5))), "12.5 | 16 16");
  EXPECT_EQ(outcome(m, m.native("repr", m.text("hello1"))), "'hello1' | 16 16");
  EXPECT_EQ(outcome(m, m.native("hex", Value::integer(1234))), "0x4d2 | 16 16");
  EXPECT_EQ(outcome(m, m.native("chr", Value::integer(233))), "é | ");
  EXPECT_EQ(m.native("ord", m.text("é")), Value::integer(233));
  // py/objint.c: 35 bytes and the prefix for the digits, more than what lies on the stack.
  EXPECT_EQ(outcome(m, m.native("bin", Value::integer(5))), "0b101 | 16 16 f16 37 f37 16");
  Value list = m.list({Value::integer(1), Value::integer(2), Value::integer(3), Value::integer(4)});
  EXPECT_EQ(outcome(m, m.native("str", list)), "[1, 2, 3, 4] | 16 16");
}

TEST(TextFormat, FieldsAreTextsOfTheirOwn) {
  TextMachine m;
  auto format = [&](llvm::StringRef text, llvm::ArrayRef<Value> arguments) {
    llvm::SmallVector<Value, 4> all{m.text(text)};
    all.append(arguments.begin(), arguments.end());
    return outcome(m, m.native("str.format", all));
  };
  Value n = Value::integer(1234);
  EXPECT_EQ(format("v={}", n), "v=1234 | 16 16 16 16");
  EXPECT_EQ(format("v={:.2f}", Value::real(12.5)), "v=12.50 | 16 16 f16 16");
  EXPECT_EQ(format("v={} c={:.1f}", {n, Value::real(5.5)}), "v=1234 c=5.5 | 16 16 16 16 f16 16");
  EXPECT_EQ(format("v={} c={} and {} again more text here", {n, Value::real(5.5), n}),
            "v=1234 c=5.5 and 1234 again more text here | 16 16 16 16 16 >40 16 16 >64 s43 16");
  Value long60 = m.str(x(60));
  EXPECT_EQ(format("v={}", long60), "v=" + x(60) + " | 16 16 >80 s61 16 >80 s63 16");
  EXPECT_EQ(format("[{0}][{0}]", m.str(x(100))),
            "[" + x(100) + "][" + x(100) +
                "] | 16 16 >120 s101 16 >120 16 >120 s101 16 >224 s205 16");
  EXPECT_EQ(format("{:03d}", Value::integer(5)), "005 | 16 16 f16 16");
}

TEST(TextFormat, ShowsNumbersAsTheFirmware) {
  TextMachine m("micropython-1.25-unix-32");
  auto format = [&](llvm::StringRef text, llvm::ArrayRef<Value> arguments) {
    llvm::SmallVector<Value, 4> all{m.str(text)};
    all.append(arguments.begin(), arguments.end());
    return m.textOr(m.native("str.format", all));
  };
  // As MicroPython 1.25 prints them.
  Value five = Value::integer(5);
  EXPECT_EQ(format("{:b} {:#x} {:,}", {five, Value::integer(255), Value::integer(1234567)}),
            "101 0xff 1,234,567");
  EXPECT_EQ(format("{:08.3f} {:>5} {:^7}|", {Value::real(3.14159), m.text("a"), m.text("b")}),
            "0003.142     a    b   |");
  EXPECT_EQ(format("{:+d} {:e} {:%}", {Value::integer(7), Value::real(1234.5), Value::real(.25)}),
            "+7 1.234500e+03 25.000000%");
  EXPECT_EQ(
      format("{:.1f} {:g} {:.3g}", {Value::real(.25), Value::real(1e10), Value::real(123456.0)}),
      "0.3 1e+10 1.23e+05");
  EXPECT_EQ(format("{:{}}|{!r}", {five, Value::integer(3), m.text("a'b")}), "  5|\"a'b\"");
}

TEST(TextModulo, NeedsNoCopies) {
  TextMachine m;
  auto modulo = [&](llvm::StringRef text, Value right) {
    return outcome(m, m.operation(Modulo, m.text(text), right));
  };
  EXPECT_EQ(modulo("v=%d", Value::integer(1234)), "v=1234 | 16 16");
  Value tuple = m.tuple({Value::integer(1234), Value::real(5.5)});
  EXPECT_EQ(modulo("v=%d %f", tuple), "v=1234 5.500000 | 16 16");
  EXPECT_EQ(modulo("v=%s", m.str(x(60))), "v=" + x(60) + " | 16 16 >80 >80 f80 s63 16");
  EXPECT_EQ(modulo("%.2f", Value::real(3.14)), "3.14 | 16 16");
  EXPECT_EQ(modulo("%5s", m.text("5")), "    5 | 16 16 f16 16");
  Value row = m.tuple({Value::real(2.25), Value::integer(3), Value::integer(-4),
                       Value::integer(255), Value::integer(65)});
  EXPECT_EQ(m.textOr(m.operation(Modulo, m.str("%5.1f|%-5d|%05d|%#x|%c"), row)),
            "  2.3|3    |-0004|0xff|A");
}

TEST(TextFormat, KnowsHowLongUnknownNumbersGet) {
  TextMachine m;
  Value percent = m.abstractInt({0, 100}, "a test");
  m.native("str.format", {m.text("{}%"), percent});
  EXPECT_EQ(m.log(), "16 16 0..4 f16 0..16 0..5 f16 0..16"); // both may be names
  m.operation(Modulo, m.text("%4d"), percent);
  EXPECT_EQ(m.log(), "16 0..5 f16 0..16");
}

TEST(TextPrint, ShowsValuesAsTheFirmware) {
  TextMachine m;
  auto shown = [&](Value value, bool isRepr = true) {
    std::optional<Content> content = m.print(value, isRepr);
    return content && content->isKnown ? content->bytes : "?";
  };
  EXPECT_EQ(shown(Value::none()), "None");
  EXPECT_EQ(shown(Value::boolean(true)), "True");
  EXPECT_EQ(shown(m.tuple(Value::integer(1))), "(1,)");
  EXPECT_EQ(shown(m.text("a\x01\n'")), "\"a\\x01\\n'\"");
  EXPECT_EQ(shown(m.text("é")), "'é'");
  EXPECT_EQ(shown(m.bytes("a\xff")), "b'a\\xff'");
  EXPECT_EQ(shown(m.list({m.text("a"), Value::none()}), false), "['a', None]");
}

TEST(TextNames, AreThoseOfTheFirmwareAndTheProgram) {
  TextMachine m;
  EXPECT_TRUE(m.isName("append"));
  EXPECT_TRUE(m.isName(""));
  EXPECT_FALSE(m.isName("fragment"));
  Value name = m.name("fragment");
  EXPECT_TRUE(m.isName("fragment"));
  EXPECT_EQ(m.str("fragment"), name);
  EXPECT_EQ(m.log(), "");
  TextMachine circuit("circuitpython-10.3");
  EXPECT_TRUE(circuit.isName("displayio"));
  EXPECT_FALSE(m.isName("displayio"));
  // corpus/heap/rows.json, namedtuple str: of "x y z" only the last is no name there.
  EXPECT_TRUE(circuit.isName("x"));
  EXPECT_FALSE(circuit.isName("z"));
  EXPECT_FALSE(m.isName("x"));
}

} // namespace
} // namespace fraglint
