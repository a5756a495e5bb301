#include "evaluator/bare_machine.h"
#include "evaluator/objects.h"
#include "evaluator/pattern.h"

#include <gmock/gmock.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

constexpr llvm::StringLiteral kMicroPython = "micropython-1.29";
constexpr llvm::StringLiteral kWordFloats = "micropython-1.29-repr-c";
constexpr llvm::StringLiteral kCircuitPython = "circuitpython-10.3";

/// A text as a literal of the program: it asks for nothing.
Value text(BareMachine &m, llvm::StringRef content) {
  auto &made = m.heap().make<StrObject>();
  made.content = Content::of(content.str());
  return Value::object(made.id);
}

std::string shownOf(BareMachine &m, llvm::StringRef native, llvm::ArrayRef<Value> arguments) {
  return m.shown(m.call(native, arguments));
}

/// What is raised, as it is printed.
std::string message(BareMachine &m) {
  std::optional<Content> printed = m.print(m.raised(), false);
  m.clearRaised();
  return printed ? printed->bytes : "?";
}

// Requests: corpus/heap/rows.json, of the rows that are named.

TEST(ExceptionRequests, AreThoseOfTheRows) {
  BareMachine m(kMicroPython);
  m.raise("ValueError");
  EXPECT_EQ(m.requests(), "16 12") << "raise bare cls";
  raiseWith(m, "ValueError", {text(m, "x")});
  EXPECT_EQ(m.requests(), "16 12 12") << "raise catch";
  m.raise("IndexError", "list index out of range");
  EXPECT_EQ(m.requests(), "16 7 M42 16 12 12") << "IndexError";
  m.raise("ZeroDivisionError", "divide by zero");
  EXPECT_EQ(m.requests(), "16 16 12 12") << "ZeroDiv";
  m.raise("AttributeError", "'int' object has no attribute 'foo'");
  EXPECT_EQ(m.requests(), "16 8 M51 16 12 12") << "AttributeError";
  addTraceback(m, m.raised());
  addTraceback(m, m.raised());
  EXPECT_EQ(m.requests(), "M24 M36") << "exc via 2 frames";
}

TEST(ExceptionRequests, OfCircuitPythonHaveAnObjectMoreAndTheirOwnWords) {
  BareMachine m(kCircuitPython);
  raiseWith(m, "ValueError", {text(m, "x")});
  EXPECT_EQ(m.requests(), "24 12 12 12") << "raise catch";
  m.raise("IndexError", "list index out of range");
  EXPECT_EQ(m.requests(), "16 16 M45 24 12 12 12") << "IndexError";
  EXPECT_EQ(message(m), "index out of range");
  m.raise("ZeroDivisionError", "divide by zero");
  EXPECT_EQ(m.requests(), "16 17 24 12 12 12") << "ZeroDiv";
  EXPECT_EQ(message(m), "division by zero");
}

TEST(ExceptionRequests, AMessageIsUnpackedOnce) {
  BareMachine m(kMicroPython);
  m.raise("ZeroDivisionError", "divide by zero");
  Value raised = m.raised();
  m.clearRaised();
  m.requests();
  EXPECT_EQ(m.print(raised, false)->bytes, "divide by zero");
  EXPECT_EQ(m.requests(), "74");
  EXPECT_EQ(m.print(raised, true)->bytes, "ZeroDivisionError('divide by zero',)");
  EXPECT_EQ(m.requests(), "");
}

// Texts: as the unix port prints them.

TEST(Exceptions, NumbersOfErrorsHaveNames) {
  BareMachine m(kMicroPython);
  raiseWith(m, "OSError", {Value::integer(2)});
  EXPECT_EQ(message(m), "[Errno 2] ENOENT");
  raiseWith(m, "OSError", {Value::integer(999)});
  EXPECT_EQ(message(m), "999");
  raiseWith(m, "OSError", {Value::integer(2), text(m, "x")});
  EXPECT_EQ(message(m), "[Errno 2] ENOENT: x");
}

TEST(Exceptions, HaveTheFirmwaresHierarchy) {
  BareMachine m(kMicroPython);
  auto isA = [&](llvm::StringRef type, llvm::StringRef base) {
    return isSubclass(m, m.nativeType(type).asObject(), m.nativeType(base).asObject());
  };
  EXPECT_TRUE(isA("KeyError", "LookupError"));
  EXPECT_TRUE(isA("KeyError", "Exception"));
  EXPECT_TRUE(isA("NotImplementedError", "RuntimeError"));
  EXPECT_FALSE(isA("SystemExit", "Exception"));
  EXPECT_FALSE(isA("KeyError", "ValueError"));
  EXPECT_FALSE(m.isInstance(Value::boolean(true), m.nativeType("int"))) << "py/objbool.c";
}

TEST(Exceptions, WhatIsNoneIsNotRaised) {
  BareMachine m(kMicroPython);
  m.raise(Value::integer(5));
  EXPECT_EQ(m.typeName(m.raised()), "TypeError");
  EXPECT_EQ(message(m), "exceptions must derive from BaseException");
}

TEST(Json, AsksAsTheRowsDo) {
  BareMachine m(kMicroPython);
  constexpr llvm::StringLiteral kReading =
      R"({"temp": 21.5, "hum": 40, "name": "kitchen", "ok": true})";
  for (llvm::StringRef name : {"name", "kitchen"})
    m.name(name);
  Value document = m.call("json.loads", {text(m, kReading)});
  EXPECT_EQ(m.requests(), "8 16 16 5 8 16 16 4 32 f16 16 3 f8") << "json.loads obj, but two names";
  m.call("json.dumps", {document});
  EXPECT_TRUE(m.raised().isUnbound());
}

TEST(Json, ReadsAndWritesAsMicroPython) {
  BareMachine m(kWordFloats);
  auto read = [&](llvm::StringRef document) {
    Value value = m.call("json.loads", {text(m, document)});
    return value.isUnbound() ? message(m) : m.shown(value);
  };
  EXPECT_EQ(read("[1, -2.5, \"a\\n\\u00e9\", null, true, {}]"),
            "[1, -2.5, 'a\\n\xC3\xA9', None, True, {}]");
  EXPECT_EQ(read("[1 2]"), "[1, 2]") << "commas are blanks";
  EXPECT_EQ(read("{\"a\": [1}}"), "{'a': [1]}") << "brackets need not match";
  EXPECT_EQ(read("[1"), "syntax error in JSON");
  EXPECT_EQ(read("{\"a\":1}x"), "syntax error in JSON");
  EXPECT_EQ(read(""), "syntax error in JSON");
  EXPECT_EQ(shownOf(m, "json.dumps",
                    {m.tuple({Value::none(), Value::boolean(false), text(m, "a\"\x01")})}),
            R"('[null, false, "a\\"\\u0001"]')");
}

TEST(Json, WritesIntoOneTextThatGrows) {
  BareMachine m(kMicroPython);
  Value list = m.list(std::vector<Value>(10, text(m, "0123456789")));
  m.requests();
  m.call("json.dumps", {list});
  // Rule V of heap-facts: 140 characters.
  EXPECT_EQ(m.requests(), "8 M32 M56 M80 M104 M128 M152 s141 16");
}

TEST(Streams, AskAsTheRowsDo) {
  BareMachine m(kMicroPython);
  Value stream = m.call("io.StringIO", {});
  EXPECT_EQ(m.requests(), "16 16 16") << "StringIO";
  for (int i = 0; i < 10; ++i)
    m.call("StringIO.write", {stream, text(m, "0123456789")});
  EXPECT_EQ(m.requests(), "M40 M72 M104") << "StringIO write";
  m.call("StringIO.getvalue", {stream});
  EXPECT_EQ(m.requests(), "16 101") << "StringIO getvalue";
  m.call("io.BytesIO", {Value::integer(100)});
  EXPECT_EQ(m.requests(), "16 16 100") << "BytesIO(100)";
}

TEST(Streams, ReadWhatWasWritten) {
  BareMachine m(kMicroPython);
  Value stream = m.call("io.StringIO", {text(m, "one\ntwo\nlast")});
  EXPECT_EQ(shownOf(m, "StringIO.readline", {stream}), R"('one\n')");
  EXPECT_EQ(shownOf(m, "StringIO.read", {stream, Value::integer(2)}), "'tw'");
  EXPECT_EQ(shownOf(m, "StringIO.tell", {stream}), "6");
  EXPECT_EQ(shownOf(m, "StringIO.read", {stream}), R"('o\nlast')");
  EXPECT_EQ(shownOf(m, "StringIO.readline", {stream}), "''");
  m.call("StringIO.close", {stream});
  m.call("StringIO.read", {stream});
  EXPECT_EQ(message(m), "I/O operation on closed file");
}

TEST(Patterns, AreAsLongAsTheFirmwaresProgram) {
  BareMachine m(kMicroPython);
  Value pattern = m.call("re.compile", {text(m, "([a-z]+)=(\\d+)")});
  EXPECT_EQ(m.requests(), "46") << "re.compile";
  Value match = m.call("re.match", {pattern, text(m, "abc=123")});
  EXPECT_EQ(m.requests(), "36") << "re.match";
  EXPECT_EQ(shownOf(m, "match.group", {match, Value::integer(2)}), "'123'");
  EXPECT_EQ(m.requests(), "16 4") << "m.group";
  m.call("re.sub", {text(m, "a"), text(m, "bb"), text(m, "banana")});
  EXPECT_EQ(m.requests(), "28 1 M24 s10 16") << "re.sub";
}

std::vector<std::string> groupsOf(llvm::StringRef pattern, llvm::StringRef subject) {
  std::vector<std::string> groups;
  std::optional<Pattern> compiled = compilePattern(pattern);
  if (!compiled)
    return {"rejected"};
  PatternMatch match = matchPattern(*compiled, subject, 0, /*isAnchored=*/false);
  if (match.isEndless)
    return {"endless"};
  for (const GroupSpan &group : match.groups)
    groups.push_back(
        group.end == llvm::StringRef::npos ? "-" : subject.slice(group.start, group.end).str());
  return match.isMatch ? groups : std::vector<std::string>();
}

// What the unix port prints for the same.
TEST(Patterns, MatchAsTheFirmwareDoes) {
  EXPECT_THAT(groupsOf("(a|b)*c", "zzababc"), ElementsAre("ababc", "b"));
  EXPECT_THAT(groupsOf("(a)(b)?", "zac"), ElementsAre("a", "a", "-"));
  EXPECT_THAT(groupsOf("a|bc|d", "zbcd"), ElementsAre("bc"));
  EXPECT_THAT(groupsOf(".*?b", "aabab"), ElementsAre("aab"));
  EXPECT_THAT(groupsOf("[^a]+", "xyza"), ElementsAre("xyz"));
  EXPECT_THAT(groupsOf("[\\d.]+", "v1.2v"), ElementsAre("1.2"));
  EXPECT_THAT(groupsOf("(?:ab)+", "zababa"), ElementsAre("abab"));
  EXPECT_THAT(groupsOf("a.c", "a\nc"), ElementsAre("a\nc"));
  EXPECT_THAT(groupsOf("^abc$", "zabc"), ElementsAre());
  EXPECT_THAT(groupsOf("(a*)*b", "aab"), ElementsAre("endless"));
  EXPECT_THAT(groupsOf("(", "x"), ElementsAre("rejected"));
  EXPECT_THAT(groupsOf("*", "x"), ElementsAre("rejected"));
}

TEST(NamedTuples, AskForAWordAField) {
  BareMachine m(kMicroPython);
  Value type =
      m.call("collections.namedtuple", {text(m, "P"), m.tuple({m.name("x"), m.name("y")})});
  EXPECT_TRUE(llvm::StringRef(m.requests()).ends_with("64")) << "namedtuple def";
  Value point = m.call("namedtuple.__call__", {type, Value::integer(1), Value::integer(2)});
  EXPECT_EQ(m.requests(), "16") << "namedtuple inst";
  EXPECT_EQ(m.shown(point), "P(x=1, y=2)");
  EXPECT_EQ(m.loadAttribute(point, "y"), Value::integer(2));
  m.call("namedtuple.__call__", {type, Value::integer(1)});
  EXPECT_EQ(m.typeName(m.raised()), "TypeError");
}

TEST(Libraries, AskAsTheRowsDo) {
  BareMachine m(kCircuitPython);
  auto ask = [&](llvm::StringRef native, llvm::ArrayRef<int64_t> numbers) {
    std::vector<Value> arguments;
    for (int64_t number : numbers)
      arguments.push_back(Value::integer(number));
    m.call(native, arguments);
    return m.requests();
  };
  EXPECT_EQ(ask("displayio.Bitmap", {320, 240, 16}), "36 38400");
  EXPECT_EQ(ask("displayio.Bitmap", {33, 2, 2}), "36 16");
  EXPECT_EQ(ask("displayio.Palette", {256}), "16 4096");
  EXPECT_EQ(ask("displayio.Group", {}), "44 16 16");
  EXPECT_EQ(ask("synthio.Synthesizer", {}), "416 512 512 16 16");
  EXPECT_EQ(ask("audiomixer.Mixer", {2, 2048}), "60 1024 1024 40 40 16");
  EXPECT_EQ(ask("ulab.numpy.zeros", {100}), "8 36 8 400");
}

TEST(Libraries, GroupsKeepTheirMembers) {
  BareMachine m(kCircuitPython);
  Value group = m.call("displayio.Group", {});
  m.requests();
  for (int i = 0; i < 20; ++i)
    m.call("displayio.Group.append", {group, m.nativeType("displayio.Group")});
  EXPECT_EQ(m.requests(), "M32 M64 M128") << "Group append 20";
}

TEST(Libraries, WhatIsNotKnownOfASizeIsABound) {
  BareMachine m(kCircuitPython);
  Value side = m.abstractInt({10, 20}, "read from a pin");
  m.call("displayio.Bitmap", {side, Value::integer(8), Value::integer(256)});
  EXPECT_EQ(m.requests(), "36 96..160");
}

TEST(Libraries, FilesLieWhereTheyAreMounted) {
  BareMachine m(kMicroPython);
  m.call("open", {text(m, "/sd/log.txt")});
  EXPECT_EQ(m.requests(), "16 9 44") << "the path within the card";
  m.call("open", {text(m, "/log/a.txt")});
  EXPECT_EQ(m.requests(), "16 11 44");
}

} // namespace
} // namespace fraglint
