#include "evaluator/evaluated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

// What programs of makers do that is not in the corpus.

TEST(UnknownWays, AModuleThatNobodyKnowsMayBeMissing) {
  const char *code = "try:\n"
                     "    import sensor_board\n"
                     "    found = True\n"
                     "except ImportError as e:\n"
                     "    print(e)\n"
                     "    found = bytearray(700)\n"
                     "print(found)\n";
  EXPECT_EQ(Evaluated(code).evaluation.printed, "?\n");
  EXPECT_EQ(Evaluated(code).largestOf(6).hi, 700);
  // A language's own module is there.
  EXPECT_EQ(Evaluated("try:\n"
                      "    import ujson as json\n"
                      "except ImportError:\n"
                      "    json = None\n"
                      "print(json.dumps([1]))\n")
                .evaluation.printed,
            "[1]\n");
}

/// Ten numbers that are not known.
constexpr llvm::StringLiteral kReadings = "import random\n"
                                          "values = [random.randint(0, 9) for _ in range(10)]\n";

std::string printedOf(llvm::StringRef code) {
  return Evaluated((kReadings + code).str()).evaluation.printed;
}

TEST(UnknownWays, ANumberIsComparedWithTheLastOfAWord) {
  for (const char *test : {"n > 9223372036854775807", "n < least", "n != 9223372036854775807",
                           "n != least", "n >= 9223372036854775807", "n <= least"}) {
    Evaluated program("import sensor_board\n"
                      "n = int(sensor_board.read())\n"
                      "least = -9223372036854775808\n"
                      "if " +
                      std::string(test) + ":\n    n += 1\nprint(least)\n");
    EXPECT_EQ(program.evaluation.printed, "-9223372036854775808\n") << test;
  }
}

TEST(UnknownWays, ASliceMayBeginAndEndAtTheLastOfAWord) {
  Evaluated program("import sensor_board\n"
                    "text = str(sensor_board.read())\n"
                    "least = -9223372036854775808\n"
                    "print(len(text[least:]) < 0, len(text[9223372036854775807:]))\n"
                    "print(len(text[9223372036854775807:9223372036854775807]))\n"
                    "print(len(text[:least]))\n");
  EXPECT_EQ(program.evaluation.printed, "False 0\n0\n0\n");
}

TEST(UnknownWays, ASliceOfWhatIsNotKnownIsOfAnySize) {
  Evaluated program("import sensor_board\n"
                    "line = sensor_board.readline()\n"
                    "part = line[2:8]\n"
                    "first = line[0]\n");
  EXPECT_FALSE(program.largestOf(3).hasHi());
  EXPECT_TRUE(program.largestOf(4).hasHi());
}

TEST(UnknownWays, WhatIsPrintedOnOneOfTwoWaysIsNotKnown) {
  EXPECT_EQ(Evaluated("import machine\n"
                      "print('begin')\n"
                      "if machine.Pin(1).value():\n"
                      "    print('high')\n"
                      "else:\n"
                      "    print('low')\n"
                      "print('end')\n")
                .evaluation.printed,
            "begin\n?end\n");
}

TEST(UnknownWays, AnItemOfWhatIsNotKnownMayNotBeThere) {
  for (const char *line :
       {"sensor_board.readline()", "UART(0).read(8)", "bytearray(UART(0).read(8))"}) {
    Evaluated program("import sensor_board\n"
                      "from machine import UART\n"
                      "line = " +
                      std::string(line) +
                      "\n"
                      "try:\n"
                      "    length = line[4] - 48\n"
                      "    print('an item')\n"
                      "except IndexError:\n"
                      "    page = bytearray(700)\n");
    // An exception, and its traceback.
    unsigned exceptions = 0;
    for (const HeapEvent &event : program.evaluation.log.events)
      if (event.site && program.lineOf(event.site) == 5 && !event.isHard) {
        EXPECT_TRUE(event.mayNotHappen);
        ++exceptions;
      }
    EXPECT_GE(exceptions, 2U) << line;
    EXPECT_EQ(program.largestOf(8).hi, 700) << line;
    EXPECT_EQ(program.evaluation.printed, "?") << line;
  }
}

/// Of 64 bits, of which nobody knows any.
constexpr llvm::StringLiteral kHash =
    "import random\n"
    "value = 0xCBF29CE484222325\n"
    "for _ in range(10):\n"
    "    step = random.getrandbits(2)\n"
    "    value = (value ^ step) * 0x100000001B3 & (1 << 64) - 1\n";

TEST(UnknownWays, TheTextOfALongNumberIsAsLongAsItsDigits) {
  auto longestOf = [](const char *statement) {
    return Evaluated((kHash + statement).str()).largestOf(6).hi;
  };
  // What the longest of 64 bits asks for, with what ends a text.
  EXPECT_GE(longestOf("text = hex(value)\n"), 19);
  EXPECT_GE(longestOf("text = '{:x}'.format(value)\n"), 17);
  EXPECT_GE(longestOf("text = str(value)\n"), 21);
  EXPECT_GE(longestOf("text = '%d' % value\n"), 21);
  EXPECT_GE(longestOf("text = bin(value)\n"), 67);
}

TEST(UnknownWays, TheTextOfAFloatHasTheDigitsOfItsPrecision) {
  auto longestOn = [](const char *target) {
    Evaluated program("import sensor_board\n"
                      "text = str(float(sensor_board.read()))\n",
                      target);
    int64_t most = 0;
    for (const HeapEvent &event : program.evaluation.log.events)
      if (event.site && program.lineOf(event.site) == 2 && !event.reason)
        most = std::max(most, event.bytes.hi);
    return most;
  };
  EXPECT_GE(longestOn("micropython/unix-64"), 24); // `-2.225073858507201e-308`
  EXPECT_LT(longestOn("micropython/microbit"), 24);
}

TEST(UnknownWays, AViewOfWhatIsNotKnownIsWrittenTo) {
  Evaluated program("import sensor_board\n"
                    "view = memoryview(sensor_board.buffer)\n"
                    "view[0:2] = b'ab'\n"
                    "view[1] = 7\n"
                    "print('end')\n");
  EXPECT_EQ(program.evaluation.printed, "end\n");
}

TEST(UnknownWays, ACharacterThatIsNotKnownMayNeedRoomForItsName) {
  Evaluated program((kReadings + "text = 'a long enough text'\n"
                                 "one = text[values[0]]\n")
                        .str());
  unsigned names = 0;
  for (const HeapEvent &event : program.evaluation.log.events)
    if (NameTable::isOfNames(event)) {
      EXPECT_EQ(program.lineOf(event.site), 4U);
      EXPECT_TRUE(event.mayNotHappen);
      ++names;
    }
  EXPECT_EQ(names, 1U);
}

TEST(UnknownWays, AFunctionThatYieldsIsOfAnotherType) {
  EXPECT_EQ(printedOf("def steps():\n"
                      "    yield 1\n"
                      "async def task():\n"
                      "    pass\n"
                      "print(type(steps), type(steps()), type(task), type(len))\n"),
            "<class 'generator'> <class 'generator'> <class 'generator'> <class 'function'>\n");
}

/// What is printed, with nothing that is not known in it.
std::string plainlyPrinted(llvm::StringRef code) {
  return Evaluated(code, "micropython/unix-64").evaluation.printed;
}

TEST(UnknownWays, CodeThatIsMadeAtRunTimeMayBindAnyNameInIt) {
  EXPECT_EQ(plainlyPrinted("size = 1\n"
                           "other = 2\n"
                           "exec('x = 5; size = 100')\n"
                           "print(other)\n"
                           "print(x)\n"
                           "print(size)\n"),
            "2\n?\n?\n");
  Evaluated ends("exec('x = 5')\n"
                 "b = bytearray(x)\n"
                 "c = bytearray(100)\n");
  EXPECT_FALSE(ends.evaluation.leftOut.empty());
}

TEST(UnknownWays, CodeThatIsNotKnownMayBindAnything) {
  EXPECT_EQ(printedOf("size = 1\n"
                      "exec('size = %d' % values[0])\n"
                      "print(size)\n"),
            "?\n");
  EXPECT_EQ(printedOf("names = {'a': 1}\n"
                      "size = 1\n"
                      "exec('b = 2; a = 3', names)\n"
                      "print(size)\n"
                      "print(names['b'])\n"
                      "print(names['a'])\n"),
            "1\n?\n?\n");
}

TEST(Natives, SayWhatIsWrongAsTheFirmwareDoes) {
  EXPECT_EQ(plainlyPrinted("import re\n"
                           "class B: pass\n"
                           "for f in (lambda: re.compile('a)'), lambda: re.compile('(a'),\n"
                           "          lambda: sorted(iterable=[1]), lambda: abs(B()),\n"
                           "          lambda: int(B()), lambda: float(B()), lambda: 1 in 5,\n"
                           "          lambda: 'a' in 5):\n"
                           "    try:\n"
                           "        print(f())\n"
                           "    except (TypeError, ValueError) as e:\n"
                           "        print(e)\n"),
            "error in regex\n"
            "regex too complex\n"
            "function missing 1 required positional arguments\n"
            "unsupported type for __abs__: 'B'\n"
            "can't convert B to int\n"
            "can't convert B to float\n"
            "unsupported types for : 'int', 'int'\n"
            "'int' object isn't iterable\n");
}

TEST(Classes, WithoutInitTakeAnyArguments) {
  EXPECT_EQ(
      plainlyPrinted("class Plain: pass\n"
                     "class Derived(Plain): pass\n"
                     "print(isinstance(Plain(1, a=2), Plain), isinstance(Derived(3), Plain))\n"),
      "True True\n");
}

TEST(Natives, MayAskForMoreThanThereIsAndNoSumOverflows) {
  Evaluated program("import board\n"
                    "uart = board.UART()\n"
                    "for i in range(3):\n"
                    "    data = uart.read(9223372036854775807)\n",
                    "circuitpython/adafruit_magtag_2.9_grayscale");
  EXPECT_FALSE(program.largestOf(4).hasHi());
  EXPECT_GE(program.evaluation.live.figure.bytes.lo, 0);
}

TEST(UnknownWays, AFunctionThatCallsItselfWithMoreThanItWasGivenIsFollowed) {
  Evaluated program("import random\n"
                    "def fill(n):\n"
                    "    buf = bytearray(n)\n"
                    "    if random.getrandbits(1):\n"
                    "        n = random.getrandbits(12)\n"
                    "        fill(n)\n"
                    "fill(10)\n");
  EXPECT_EQ(program.largestOf(3).lo, 16);
  EXPECT_GE(program.largestOf(3).hi, 4095);
}

TEST(UnknownWays, WhatIsGivenByNameMayBeMoreThanBefore) {
  Evaluated program("import random\n"
                    "def fill(n=10):\n"
                    "    buf = bytearray(n)\n"
                    "    if random.getrandbits(1):\n"
                    "        fill(n=random.getrandbits(12))\n"
                    "fill()\n"
                    "fill(n=5)\n");
  EXPECT_GE(program.largestOf(3).hi, 4095);
}

} // namespace
} // namespace fraglint
