#include "evaluated.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string printedBy(llvm::StringRef code) { return Evaluated(code).evaluation.printed; }

// Requests as corpus/heap/rows.json and py/obj*.c have them.

TEST(Evaluation, AListThatIsAppendedToAsksForTwiceItsRoom) {
  Evaluated program("rows = [0] * 100\nrows.append(1)\n");
  EXPECT_THAT(program.requestsOf(2), testing::ElementsAre(800));
  EXPECT_EQ(program.evaluation.run.figure.bytes, Interval::exactly(800));
  EXPECT_EQ(program.lineOf(program.evaluation.run.site), 2U);
  EXPECT_TRUE(program.evaluation.isExact);
}

TEST(Evaluation, TheDictionaryOfTheModuleGrowsWhereANameIsNew) {
  // Two names are there; the third needs four slots, the fifth six.
  Evaluated program("a = 1\nb = 2\nc = 3\nd = 4\n");
  EXPECT_THAT(program.requestsOf(1), testing::ElementsAre(32));
  EXPECT_THAT(program.requestsOf(2), testing::IsEmpty());
  EXPECT_THAT(program.requestsOf(3), testing::ElementsAre(48));
}

TEST(Evaluation, FramesAreSoftAndBelongToTheCall) {
  Evaluated program("def f(a, b, c, d, e, g, h, i, j, k, l):\n"
                    "    return a\n"
                    "f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)\n");
  auto isFrame = [&](const HeapEvent &event) {
    return !event.isHard && event.kind == EventKind::Request && program.lineOf(event.site) == 3;
  };
  auto frame = llvm::find_if(program.evaluation.log.events, isFrame);
  ASSERT_NE(frame, program.evaluation.log.events.end());
  EXPECT_EQ(frame->bytes, Interval::exactly(20 + 4 * 12)); // eleven locals and one place
  // CircuitPython keeps them elsewhere.
  Evaluated other(program.module->tree().file().text(), "circuitpython/unix-32");
  EXPECT_TRUE(llvm::none_of(other.evaluation.log.events,
                            [](const HeapEvent &event) { return !event.isHard; }));
}

TEST(Evaluation, PrintsWhatTheProgramPrints) {
  EXPECT_EQ(printedBy("print(1, 'a', [2.5, None], {'k': (1,)}, sep='-')\n"),
            "1-a-[2.5, None]-{'k': (1,)}\n");
  EXPECT_EQ(printedBy("def g():\n"
                      "    for i in range(3):\n"
                      "        got = yield i\n"
                      "        print('got', got)\n"
                      "it = g()\n"
                      "print(next(it), it.send('x'), list(it))\n"),
            "got x\ngot None\ngot None\n0 1 [2]\n");
}

TEST(Evaluation, HandlersAndFinallyRunInPythonsOrder) {
  EXPECT_EQ(printedBy("def f(n):\n"
                      "    for i in range(3):\n"
                      "        try:\n"
                      "            if i == n:\n"
                      "                continue\n"
                      "            if i == 2:\n"
                      "                raise ValueError(i)\n"
                      "        except ValueError as e:\n"
                      "            return e.args[0]\n"
                      "        finally:\n"
                      "            print('f', i)\n"
                      "    return -1\n"
                      "print(f(0), f(2))\n"),
            "f 0\nf 1\nf 2\nf 0\nf 1\nf 2\n2 -1\n");
  EXPECT_EQ(Evaluated("x = [1]\nx[3]\n").evaluation.uncaught,
            "IndexError('list index out of range',)");
}

// What is not known.

TEST(Evaluation, AFinallyThatIsLeftByAJumpRunsOnce) {
  EXPECT_EQ(printedBy("for i in range(2):\n"
                      "    try:\n"
                      "        print('body')\n"
                      "    finally:\n"
                      "        print('last', i)\n"
                      "        break\n"
                      "def f():\n"
                      "    try:\n"
                      "        print('f')\n"
                      "    finally:\n"
                      "        print('last')\n"
                      "        return 3\n"
                      "print(f())\n"
                      "try:\n"
                      "    try:\n"
                      "        print('inner')\n"
                      "    finally:\n"
                      "        print('once')\n"
                      "        raise ValueError(1)\n"
                      "except ValueError as e:\n"
                      "    print(repr(e))\n"),
            "body\nlast 0\nf\nlast\n3\ninner\nonce\nValueError(1,)\n");
}

TEST(Evaluation, ParenthesesAroundATargetUnpackNothing) {
  EXPECT_EQ(printedBy("(a) = [1, 2]\n"
                      "((b),) = (c) = [[3]]\n"
                      "(d , ) = [4]\n"
                      "for (e) in [(5,)]:\n"
                      "    print(a, b, c, d, e)\n"),
            "[1, 2] [3] [[3]] 4 (5,)\n");
}

TEST(Evaluation, BitsAreTakenTogetherAsPythonDoes) {
  EXPECT_EQ(printedBy("a, b, c = 3, 2, 1\n"
                      "print(3 ^ 2 & 1, a ^ b & c, a & b ^ c, 4 | a ^ b & c << 1)\n"),
            "3 3 3 5\n");
}

TEST(Evaluation, AnEndlessLoopRunsUntilAnExceptionEndsIt) {
  EXPECT_EQ(printedBy("it = iter(range(300))\n"
                      "n = 0\n"
                      "try:\n"
                      "    while True:\n"
                      "        n += next(it)\n"
                      "except StopIteration:\n"
                      "    print(n)\n"
                      "def drain(items):\n"
                      "    while True:\n"
                      "        items.pop()\n"
                      "try:\n"
                      "    drain([0] * 100)\n"
                      "except IndexError as e:\n"
                      "    print(e)\n"
                      "def count():\n"
                      "    n = 0\n"
                      "    while True:\n"
                      "        n += 1\n"
                      "        yield n\n"
                      "g = count()\n"
                      "print(sum([next(g) for _ in range(1000)]))\n"),
            "44850\npop from empty list\n500500\n");
  // One that only the user interrupts has no end.
  Evaluated endless("import time\n"
                    "try:\n"
                    "    while True:\n"
                    "        time.sleep(1)\n"
                    "except KeyboardInterrupt:\n"
                    "    print('over')\n");
  EXPECT_EQ(endless.evaluation.printed, "");
  EXPECT_LT(endless.evaluation.steps, 1000U);
}

TEST(Evaluation, AGeneratorDoesNotRaiseStopIteration) {
  EXPECT_EQ(printedBy("def g():\n"
                      "    yield 1\n"
                      "    next(iter([]))\n"
                      "try:\n"
                      "    print(list(g()))\n"
                      "except RuntimeError as e:\n"
                      "    print(e)\n"),
            "generator raised StopIteration\n");
}

TEST(Evaluation, WhatAGeneratorDelegatesToIsGivenTheExceptionFirst) {
  EXPECT_EQ(printedBy("def inner():\n"
                      "    try:\n"
                      "        yield 1\n"
                      "    except ValueError as e:\n"
                      "        print('inner', e)\n"
                      "        yield 2\n"
                      "    finally:\n"
                      "        print('closed')\n"
                      "    return 'done'\n"
                      "def outer():\n"
                      "    print((yield from inner()))\n"
                      "    yield from (7, 8)\n"
                      "g = outer()\n"
                      "print(next(g), g.throw(ValueError('x')), next(g))\n"
                      "try:\n"
                      "    g.throw(KeyError('k'))\n"
                      "except KeyError as e:\n"
                      "    print('out', e)\n"
                      "g = outer()\n"
                      "next(g)\n"
                      "g.close()\n"
                      "print(list(g))\n"),
            "inner x\nclosed\ndone\n1 2 7\nout k\nclosed\n[]\n");
}

TEST(Evaluation, ClosingAGeneratorAsksForNothing) {
  Evaluated program("def inner():\n"
                    "    yield 1\n"
                    "def outer():\n"
                    "    yield from inner()\n"
                    "g = outer()\n"
                    "next(g)\n"
                    "g.close()\n");
  for (const HeapEvent &event : program.evaluation.log.events)
    EXPECT_FALSE(event.site && program.lineOf(event.site) == 7);
}

TEST(Evaluation, PatternsAndHashesFailForNoReasonsOfTheirOwn) {
  EXPECT_EQ(printedBy("import re, hashlib\n"
                      "word = re.compile('[a-z]+')\n"
                      "buffer = bytearray(b'abc')\n"
                      "try:\n"
                      "    print(word.match('abc1').group(0))\n"
                      "    hashlib.sha256(b'x').update(buffer)\n"
                      "    print(buffer)\n"
                      "except KeyError:\n"
                      "    print('never')\n"),
            "abc\nbytearray(b'abc')\n");
}

TEST(Evaluation, ListsServeAsHeaps) {
  Evaluated program("import heapq\n"
                    "h = [5, 3, 8]\n"
                    "heapq.heapify(h)\n"
                    "heapq.heappush(h, 1)\n"
                    "heapq.heappush(h, 4)\n"
                    "print(h[0], [heapq.heappop(h) for _ in range(5)])\n");
  EXPECT_EQ(program.evaluation.printed, "1 [1, 3, 4, 5, 8]\n");
  EXPECT_THAT(program.requestsOf(3), testing::IsEmpty());
  EXPECT_THAT(program.requestsOf(5), testing::ElementsAre(32)); // four were full
}

TEST(Evaluation, ACharacterThatIsNewMayNeedRoomForItsName) {
  // `q` is no name of the firmware; `*` is one.
  Evaluated program("a = 'long enough: q'\n"
                    "b = a[-1]\n"
                    "c = 'long enough: *'[-1]\n");
  Interval largest = program.largestOf(3);
  EXPECT_EQ(largest, Interval::exactly(48)); // the module's dictionary, for the fifth name
  unsigned soft = 0;
  for (const HeapEvent &event : program.evaluation.log.events)
    if (NameTable::isOfNames(event)) {
      EXPECT_EQ(program.lineOf(event.site), 2U);
      EXPECT_EQ(event.bytes, (Interval{0, 128}));
      EXPECT_TRUE(event.mayNotHappen);
      soft += event.isHard ? 0 : 1;
    }
  EXPECT_EQ(soft, 1U);
  EXPECT_TRUE(program.evaluation.isExact);
}

TEST(Evaluation, DesktopBuildsTellWhichFunctionWasCalledWrongly) {
  llvm::StringRef code = "def f(a):\n"
                         "    pass\n"
                         "try:\n"
                         "    f()\n"
                         "except TypeError as e:\n"
                         "    print(e)\n"
                         "try:\n"
                         "    int('x')\n"
                         "except ValueError as e:\n"
                         "    print(e)\n";
  EXPECT_EQ(Evaluated(code).evaluation.printed,
            "f() takes 1 positional arguments but 0 were given\n"
            "invalid syntax for integer with base 10: 'x'\n");
  EXPECT_EQ(Evaluated(code, "micropython/RPI_PICO").evaluation.printed,
            "function takes 1 positional arguments but 0 were given\n"
            "invalid syntax for integer with base 10\n");
}

TEST(Evaluation, BothWaysFromATestThatIsNotKnownAreTaken) {
  Evaluated program("import machine\n"
                    "if machine.Pin(1).value():\n"
                    "    a = bytearray(1000)\n"
                    "else:\n"
                    "    a = bytearray(2000)\n"
                    "b = bytearray(len(a))\n");
  EXPECT_EQ(program.largestOf(3), Interval::exactly(1000));
  EXPECT_EQ(program.largestOf(5), Interval::exactly(2000));
  for (const SiteCost &site : program.evaluation.sites)
    if (program.lineOf(site.site) == 3 || program.lineOf(site.site) == 5) {
      EXPECT_FALSE(site.isSure);
    }
  // Neither is sure, so neither is the program's figure; but it may be so much.
  EXPECT_GE(program.evaluation.run.figure.bytes.hi, 2000);
  EXPECT_FALSE(program.evaluation.isExact);
  Interval copied = program.largestOf(6);
  EXPECT_LE(copied.lo, 1000);
  EXPECT_GE(copied.hi, 2000);
}

TEST(Evaluation, WhatMayNotHappenIsNoPartOfWhatIsSurelyAskedFor) {
  Evaluated program("import machine\n"
                    "if machine.Pin(1).value():\n"
                    "    bytearray(1000)\n");
  ASSERT_EQ(program.evaluation.phases.size(), 1U);
  EXPECT_LT(program.evaluation.phases[0].requested.lo, 1000);
  EXPECT_GE(program.evaluation.phases[0].requested.hi, 1000);
  for (const SiteCost &site : program.evaluation.sites)
    EXPECT_TRUE(site.isSure || site.total.lo == 0) << program.lineOf(site.site);
}

TEST(Evaluation, ThePoolOfNamesGrowsOnceThoughAnyOfManyCharactersMayNeedIt) {
  Evaluated program("def count(text):\n    counts = {}\n    for letter in text:\n"
                    "        counts[letter] = counts.get(letter, 0) + 1\n    return counts\n"
                    "a = count('she sells sea shells by the shore')\n"
                    "b = count('0123456789!?$%&/()=')\n",
                    "micropython/unix-64");
  // A session may have added its names before or in between.
  constexpr int64_t kLargest = 48 + 11 * 160;
  auto mayNeedIt = [](const HeapEvent &event) {
    return NameTable::isOfNames(event) && event.bytes == Interval{0, kLargest};
  };
  ASSERT_GT(llvm::count_if(program.evaluation.log.events, mayNeedIt), 20);
  // Pools for 40, 80 and 160 names in whole blocks, and a chunk of text.
  constexpr int64_t kMost = 512 + 928 + 1824 + 128;
  ASSERT_EQ(program.evaluation.phases.size(), 1U);
  const PhaseCost &all = program.evaluation.phases[0];
  EXPECT_EQ(all.requested.hi - all.requested.lo, kMost);
  Interval kept = program.evaluation.keptByLoad, live = program.evaluation.live.figure.bytes;
  EXPECT_EQ(live.hi - live.lo, kMost + kept.hi - kept.lo);
  EXPECT_EQ(all.liveAtEnd.hi - all.liveAtEnd.lo, kMost + kept.hi - kept.lo) << "it stays";
  EXPECT_EQ(all.garbageAtEnd, Interval::exactly(0)) << "so it is no garbage";
  EXPECT_EQ(program.evaluation.namesAtMost, 512 + 128) << "run from its file: one";
}

TEST(Evaluation, WhereConstantsAreNotTakenAwayTheyAreNames) {
  std::string code = "from micropython import const\n";
  for (int name = 0; name < 8; ++name)
    code += "_NAME_" + std::to_string(name) + " = const(" + std::to_string(name) + ")\n";
  Evaluated folding(code), other(code, "micropython/microbit");
  for (uint32_t line = 2; line <= 9; ++line)
    EXPECT_THAT(folding.requestsOf(line), IsEmpty()) << line;
  EXPECT_THAT(other.requestsOf(4), ElementsAre(376)) << "`__main__` has room for two";
}

TEST(Evaluation, ATableThatGrowsAtOneOfTwoLinesAsksOnce) {
  // Four slots are full after line 2; whichever name comes first needs the fifth.
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "if pin.value():\n"
                    "    b = 1\n"
                    "c = 1\n");
  auto alternativesOf = [&](uint32_t line) {
    std::vector<uint32_t> lines;
    for (const SiteCost &site : program.evaluation.sites)
      if (program.lineOf(site.site) == line && site.largest == Interval::exactly(48)) {
        EXPECT_FALSE(site.isSure);
        for (SyntaxNode other : site.otherwise)
          lines.push_back(program.lineOf(other));
      }
    return lines;
  };
  EXPECT_THAT(alternativesOf(4), testing::ElementsAre(5));
  EXPECT_THAT(alternativesOf(5), testing::ElementsAre(4));
}

TEST(Evaluation, AnExceptionThatIsPrintedIntoAStreamIsThere) {
  Evaluated program("import io, sys\n"
                    "text = io.StringIO()\n"
                    "try:\n"
                    "    raise ValueError('bad')\n"
                    "except ValueError as e:\n"
                    "    sys.print_exception(e, text)\n"
                    "line = text.getvalue().split('\\n')[-2]\n"
                    "bytearray(1000)\n");
  EXPECT_EQ(program.evaluation.uncaught, "");
  EXPECT_THAT(program.requestsOf(8), Contains(1000));
}

TEST(Evaluation, AMissingArgumentIsToldAsTheFirmwareCounts) {
  const char *code = "def plain(w, h=2): pass\n"
                     "def named(w, *, k=1): pass\n"
                     "for f in (plain, named):\n"
                     "    try:\n"
                     "        f()\n"
                     "    except TypeError as e:\n"
                     "        print(e)\n";
  EXPECT_EQ(Evaluated(code, "micropython/unix-64").evaluation.printed,
            "plain() takes 1 positional arguments but 0 were given\n"
            "function missing required positional argument #0\n");
}

TEST(Evaluation, AConstantThatOverflowsIsOneStill) {
  // A float that is made while the program runs has 16 bytes.
  EXPECT_THAT(Evaluated("x = 1e300 * 1e10\n", "micropython/unix-64").requestsOf(1),
              testing::Not(Contains(16)));
  EXPECT_THAT(Evaluated("x = 1e300\ny = x * 2\n", "micropython/unix-64").requestsOf(2),
              Contains(16));
}

TEST(Evaluation, AStarThatHasNoLengthRaisesNothing) {
  // The array of arguments, and two tuples of one.
  Evaluated program("z = zip([1, 2])\nprint(*z)\n", "micropython/unix-64");
  EXPECT_THAT(program.requestsOf(2), testing::UnorderedElementsAre(16, 24, 24));
}

TEST(Evaluation, WhatPrintDoesNotKnowIsRefused) {
  EXPECT_EQ(printedBy("try:\n    print(1, zz=2)\nexcept TypeError as e:\n    print(e)\n"),
            "extra keyword arguments given\n");
}

TEST(Evaluation, MessagesAreUnpackedWhereTheyArePacked) {
  // Where there is no room for it, the message is shown packed: a soft request.
  auto unpacked = [](const char *failing) {
    std::string code = std::string("import binascii\ntry:\n    ") + failing +
                       "\nexcept Exception as e:\n    print(e)\n";
    Evaluated program(code, "micropython/unix-64");
    return llvm::count_if(program.evaluation.log.events, [&](const HeapEvent &event) {
      return event.kind == EventKind::Request && !event.isHard && event.run < (1U << 31) &&
             program.lineOf(event.site) == 5;
    });
  };
  EXPECT_EQ(unpacked("binascii.unhexlify('zz')"), 0); // lies there as it is
  EXPECT_EQ(unpacked("'abc'[7]"), 1);                 // packed, and whole
  EXPECT_EQ(unpacked("[][7]"), 0);                    // put together when it was raised
}

TEST(Evaluation, PassesOfTheEndlessLoopAreCounted) {
  Evaluated program("n = 0\nwhile True:\n    n = n + 1\n    b = bytearray(n * 100)\n");
  std::vector<Phase> phases;
  phases.reserve(program.evaluation.phases.size());
  for (const PhaseCost &phase : program.evaluation.phases)
    phases.push_back(phase.phase);
  EXPECT_THAT(phases, Contains(Phase::Pass).Times(4)); // three, and all further ones
  EXPECT_TRUE(program.evaluation.isComplete);
  EXPECT_THAT(program.requestsOf(4), Contains(300));
  EXPECT_FALSE(program.largestOf(4).hasHi()) << "it is larger in each pass";
}

TEST(Evaluation, WhatIsLongerAfterEachPassHasNoEnd) {
  Evaluated growing("import machine\nadc = machine.ADC(0)\nrows = []\nwhile True:\n"
                    "    rows.append(adc.read_u16())\n");
  EXPECT_FALSE(growing.largestOf(5).hasHi());
  for (const SiteCost &site : growing.evaluation.sites)
    EXPECT_GE(site.total.hi, site.largest.hi) << "all of them are no less than one of them";
  Evaluated bounded("import machine\nadc = machine.ADC(0)\nrows = []\nwhile True:\n"
                    "    rows.append(adc.read_u16())\n"
                    "    if len(rows) > 8:\n        rows.pop(0)\n");
  EXPECT_EQ(bounded.largestOf(5), Interval::exactly(64)) << "nine items, in room for sixteen";
}

TEST(Evaluation, NoFigureIsNegative) {
  Evaluated program("import machine\npin = machine.Pin(0)\nrows = []\nwhile True:\n"
                    "    while pin.value():\n        rows.append(bytearray(100))\n"
                    "    if len(rows) > 5:\n        rows = []\n");
  for (const PhaseCost &phase : program.evaluation.phases) {
    EXPECT_GE(phase.liveAtEnd.lo, 0);
    EXPECT_GE(phase.requested.lo, 0);
  }
  for (const SiteCost &site : program.evaluation.sites)
    EXPECT_GE(site.largest.lo, 0);
}

TEST(Evaluation, LoopsOfUnknownLengthEnd) {
  Evaluated program("import sys\ntext = input()\nparts = []\nfor c in text:\n    parts.append(c)\n"
                    "print(len(parts))\n");
  EXPECT_TRUE(program.evaluation.isComplete);
  EXPECT_FALSE(program.largestOf(5).hasHi());
}

TEST(Evaluation, HostileProgramsEndInBoundedTime) {
  std::string nested(5000, '(');
  nested += "1" + std::string(5000, ')') + "\n";
  EXPECT_FALSE(Evaluated("x = " + nested).evaluation.isExact);
  Evaluated deep("def f(n):\n    return f(n + 1)\nf(0)\n");
  EXPECT_FALSE(deep.evaluation.gaps.empty());
  EvaluationLimits limits;
  limits.steps = 1000;
  Evaluated other("x = 0\nwhile x < 10000000:\n    x += 1\n");
  Evaluation cut = evaluate(*other.module, *findTarget("micropython/unix-32"), limits);
  EXPECT_FALSE(cut.isComplete);
  EXPECT_THAT(cut.gaps, Contains(HasSubstr("longer than the evaluation")));
  EXPECT_LE(cut.steps, 1001U);
}

TEST(Evaluation, BrokenStatementsAreGapsAndTheRestIsEvaluated) {
  Evaluated program("a = bytearray(100)\nb = = 2\nc = bytearray(300)\n");
  EXPECT_THAT(program.requestsOf(3), Contains(300));
  EXPECT_FALSE(program.evaluation.gaps.empty());
}

TEST(Evaluation, SignsWithoutEndAreNoFold) {
  Evaluated program("x = " + std::string(100'000, '-') + "1\n");
  EXPECT_THAT(program.evaluation.gaps, Contains(HasSubstr("nested too deeply")));
}

TEST(Evaluation, GarbageIsWhatIsTakenAndNotReachable) {
  // Each pass makes 1,000 bytes and their header of 16: 63 blocks and one, and drops those of the
  // pass before.
  Evaluated program("while True:\n    a = bytearray(1000)\n");
  const std::vector<PhaseCost> &phases = program.evaluation.phases;
  auto garbageIn = [&](uint16_t pass) {
    for (const PhaseCost &phase : phases)
      if (phase.phase == Phase::Pass && phase.pass == pass)
        return phase.garbageAtEnd;
    return Interval::unknown();
  };
  Interval first = garbageIn(1);
  ASSERT_TRUE(first.isExact());
  EXPECT_EQ(garbageIn(2), Interval::exactly(first.lo + 1024));
  EXPECT_EQ(garbageIn(3), Interval::exactly(first.lo + 2048));
  Evaluated collected("import gc\nwhile True:\n    a = bytearray(1000)\n    gc.collect()\n");
  EXPECT_EQ(collected.evaluation.phases.back().garbageAtEnd.lo, 0);
}

TEST(Evaluation, NativesThatGoOverTooMuchEndIt) {
  for (const char *code : {"total = sum(range(10 ** 10))\n", "letters = list('a' * 10 ** 9)\n",
                           "data = bytes(range(256)) * 10 ** 6\nparts = list(data)\n",
                           "print(max(range(10 ** 12)))\n"}) {
    Evaluated program(code);
    EXPECT_FALSE(program.evaluation.isComplete) << code;
    EXPECT_THAT(program.evaluation.gaps, Contains(HasSubstr("longer than the evaluation"))) << code;
  }
}

TEST(Evaluation, DataWithinDataIsFollowedToABoundedDepth) {
  for (const char *last : {"import json\njson.dumps(d)\n", "hash(t)\n", "print(d)\n"}) {
    Evaluated program("d = {}\nt = ()\nfor i in range(20000):\n    d = {1: d}\n    t = (t,)\n" +
                      std::string(last));
    EXPECT_THAT(program.evaluation.uncaught, HasSubstr("maximum recursion depth")) << last;
  }
}

TEST(Evaluation, AFieldWiderThanAnyScreenIsBounded) {
  Evaluated program("text = '%100000000d' % 5\n");
  EXPECT_GE(program.evaluation.run.figure.bytes.lo, 100'000'000);
  EXPECT_TRUE(program.evaluation.run.figure.bytes.hasHi());
}

} // namespace
} // namespace fraglint
