#include "evaluated.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::IsEmpty;

/// Whether a site of that line is without a bound.
bool isOpen(const Evaluated &program, uint32_t line) { return !program.largestOf(line).hasHi(); }

// What a test says of a variable holds on each way from it.

TEST(OpenPrograms, WhatIsNotNoneIsWhatItWasElse) {
  Evaluated program("import machine\n"
                    "uart = machine.UART(1)\n"
                    "data = uart.read(400)\n"
                    "if data is not None:\n"
                    "    text = data.decode()\n"
                    "    copy = bytearray(len(text))\n");
  EXPECT_EQ(program.largestOf(6).hi, 400);
  EXPECT_THAT(program.evaluation.gaps, IsEmpty());
}

TEST(OpenPrograms, ATestOfAnAttributeNarrowsIt) {
  Evaluated program("import machine\n"
                    "class Reader:\n"
                    "    def __init__(self):\n"
                    "        self.data = machine.UART(1).read(400)\n"
                    "    def copy(self):\n"
                    "        if self.data:\n"
                    "            return bytearray(len(self.data))\n"
                    "Reader().copy()\n");
  EXPECT_EQ(program.largestOf(7).hi, 400);
}

TEST(OpenPrograms, ANumberIsWithinWhatATestSays) {
  Evaluated program("import machine\n"
                    "n = machine.ADC(1).read_u16()\n"
                    "if n < 100:\n"
                    "    small = bytearray(n)\n"
                    "elif n <= 2000:\n"
                    "    large = bytearray(n)\n");
  EXPECT_EQ(program.largestOf(4).hi, 99);
  EXPECT_EQ(program.largestOf(6).hi, 2000);
}

TEST(OpenPrograms, AListIsAsLongAsATestOfItsLengthSays) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "history = []\n"
                    "while True:\n"
                    "    if pin.value():\n"
                    "        history.append(1)\n"
                    "    if len(history) > 8:\n"
                    "        history.pop(0)\n");
  // Nine items want room for sixteen.
  EXPECT_EQ(program.largestOf(6).hi, 16 * 4);
}

TEST(OpenPrograms, ALoopOverFewItemsComesRoundSoOften) {
  Evaluated program("import machine\n"
                    "data = machine.UART(1).read(20) or b''\n"
                    "text = ''\n"
                    "for byte in data:\n"
                    "    text += '%02x' % byte\n");
  // Two characters of each byte, and the zero at the end.
  EXPECT_EQ(program.largestOf(5).hi, 20 * 2 + 1);
}

// Exceptions that may be raised.

TEST(OpenPrograms, WhatATextThatIsNoNumberRaisesIsCaught) {
  Evaluated program("import machine\n"
                    "data = machine.UART(1).read(4)\n"
                    "n = 1\n"
                    "try:\n"
                    "    if data:\n"
                    "        n = int(data)\n"
                    "except ValueError as error:\n"
                    "    spare = bytearray(700)\n");
  EXPECT_EQ(program.largestOf(8), Interval::exactly(700));
  // `invalid syntax for integer with base 10: ` and four bytes, each perhaps as \xNN, in quotes.
  EXPECT_GE(program.largestOf(6).hi, 41 + 18 + 1);
  EXPECT_LE(program.largestOf(6).hi, 41 + 18 + 24);
}

TEST(OpenPrograms, EveryExceptionOfAFunctionGoesToTheHandlersOfItsCaller) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def check():\n"
                    "    if pin.value():\n"
                    "        raise OSError(5)\n"
                    "    if pin.value():\n"
                    "        raise ValueError('odd')\n"
                    "    return {}[pin.value()]\n"
                    "try:\n"
                    "    check()\n"
                    "except OSError:\n"
                    "    a = bytearray(100)\n"
                    "except ValueError:\n"
                    "    b = bytearray(200)\n"
                    "except KeyError:\n"
                    "    c = bytearray(300)\n");
  EXPECT_EQ(program.largestOf(12), Interval::exactly(100));
  EXPECT_EQ(program.largestOf(14), Interval::exactly(200));
  EXPECT_EQ(program.largestOf(16), Interval::exactly(300));
}

TEST(OpenPrograms, AHandlerThatGoesOnWithTheLoopIsLeftThere) {
  Evaluated program("import machine\n"
                    "bus = machine.I2C(0)\n"
                    "buffer = bytearray(4)\n"
                    "failures = 0\n"
                    "while True:\n"
                    "    for address in (1, 2, 3, 4, 5, 6, 7, 8):\n"
                    "        try:\n"
                    "            bus.readfrom_into(address, buffer)\n"
                    "        except OSError:\n"
                    "            failures += 1\n"
                    "            continue\n"
                    "        print(address)\n");
  EXPECT_THAT(program.evaluation.gaps, IsEmpty());
  EXPECT_LT(program.evaluation.steps, 3000U);
}

TEST(OpenPrograms, WhatAHandlerBindsIsStillBoundBehindIt) {
  Evaluated program("import machine\n"
                    "bus = machine.I2C(0)\n"
                    "buffer = bytearray(4)\n"
                    "def size():\n"
                    "    try:\n"
                    "        bus.readfrom_into(8, buffer)\n"
                    "        n = 200\n"
                    "    except OSError:\n"
                    "        n = 5000\n"
                    "    return n\n"
                    "copy = bytearray(size())\n");
  EXPECT_EQ(program.largestOf(11).hi, 5000);
}

TEST(OpenPrograms, WhatIsReturnedWithinTestsIsReturned) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def size():\n"
                    "    if pin.value():\n"
                    "        if pin.value():\n"
                    "            return 7000\n"
                    "    return 300\n"
                    "copy = bytearray(size())\n");
  EXPECT_EQ(program.largestOf(8).hi, 7000);
}

// Loops and chains of tests.

TEST(OpenPrograms, LongChainsOfTestsAreFollowed) {
  std::string code = "import machine\nn = machine.ADC(1).read_u16()\nif n == 0:\n    a = 1\n";
  for (int i = 1; i <= 30; ++i)
    code += "elif n == " + std::to_string(i) + ":\n    b = bytearray(" + std::to_string(100 * i) +
            ")\n";
  Evaluated program(code);
  EXPECT_THAT(program.evaluation.gaps, IsEmpty());
  EXPECT_EQ(program.largestOf(64), Interval::exactly(3000));
}

TEST(OpenPrograms, AConditionOfTwoTestsEndsItsLoop) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "seen = []\n"
                    "while len(seen) < 20 and pin.value():\n"
                    "    seen.append(1)\n"
                    "end = bytearray(50)\n");
  EXPECT_THAT(program.evaluation.gaps, IsEmpty());
  EXPECT_EQ(program.largestOf(6).hi, 50);
  EXPECT_LT(program.evaluation.steps, 1000U);
}

TEST(OpenPrograms, AListIsAsLongAsTheLoopLetsIt) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def receive():\n"
                    "    pulses = []\n"
                    "    while len(pulses) < 120 and pin.value():\n"
                    "        pulses.append(1)\n"
                    "    return pulses\n"
                    "receive()\n");
  // No more than twice 119 items.
  EXPECT_LE(program.largestOf(6).hi, 2 * 119 * 4);
}

TEST(OpenPrograms, ATextThatIsCutInEachPassStaysShort) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "entered = ''\n"
                    "while True:\n"
                    "    if pin.value():\n"
                    "        entered = (entered + 'ab')[-4:]\n");
  EXPECT_LE(program.largestOf(6).hi, 64);
}

TEST(OpenPrograms, GeneratorsLastAsLongAsTheProgram) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def levels():\n"
                    "    while True:\n"
                    "        yield pin.value()\n"
                    "source = levels()\n"
                    "seen = []\n"
                    "while True:\n"
                    "    if next(source):\n"
                    "        seen.append(1)\n");
  EXPECT_TRUE(isOpen(program, 10));
}

TEST(OpenPrograms, AGeneratorWhoseYieldsAreWithinTestsEnds) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "queue = []\n"
                    "def sound():\n"
                    "    while True:\n"
                    "        if not queue:\n"
                    "            yield 10\n"
                    "            continue\n"
                    "        queue.pop(0)\n"
                    "        for tone in (1, 2) if pin.value() else (3,):\n"
                    "            yield tone\n"
                    "tasks = [sound(), sound()]\n"
                    "while True:\n"
                    "    if pin.value():\n"
                    "        queue.append(1)\n"
                    "    for task in tasks:\n"
                    "        next(task)\n");
  EXPECT_LT(program.evaluation.steps, 200'000U);
}

TEST(OpenPrograms, NumbersThatAreOneOfSeveralAreNumbers) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "least = None\n"
                    "for turn in range(3):\n"
                    "    value = machine.ADC(1).read_u16()\n"
                    "    if least is None or value < least:\n"
                    "        least = value\n"
                    "if least is not None:\n"
                    "    copy = bytearray(least)\n");
  EXPECT_EQ(program.largestOf(9).hi, 65535);
}

TEST(OpenPrograms, TheConditionOfAComprehensionIsNoLoop) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "some = [n for n in range(24) if pin.value()]\n");
  EXPECT_THAT(program.evaluation.gaps, IsEmpty());
  EXPECT_LT(program.evaluation.steps, 1000U);
  EXPECT_LE(program.largestOf(3).hi, 2 * 23 * 4); // no more than twice what is there
}

TEST(OpenPrograms, WhatIsNotFollowedHasNoBound) {
  EvaluationLimits limits;
  limits.forks = 1;
  Parsed parsed("import machine\n"
                "pin = machine.Pin(1)\n"
                "def make():\n"
                "    return bytearray(10)\n"
                "if pin.value():\n"
                "    if pin.value():\n"
                "        a = make()\n");
  Module module(parsed.tree);
  Evaluation evaluation = evaluate(module, *findTarget("micropython/unix-32"), limits);
  EXPECT_FALSE(evaluation.gaps.empty());
  for (uint32_t line : {4U, 7U})
    EXPECT_TRUE(llvm::any_of(evaluation.sites, [&](const SiteCost &site) {
      return site.site && !site.largest.hasHi() &&
             module.tree().file().lines().lineAt(site.site.range().begin) + 1 == line;
    })) << line;
}

TEST(OpenPrograms, AFunctionThatMayCallItselfEnds) {
  Evaluated program("import machine\n"
                    "uart = machine.UART(1)\n"
                    "def first(words):\n"
                    "    return ','.join([run(word) for word in words])\n"
                    "def second(words):\n"
                    "    return 'none'\n"
                    "COMMANDS = {'first': first, 'second': second}\n"
                    "def run(line):\n"
                    "    words = line.split()\n"
                    "    command = COMMANDS.get(words[0])\n"
                    "    return command(words[1:]) if command else ''\n"
                    "line = uart.readline()\n"
                    "if line:\n"
                    "    print(run(line.decode()))\n");
  EXPECT_THAT(program.evaluation.gaps, IsEmpty());
  EXPECT_LT(program.evaluation.steps, 5000U);
}

// Texts and data of which only the length is known.

TEST(OpenPrograms, PiecesOfATextAreNoLongerThanIt) {
  Evaluated program("import machine\n"
                    "data = machine.UART(1).read(20)\n"
                    "if data:\n"
                    "    pieces = data.split(b',')\n"
                    "    copy = bytearray(len(pieces[0]))\n");
  // At most 21 pieces: room for 32.
  EXPECT_EQ(program.largestOf(4).hi, 32 * 4);
  EXPECT_EQ(program.largestOf(5).hi, 20);
}

TEST(OpenPrograms, WhatADocumentHoldsIsAskedByItsMethods) {
  Evaluated program("import json, machine\n"
                    "data = json.loads(machine.UART(1).readline() or b'{}')\n"
                    "place = data['place']\n"
                    "print(place.startswith('A'))\n"
                    "for name, value in data['names'].items():\n"
                    "    print(name.lower())\n");
  EXPECT_TRUE(isOpen(program, 2));
  EXPECT_FALSE(isOpen(program, 4));
  EXPECT_TRUE(isOpen(program, 6));
}

TEST(OpenPrograms, NetworksHaveNamesOfAtMost32Bytes) {
  Evaluated program("import network\n"
                    "wlan = network.WLAN(0)\n"
                    "for entry in wlan.scan():\n"
                    "    name = entry[0].decode()\n"
                    "    copy = bytearray(10 * len(name))\n"
                    "for ssid, _, channel, rssi, _, hidden in wlan.scan():\n"
                    "    text = '%d' % rssi\n");
  EXPECT_EQ(program.largestOf(5).hi, 320);
  EXPECT_FALSE(isOpen(program, 7));
}

// One of several objects.

TEST(OpenPrograms, AMethodOfOneOfSeveralIsThatOfEach) {
  Evaluated program("import machine\n"
                    "class Lamp:\n"
                    "    def __init__(self):\n"
                    "        self.rows = []\n"
                    "    def note(self):\n"
                    "        self.rows.append(bytearray(30))\n"
                    "lamps = [Lamp(), Lamp()]\n"
                    "lamps[machine.Pin(1).value()].note()\n"
                    "copy = bytearray(100 * len(lamps[0].rows))\n");
  EXPECT_EQ(program.largestOf(6).hi, 30);
  EXPECT_EQ(program.largestOf(9).hi, 100);
}

TEST(OpenPrograms, AnAttributeOfOneOfSeveralIsStoredInEach) {
  Evaluated program("import machine\n"
                    "class Lamp:\n"
                    "    def __init__(self):\n"
                    "        self.level = 10\n"
                    "lamps = [Lamp(), Lamp()]\n"
                    "lamps[machine.Pin(1).value()].level = 70\n"
                    "copy = bytearray(lamps[0].level)\n");
  EXPECT_EQ(program.largestOf(7), (Interval{16, 70})); // or the object itself
}

// What a generator gives on one of several ways.

TEST(OpenPrograms, WhatAGeneratorOnlyMayGiveIsGoneOver) {
  Evaluated program("import random\n"
                    "def chosen():\n"
                    "    for number in range(2):\n"
                    "        if random.getrandbits(1):\n"
                    "            yield number\n"
                    "for number in chosen():\n"
                    "    data = bytearray(1000)\n");
  EXPECT_EQ(program.largestOf(7).hi, 1000);
}

TEST(OpenPrograms, AGeneratorThatGivesOnEveryWayIsGoneOver) {
  Evaluated program("import random\n"
                    "def chosen():\n"
                    "    while True:\n"
                    "        if random.getrandbits(1):\n"
                    "            yield 1\n"
                    "        else:\n"
                    "            yield 2\n"
                    "for number in chosen():\n"
                    "    data = bytearray(1000)\n");
  EXPECT_EQ(program.largestOf(9).hi, 1000);
}

TEST(OpenPrograms, AListOfWhatAGeneratorMayGiveComesToAnEnd) {
  Evaluated program("import random\n"
                    "def chosen():\n"
                    "    for number in range(2):\n"
                    "        if random.getrandbits(1):\n"
                    "            yield number\n"
                    "numbers = list(chosen())\n"
                    "data = bytearray(500)\n");
  EXPECT_TRUE(isOpen(program, 6));
  EXPECT_EQ(program.largestOf(7).hi, 500);
}

// Loops of which nobody knows how often they go round.

TEST(OpenPrograms, WhatALoopKeptWhenItWasLeftIsKept) {
  Evaluated program("import random\n"
                    "kept = []\n"
                    "while True:\n"
                    "    kept.append(7)\n"
                    "    while kept:\n"
                    "        if random.getrandbits(1):\n"
                    "            break\n"
                    "        kept.pop()\n");
  EXPECT_TRUE(isOpen(program, 4));
}

TEST(OpenPrograms, WhatBecomesLongerWithEachPassOfSuchALoopHasNoBound) {
  Evaluated program("import random\n"
                    "data = b''\n"
                    "for number in range(random.getrandbits(30)):\n"
                    "    data = bytearray(len(data) + 10)\n");
  EXPECT_FALSE(program.evaluation.isSteady);
  Evaluated linked("import random\n"
                   "node = None\n"
                   "for number in range(random.getrandbits(30)):\n"
                   "    node = (node, bytearray(100))\n");
  EXPECT_FALSE(linked.evaluation.isSteady);
  Evaluated same("import random\n"
                 "for number in range(random.getrandbits(30)):\n"
                 "    data = bytearray(100)\n");
  EXPECT_TRUE(same.evaluation.isSteady);
  EXPECT_EQ(same.largestOf(3).hi, 100);
}

TEST(OpenPrograms, ABufferThatIsOneOfSeveralMayGrow) {
  Evaluated program("import random\n"
                    "data = bytearray()\n"
                    "while True:\n"
                    "    for number in range(random.getrandbits(5)):\n"
                    "        data.append(1)\n"
                    "        data = bytearray()\n");
  EXPECT_TRUE(isOpen(program, 5));
}

} // namespace
} // namespace fraglint
