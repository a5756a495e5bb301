// What may be one of several objects or functions of the program: each is a way.
#include "evaluated.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(SeveralObjects, ItemsOfAHeapWhoseOrderIsNotKnown) {
  Evaluated program("import heapq, time\n"
                    "class Comet:\n"
                    "    def __init__(self, size):\n"
                    "        self.size = size\n"
                    "    def tick(self):\n"
                    "        return bytearray(self.size)\n"
                    "queue = []\n"
                    "for size in (101, 305, 203):\n"
                    "    heapq.heappush(queue, (time.ticks_ms(), size, Comet(size)))\n"
                    "while True:\n"
                    "    due, number, one = heapq.heappop(queue)\n"
                    "    one.tick()\n"
                    "    heapq.heappush(queue, (time.ticks_ms(), number, one))\n");
  EXPECT_EQ(program.largestOf(6).hi, 305);
}

TEST(SeveralObjects, AHeapComparesByTheProgramsFunctions) {
  Evaluated program("import heapq, time\n"
                    "class Job:\n"
                    "    def __init__(self, size):\n"
                    "        self.due = time.ticks_ms()\n"
                    "    def __lt__(self, other):\n"
                    "        page = bytearray(701)\n"
                    "        return self.due < other.due\n"
                    "queue = []\n"
                    "while True:\n"
                    "    heapq.heappush(queue, Job(1))\n"
                    "    if len(queue) > 3:\n"
                    "        one = heapq.heappop(queue)\n"
                    "        page = bytearray(702)\n");
  EXPECT_EQ(program.largestOf(6).hi, 701);
  EXPECT_EQ(program.largestOf(13).hi, 702);
}

TEST(SeveralObjects, AnAttributeWhoseNameIsNotKnown) {
  Evaluated program("import machine\n"
                    "class Base:\n"
                    "    def gga(self):\n"
                    "        self.fields = bytearray(701)\n"
                    "class Boat(Base):\n"
                    "    def rmc(self):\n"
                    "        self.fields = bytearray(702)\n"
                    "def other():\n"
                    "    return bytearray(703)\n"
                    "boat = Boat()\n"
                    "uart = machine.UART(1)\n"
                    "while True:\n"
                    "    handler = getattr(boat, uart.readline().decode(), other)\n"
                    "    if handler:\n"
                    "        handler()\n"
                    "    try:\n"
                    "        getattr(boat, uart.readline().decode())\n"
                    "    except AttributeError:\n"
                    "        page = bytearray(704)\n");
  EXPECT_EQ(program.largestOf(4).hi, 701);
  EXPECT_EQ(program.largestOf(7).hi, 702);
  EXPECT_EQ(program.largestOf(9).hi, 703);
  EXPECT_EQ(program.largestOf(19).hi, 704);
}

TEST(SeveralObjects, OperatorsAreThoseOfEachOfThem) {
  Evaluated program("import machine\n"
                    "class One:\n"
                    "    def __add__(self, other):\n"
                    "        return bytearray(701)\n"
                    "    def __eq__(self, other):\n"
                    "        return len(bytearray(702)) > 3\n"
                    "class Two:\n"
                    "    def __radd__(self, other):\n"
                    "        return bytearray(703)\n"
                    "    def __call__(self):\n"
                    "        return bytearray(704)\n"
                    "    def __add__(self, other):\n"
                    "        return 3\n"
                    "    def __iter__(self):\n"
                    "        yield bytearray(705)\n"
                    "items = {'a': One(), 'b': Two()}\n"
                    "uart = machine.UART(1)\n"
                    "def chosen():\n"
                    "    return items[uart.readline().decode()]\n"
                    "chosen() + 1\n"
                    "1 + chosen()\n"
                    "chosen() == 4\n"
                    "chosen()()\n"
                    "for item in chosen():\n"
                    "    page = bytearray(706)\n");
  EXPECT_EQ(program.largestOf(4).hi, 701);
  EXPECT_EQ(program.largestOf(6).hi, 702);
  EXPECT_EQ(program.largestOf(9).hi, 703);
  EXPECT_EQ(program.largestOf(11).hi, 704);
  EXPECT_EQ(program.largestOf(15).hi, 705);
  EXPECT_EQ(program.largestOf(25).hi, 706);
}

TEST(SeveralObjects, TextsAreThoseOfEachOfThem) {
  Evaluated program("import machine\n"
                    "class Signal:\n"
                    "    def __init__(self, size):\n"
                    "        self.size = size\n"
                    "    def __str__(self):\n"
                    "        return 'x' * self.size\n"
                    "    def __repr__(self):\n"
                    "        return 'r' * 3 * self.size\n"
                    "signals = [Signal(100), Signal(300), Signal(200)]\n"
                    "uart = machine.UART(1)\n"
                    "page = int(uart.readline())\n"
                    "for signal in signals[page : page + 1]:\n"
                    "    print(str(signal))\n"
                    "print(signals[page % 3])\n"
                    "text = '{}'.format(signals[page % 3])\n"
                    "print(signals[page : page + 1])\n");
  EXPECT_EQ(program.largestOf(6).hi, 301);
  EXPECT_EQ(program.largestOf(8).hi, 901);
  EXPECT_LT(program.largestOf(13).hi, 700);
  EXPECT_GT(program.largestOf(15).hi, 300);
}

TEST(SeveralObjects, ExceptionsOfTheProgramInAList) {
  Evaluated program("import machine\n"
                    "class SentenceError(Exception):\n"
                    "    def __init__(self, reason):\n"
                    "        self.reason = reason\n"
                    "    def __str__(self):\n"
                    "        return self.reason * 100\n"
                    "pin = machine.Pin(5)\n"
                    "errors = []\n"
                    "while True:\n"
                    "    try:\n"
                    "        if pin.value():\n"
                    "            raise SentenceError('abcdefgh')\n"
                    "    except SentenceError as error:\n"
                    "        errors.append(error)\n"
                    "        if len(errors) > 3:\n"
                    "            print('; '.join(str(one) for one in errors))\n"
                    "            errors.clear()\n");
  EXPECT_EQ(program.largestOf(6).hi, 801);
}

TEST(SeveralObjects, AStarOfWhichItIsNotKnownHowManyItGives) {
  Evaluated program("import machine\n"
                    "def none():\n"
                    "    return bytearray(701)\n"
                    "def two(name, value=4):\n"
                    "    if value == 4:\n"
                    "        return bytearray(702)\n"
                    "    return bytearray(703)\n"
                    "class Pair:\n"
                    "    def three(self, first, second, third):\n"
                    "        return bytearray(704)\n"
                    "commands = {'none': none, 'two': two, 'three': Pair().three}\n"
                    "uart = machine.UART(1)\n"
                    "while True:\n"
                    "    name, *words = uart.readline().decode().split()\n"
                    "    try:\n"
                    "        commands[name](*words)\n"
                    "    except TypeError:\n"
                    "        page = bytearray(705)\n");
  EXPECT_EQ(program.largestOf(3).hi, 701);
  EXPECT_EQ(program.largestOf(6).hi, 702);
  EXPECT_EQ(program.largestOf(7).hi, 703);
  EXPECT_EQ(program.largestOf(10).hi, 704);
  EXPECT_EQ(program.largestOf(18).hi, 705);
}

} // namespace
} // namespace fraglint
