// Places that only ways come to which left a loop or a statement: the way that went on ended
// before.
#include "evaluated.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(Exits, BehindALoopWhoseElseReturns) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def wait():\n"
                    "    for turn in range(2):\n"
                    "        if pin.value() == 0:\n"
                    "            break\n"
                    "    else:\n"
                    "        return\n"
                    "    page = bytearray(701)\n"
                    "wait()\n");
  EXPECT_EQ(program.largestOf(9).hi, 701);
}

TEST(Exits, BehindALoopWhoseBodyReturns) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def wait():\n"
                    "    while True:\n"
                    "        if pin.value():\n"
                    "            break\n"
                    "        return bytearray(702)\n"
                    "    return bytearray(703)\n"
                    "size = len(wait())\n"
                    "copy = bytearray(size)\n");
  EXPECT_EQ(program.largestOf(7).hi, 702);
  EXPECT_EQ(program.largestOf(8).hi, 703);
  EXPECT_EQ(program.largestOf(10), (Interval{702, 703}));
}

TEST(Exits, BehindATryWhoseBodyReturns) {
  Evaluated program("import machine\n"
                    "uart = machine.UART(1)\n"
                    "def load():\n"
                    "    try:\n"
                    "        return int(uart.readline())\n"
                    "    except ValueError:\n"
                    "        pass\n"
                    "    return bytearray(704)\n"
                    "while True:\n"
                    "    load()\n");
  EXPECT_EQ(program.largestOf(8).hi, 704);
}

TEST(Exits, WhatIsRaisedThereIsCaughtOutside) {
  Evaluated program("import machine\n"
                    "i2c = machine.I2C(0)\n"
                    "def read(times):\n"
                    "    for left in range(times - 1, -1, -1):\n"
                    "        try:\n"
                    "            return i2c.readfrom_mem(1, 2, 1)\n"
                    "        except OSError:\n"
                    "            if not left:\n"
                    "                raise ValueError('no answer')\n"
                    "while True:\n"
                    "    try:\n"
                    "        read(3)\n"
                    "    except ValueError:\n"
                    "        page = bytearray(705)\n");
  EXPECT_EQ(program.largestOf(14).hi, 705);
}

TEST(Exits, BehindAnEndlessLoopThatIsLeftToAnOuterOne) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def serve():\n"
                    "    for turn in range(3):\n"
                    "        if pin.value():\n"
                    "            break\n"
                    "        while True:\n"
                    "            row = bytearray(10)\n"
                    "    page = bytearray(706)\n"
                    "serve()\n"
                    "end = bytearray(707)\n");
  EXPECT_EQ(program.largestOf(9).hi, 706);
  EXPECT_EQ(program.largestOf(11).hi, 707);
}

TEST(Exits, AFunctionThatMayReturnOrRaiseDoesBoth) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def read():\n"
                    "    if pin.value():\n"
                    "        return 1\n"
                    "    raise ValueError\n"
                    "try:\n"
                    "    read()\n"
                    "    page = bytearray(711)\n"
                    "except ValueError:\n"
                    "    page = bytearray(712)\n");
  EXPECT_EQ(program.largestOf(9).hi, 711);
  EXPECT_EQ(program.largestOf(11).hi, 712);
}

TEST(Exits, BehindALoopOfAGeneratorThatGoesOn) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def steps():\n"
                    "    while True:\n"
                    "        if pin.value():\n"
                    "            break\n"
                    "        yield 1\n"
                    "    page = bytearray(708)\n"
                    "    yield 2\n"
                    "    page = bytearray(709)\n"
                    "for step in steps():\n"
                    "    pass\n"
                    "end = bytearray(710)\n");
  EXPECT_EQ(program.largestOf(8).hi, 708);
  EXPECT_EQ(program.largestOf(10).hi, 709);
  EXPECT_EQ(program.largestOf(13).hi, 710);
}

} // namespace
} // namespace fraglint
