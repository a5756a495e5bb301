#include "measure/heap_probe.h"

#include "device/engine.h"
#include "measure/squeeze.h"
#include "support/processes.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::shared_ptr<const SyntaxTree> parse(llvm::StringRef code) {
  return llvm::cantFail(SyntaxTree::parse(llvm::cantFail(SourceFile::decode("test.py", code))));
}

DeviceAddress addressOf(llvm::StringRef text) { return llvm::cantFail(DeviceAddress::parse(text)); }

class ProbeTest : public testing::Test {
protected:
  ~ProbeTest() override { EXPECT_TRUE(hasNoChild()); }

  /// Why the device cannot be had here; empty where it can.
  static std::string missing(llvm::StringRef device) {
    auto command = engineCommand(addressOf(device), engineRoots());
    return command ? "" : llvm::toString(command.takeError());
  }

  Measurement measure(llvm::StringRef device, llvm::StringRef code,
                      const ProbeOptions &options = {}) {
    DeviceSource source = llvm::cantFail(DeviceSource::at(addressOf(device)));
    return llvm::cantFail(measureProgram(source, *parse(code), options));
  }

  static const StatementMeasurement &at(const Measurement &run, uint32_t line) {
    for (const StatementMeasurement &row : run.statements)
      if (row.line == line)
        return row;
    ADD_FAILURE() << "line " << line << " was not measured";
    static const StatementMeasurement nothing{};
    return nothing;
  }
};

/// What holds on every engine. One that is not there is skipped, and the reason said.
class EachEngine : public ProbeTest, public testing::WithParamInterface<const char *> {
protected:
  void SetUp() override {
    if (std::string why = missing(GetParam()); !why.empty())
      GTEST_SKIP() << why;
  }
  Measurement measure(llvm::StringRef code, const ProbeOptions &options = {}) {
    return ProbeTest::measure(GetParam(), code, options);
  }
};
std::string engineName(const testing::TestParamInfo<const char *> &text) {
  return llvm::StringRef(text.param).split(':').first.str();
}
INSTANTIATE_TEST_SUITE_P(Engine, EachEngine,
                         testing::Values("unix:64k", "unix32:64k", "node:micropython",
                                         "qemu:microbit"),
                         engineName);

/// A list is a header of one block and a run of its items, a word each; a block has four words on
/// every engine here.
uint32_t blocksOfWords(uint32_t words) { return (words + 3) / 4; }

TEST_P(EachEngine, AListIsAHeaderAndItsItems) {
  Measurement run = measure("a = None\nx = 5\na = [x, x, x, x, x, x, x, x, x]\n");
  EXPECT_EQ(ProgramEnd::Completed, run.end);
  EXPECT_THAT(at(run, 3).first.requests, ElementsAre(blocksOfWords(9), 1));
  EXPECT_EQ(int64_t(run.facts.blockBytes) * 4, at(run, 3).first.takenBytes);
}

TEST_P(EachEngine, AGrowingListAsksForTwiceAsMuchWhereItIsFull) {
  Measurement run = measure("a = []\nn = 0\nwhile n < 40:\n    a.append(n)\n    n += 1\n");
  EXPECT_EQ(40u, at(run, 4).executions);
  EXPECT_EQ(41u, at(run, 3).executions); // the head of the loop
  EXPECT_EQ(blocksOfWords(64), at(run, 4).largestRequest);
  EXPECT_THAT(at(run, 4).first.requests, IsEmpty()); // four items have room from the beginning
}

TEST_P(EachEngine, FramesAreNoRequests) {
  // Locals enough for a frame on the heap; the caller asks for one block: the list's header, and
  // one more.
  Measurement run = measure("def f(a):\n"
                            "    b = c = d = e = g = h = i = j = k = l = m = n = a\n"
                            "    return b\n"
                            "x = None\n"
                            "x = [f(1)]\n"
                            "x = f(1)\n");
  EXPECT_THAT(at(run, 5).first.requests, ElementsAre(1, 1));
  EXPECT_THAT(at(run, 6).first.requests, IsEmpty());
}

TEST_P(EachEngine, WhatACalledFunctionAsksForIsItsOwn) {
  Measurement run = measure("def f(n):\n    return bytearray(n)\nx = None\nx = f(256)\n");
  EXPECT_THAT(at(run, 2).first.requests, ElementsAre(256 / run.facts.blockBytes, 1));
  EXPECT_THAT(at(run, 4).first.requests, IsEmpty());
}

TEST_P(EachEngine, AGeneratorsRequestsAreToldFromItsConsumers) {
  Measurement run = measure("def g():\n"
                            "    n = 0\n"
                            "    while n < 9:\n"
                            "        yield bytearray(100)\n"
                            "        n += 1\n"
                            "x = None\n"
                            "x = list(g())\n");
  EXPECT_EQ(9u, at(run, 4).executions);
  EXPECT_EQ((100 + run.facts.blockBytes - 1) / run.facts.blockBytes, at(run, 4).largestRequest);
  EXPECT_EQ(blocksOfWords(16), at(run, 7).largestRequest); // the list's, grown to 16 items
}

TEST_P(EachEngine, FramesThatAnExceptionLeavesAreNoRequests) {
  Measurement run = measure("def f(a, b, c, d, e, g, h, i):\n"
                            "    j = k = a\n"
                            "    raise OSError(5)\n"
                            "n = 0\n"
                            "while n < 3:\n"
                            "    n += 1\n"
                            "    try:\n"
                            "        f(1, 2, 3, 4, 5, 6, 7, 8)\n"
                            "    except OSError:\n"
                            "        n += 0\n");
  EXPECT_THAT(at(run, 8).heaviest.requests, IsEmpty());
  EXPECT_EQ(0, at(run, 8).heaviest.takenBytes);
  EXPECT_GT(at(run, 3).heaviest.takenBytes, 0);
}

TEST_P(EachEngine, WhatFollowsAFinallyIsTheCallers) {
  Measurement run = measure("log = [0, 0, 0, 0]\n"
                            "def safe(text):\n"
                            "    try:\n"
                            "        return text\n"
                            "    finally:\n"
                            "        log[0] = text\n"
                            "x = None\n"
                            "x = (safe(1), [0] * 100)\n");
  EXPECT_THAT(at(run, 6).first.requests, IsEmpty());
  EXPECT_EQ(blocksOfWords(100), at(run, 8).largestRequest);
}

TEST_P(EachEngine, WhatTakesThePlaceOfAFrameIsSeen) {
  // The items of the list, grown to 16, take the room that the frame of pick() had.
  Measurement run = measure("def pick(line):\n"
                            "    words = line.split()\n"
                            "    try:\n"
                            "        return words[0]\n"
                            "    except (KeyError, IndexError) as error:\n"
                            "        return 'error'\n"
                            "found = []\n"
                            "n = 0\n"
                            "while n < 10:\n"
                            "    n += 1\n"
                            "    found.append(pick('a b'))\n");
  EXPECT_EQ(blocksOfWords(16), at(run, 11).largestRequest);
}

TEST_P(EachEngine, AnExceptionIsWhereItWasRaised) {
  Measurement run = measure("def f():\n"
                            "    raise ValueError(1)\n"
                            "e = None\n"
                            "try:\n"
                            "    f()\n"
                            "except ValueError:\n"
                            "    x = 1\n");
  EXPECT_EQ(ProgramEnd::Completed, run.end);
  EXPECT_GE(at(run, 2).largestRequest, 1u);
  EXPECT_THAT(at(run, 5).first.requests, IsEmpty());
  EXPECT_EQ(1u, at(run, 7).executions);
}

TEST_P(EachEngine, TheProgramsOutputIsItsOwn) {
  EXPECT_EQ("one\ntwo three\n", measure("print('one')\n"
                                        "def f():\n"
                                        "    print('two', end=' ')\n"
                                        "    a = [1, 2]\n"
                                        "    print('three')\n"
                                        "f()\n")
                                    .output);
}

TEST_P(EachEngine, TwoRunsSayTheSame) {
  const char *code = "words = []\n"
                     "def f(n):\n"
                     "    d = {}\n"
                     "    for i in range(n):\n"
                     "        d[i] = 'w%d' % i\n"
                     "    return d\n"
                     "for k in range(5):\n"
                     "    words.append(f(k))\n";
  Measurement first = measure(code), second = measure(code);
  ASSERT_EQ(first.statements.size(), second.statements.size());
  for (size_t row = 0; row < first.statements.size(); ++row) {
    EXPECT_EQ(first.statements[row].first, second.statements[row].first) << row;
    EXPECT_EQ(first.statements[row].heaviest, second.statements[row].heaviest) << row;
    EXPECT_EQ(first.statements[row].retainedBytes, second.statements[row].retainedBytes) << row;
  }
}

TEST_P(EachEngine, AnUncaughtExceptionIsNamedWithItsLine) {
  Measurement run = measure("a = 1\ndef f():\n    return [][a]\nf()\nb = 2\n");
  EXPECT_EQ(ProgramEnd::Raised, run.end);
  EXPECT_THAT(run.endText, StartsWith("IndexError"));
  EXPECT_EQ(3u, run.endLine);
  EXPECT_EQ(NotMeasured::CutOff, at(run, 3).notMeasured);
  EXPECT_EQ(4u, run.statements.back().line); // what was not reached is not there
}

TEST_P(EachEngine, TheProbeItselfAsksForNothing) {
  Measurement run = measure("x = 1\n");
  EXPECT_EQ(0u, run.facts.cost.bytes);
  EXPECT_THAT(run.facts.cost.requests, IsEmpty());
}

TEST_P(EachEngine, ASessionReplaysWithoutIt) {
  TempFolder folder;
  auto program = parse("a = []\nfor i in range(9):\n    a.append(i)\nprint(len(a))\n");
  DeviceSource live = llvm::cantFail(DeviceSource::at(addressOf(GetParam())));
  ASSERT_FALSE(bool(live.recordTo(folder.path("session"))));
  Measurement measured = llvm::cantFail(measureProgram(live, *program, {}));
  DeviceSource replay = llvm::cantFail(DeviceSource::replaying(folder.path("session")));
  Measurement again = llvm::cantFail(measureProgram(replay, *program, {}));
  EXPECT_EQ("9\n", again.output);
  ASSERT_EQ(measured.statements.size(), again.statements.size());
  for (size_t row = 0; row < again.statements.size(); ++row)
    EXPECT_EQ(measured.statements[row].heaviest, again.statements[row].heaviest) << row;
}

// A program is compiled at once: that takes its private constants away and folds all of them
// everywhere, but on the micro:bit, which does without (MICROPY_COMP_CONST).

class EachFoldingEngine : public EachEngine {};
INSTANTIATE_TEST_SUITE_P(Engine, EachFoldingEngine,
                         testing::Values("unix:64k", "unix32:64k", "node:micropython"), engineName);

TEST_P(EachFoldingEngine, APrivateConstantIsNoNameOfTheModule) {
  std::string code;
  for (char letter = 'A'; letter <= 'Z'; ++letter)
    code += ("_" + llvm::Twine(letter) + " = const(" + llvm::Twine(letter - 'A') + ")\n").str();
  Measurement run = measure(code + "class Store:\n"
                                   "    _CELL = const(_Z + 2)\n"
                                   "    def check(self, value):\n"
                                   "        return value == _B\n"
                                   "print(Store().check(1), _CELL, hasattr(Store, '_CELL'))\n"
                                   "print('_A' in globals(), '_Z' in globals())\n");
  EXPECT_EQ(ProgramEnd::Completed, run.end) << run.endText;
  EXPECT_EQ("True 27 False\nFalse False\n", run.output);
  for (uint32_t line = 1; line <= 26; ++line)
    EXPECT_THAT(at(run, line).first.requests, IsEmpty()) << line;
  EXPECT_THAT(at(run, 30).first.requests, IsEmpty());
}

TEST_P(EachFoldingEngine, OtherConstantsAreNamesOfTheModuleToo) {
  Measurement run = measure("LIMIT = const(5)\n"
                            "def scaled(LIMIT):\n"
                            "    return LIMIT * 2\n"
                            "print('LIMIT' in globals(), scaled(1))\n");
  EXPECT_EQ(ProgramEnd::Completed, run.end) << run.endText;
  EXPECT_EQ("True 10\n", run.output); // the parameter is not asked
}

TEST_P(EachEngine, AnAttributeThatIsCalledConstDeclaresNone) {
  Measurement run = measure("import micropython\n"
                            "_A = micropython.const(5)\n"
                            "def f():\n"
                            "    return _A\n"
                            "print('_A' in globals(), f())\n");
  EXPECT_EQ("True 5\n", run.output);
}

TEST_P(EachFoldingEngine, AConstantIsNotAssignedTwice) {
  Measurement run = measure("LIMIT = const(5)\nx = 1\nLIMIT = 6\n");
  EXPECT_EQ(ProgramEnd::Raised, run.end);
  EXPECT_THAT(run.endText, StartsWith("SyntaxError"));
  EXPECT_EQ(3u, run.endLine);
}

class MicrobitProbe : public ProbeTest {
protected:
  void SetUp() override {
    if (std::string why = missing("qemu:microbit"); !why.empty())
      GTEST_SKIP() << why;
  }
};

TEST_F(MicrobitProbe, ConstantsThatAreNotTakenAwayAreNamesOfTheModule) {
  Measurement run = measure("qemu:microbit", "from micropython import const\n"
                                             "_A = const(1)\n"
                                             "_B = const(_A + 1)\n"
                                             "def f():\n"
                                             "    return _B\n"
                                             "print('_A' in globals(), f())\n"
                                             "_A = 5\n"
                                             "print(_A)\n");
  EXPECT_EQ(ProgramEnd::Completed, run.end) << run.endText;
  EXPECT_EQ("True 2\n5\n", run.output);
}

// What one engine shows as well as any.

class UnixProbe : public ProbeTest {
protected:
  void SetUp() override {
    if (std::string why = missing("unix:64k"); !why.empty())
      GTEST_SKIP() << why;
  }
};

TEST_F(UnixProbe, AStatementThatDoesNotFitUncollectedIsSaidAndNotGuessed) {
  Measurement run =
      measure("unix:24k", "def f():\n"
                          "    return sum([len(bytearray(1000)) for i in range(30)])\n"
                          "x = 0\n"
                          "x = f()\n"
                          "y = [x]\n");
  EXPECT_EQ(ProgramEnd::Completed, run.end);
  EXPECT_EQ(NotMeasured::HeapTooSmall, at(run, 2).notMeasured);
  EXPECT_EQ(1u, at(run, 2).executions);
  EXPECT_GE(at(run, 5).largestRequest, 1u);
}

TEST_F(UnixProbe, AProgramThatDoesNotFitEndsAsItWould) {
  Measurement run = measure("unix:16k", "a = 1\nb = [0] * 10000\n");
  EXPECT_EQ(ProgramEnd::Raised, run.end);
  EXPECT_EQ("MemoryError: memory allocation failed, allocating 80000 bytes", run.endText);
  EXPECT_EQ(2u, run.endLine);
  EXPECT_EQ(1u, at(run, 1).executions);
}

TEST_F(UnixProbe, TheHarnessDoesNotFitIntoATinyHeap) {
  DeviceSource source = llvm::cantFail(DeviceSource::at(addressOf("unix:4k")));
  llvm::Expected<Measurement> run = measureProgram(source, *parse("a = 1\n"), {});
  ASSERT_FALSE(bool(run));
  EXPECT_THAT(llvm::toString(run.takeError()),
              AllOf(HasSubstr("failed on the device"), HasSubstr("MemoryError")));
}

TEST_F(UnixProbe, AnEndlessProgramIsStoppedAndItsRowsAreKept) {
  ProbeOptions options;
  options.timeout = Milliseconds(300);
  Measurement run = measure("unix:64k", "a = [1, 2, 3]\nwhile True:\n    a[0] = 2\n", options);
  EXPECT_EQ(ProgramEnd::TimedOut, run.end);
  EXPECT_EQ("the program did not end in 0.3 s and was stopped", run.endText);
  EXPECT_GE(at(run, 1).largestRequest, 1u);
  EXPECT_GE(at(run, 3).executions, 1u);
}

TEST_F(UnixProbe, AnEngineThatDiesIsNamedAndItsRowsAreKept) {
  Measurement run = measure("unix:64k", "a = [1, 2, 3]\nimport os\n"
                                        "b = [1]\n"
                                        "os.system('kill -9 $PPID')\n");
  EXPECT_EQ(ProgramEnd::DeviceFailed, run.end);
  EXPECT_THAT(run.endText, HasSubstr("was killed by signal 9"));
  EXPECT_GE(at(run, 1).largestRequest, 1u);
  EXPECT_EQ(4u, run.endLine);
}

TEST_F(UnixProbe, AProgramThatWritesTheProbesMarkIsTold) {
  Measurement run = measure("unix:64k", "a = 1\nprint('\\x1e what')\n");
  EXPECT_EQ(ProgramEnd::DeviceFailed, run.end);
  EXPECT_THAT(run.endText, HasSubstr("0x1e"));
  EXPECT_EQ(1u, at(run, 1).executions);
}

TEST_F(UnixProbe, LiveBytesAreThoseThatTheProgramKeeps) {
  Measurement run = measure("unix:64k", "a = bytearray(3200)\nb = 1\na = None\n");
  ASSERT_EQ(3u, run.live.size());
  EXPECT_GE(run.live[0].bytes, 3200);
  EXPECT_LE(run.live[0].bytes, 3200 + 4 * 32);
  EXPECT_LE(run.live[2].bytes, 4 * 32);
}

TEST_F(UnixProbe, ProgramsReadStandInsAndRecordedInput) {
  TempFolder folder;
  folder.write("sensor.py", "from recorded import read\n"
                            "class Sensor:\n"
                            "    @property\n"
                            "    def light(self):\n"
                            "        return read('light')\n");
  auto program = parse("from sensor import Sensor\n"
                       "s = Sensor()\n"
                       "seen = []\n"
                       "while True:\n"
                       "    v = s.light\n"
                       "    seen.append(v)\n"
                       "    print(v)\n");
  ProbeOptions options;
  options.modules = llvm::cantFail(recordedInputs("[{\"light\": [3, 4.0, \"x\"]}]"));
  llvm::append_range(options.modules, llvm::cantFail(findModules(*program, {folder.path()})));
  DeviceSource source = llvm::cantFail(DeviceSource::at(addressOf("unix:64k")));
  Measurement run = llvm::cantFail(measureProgram(source, *program, options));
  EXPECT_EQ(ProgramEnd::InputEnded, run.end);
  EXPECT_EQ("3\n4.0\nx\n", run.output);
  EXPECT_EQ(5u, run.endLine);
  EXPECT_EQ(3u, at(run, 5).executions); // the fourth was cut off
  EXPECT_THAT(at(run, 5).heaviest.requests, IsEmpty());
  EXPECT_EQ(4u, run.live.back().pass);
}

TEST_F(UnixProbe, WhatIsMadeOfConstantsIsFolded) {
  Measurement run = measure("unix:64k", "WIDTH = const(64)\n"
                                        "_RATE = const(2.5)\n"
                                        "_MASK = const(0xffffffffffffffff)\n"
                                        "x = y = z = None\n"
                                        "x = (WIDTH, WIDTH)\n"
                                        "y = _RATE * 2\n"
                                        "z = _MASK - 2\n"
                                        "print(x, y, z)\n");
  EXPECT_EQ("(64, 64) 5.0 18446744073709551613\n", run.output);
  for (uint32_t line = 5; line <= 7; ++line)
    EXPECT_THAT(at(run, line).first.requests, IsEmpty()) << line;
}

TEST_F(UnixProbe, ModulesAreCompiledAtOnce) {
  TempFolder folder;
  folder.write("store.py", "from micropython import const\n"
                           "_MAGIC = const(165)\n"
                           "LIMIT = const(3)\n"
                           "def check(value):\n"
                           "    return value == _MAGIC\n");
  auto program = parse("import store\n"
                       "_MAGIC = const(7)\n"
                       "print(store.check(165), store.LIMIT, hasattr(store, '_MAGIC'), _MAGIC)\n");
  ProbeOptions options;
  options.modules = llvm::cantFail(findModules(*program, {folder.path()}));
  DeviceSource source = llvm::cantFail(DeviceSource::at(addressOf("unix:64k")));
  Measurement run = llvm::cantFail(measureProgram(source, *program, options));
  EXPECT_EQ("True 3 False 7\n", run.output);
}

TEST_F(UnixProbe, WhereThereIsNoMapThereAreBytes) {
  ProbeOptions options;
  options.withoutMap = true;
  Measurement run = measure("unix:64k", "x = 5\na = None\na = [x, x, x, x]\n", options);
  EXPECT_FALSE(run.facts.drawsMaps);
  EXPECT_EQ(64, at(run, 3).first.takenBytes);
  EXPECT_THAT(at(run, 3).first.requests, IsEmpty());
}

TEST_F(UnixProbe, ASqueezedHeapNamesTheLargestRequest) {
  DeviceSource source = llvm::cantFail(DeviceSource::at(addressOf("unix:64k")));
  auto program = parse("a = []\n"
                       "for i in range(40):\n"
                       "    a.append(i)\n"
                       "b = bytearray(500)\n"
                       "c = 3\n"
                       "_SIZE = const(700)\n"
                       "d = bytearray(_SIZE)\n");
  auto rows = llvm::cantFail(squeezeProgram(source, *program, {}));
  ASSERT_EQ(6u, rows.size());
  EXPECT_EQ(700u, rows[5].loBytes);
  EXPECT_EQ(512u, rows[1].loBytes); // 64 items, though the list ends with 40
  EXPECT_EQ(512u, rows[1].hiBytes);
  EXPECT_EQ(500u, rows[2].loBytes);
  EXPECT_EQ(512u, rows[2].hiBytes); // in whole blocks
  EXPECT_EQ(0u, rows[3].loBytes);
  EXPECT_EQ(128u, rows[3].hiBytes);
}

} // namespace
} // namespace fraglint
