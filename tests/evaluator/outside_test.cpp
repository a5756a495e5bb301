// What the firmware and its libraries do on their own, and what of it a program sees.
#include "evaluated.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

/// Bytes of the soft requests of a line, at most.
std::vector<int64_t> softRequestsOf(const Evaluated &program, uint32_t line) {
  std::vector<int64_t> bytes;
  for (const HeapEvent &event : program.evaluation.log.events)
    if (event.site && program.lineOf(event.site) == line && !event.isHard &&
        (event.kind == EventKind::Request || event.kind == EventKind::Resize))
      bytes.push_back(event.bytes.hi);
  return bytes;
}

// Callbacks.

constexpr llvm::StringLiteral kClient = "from umqtt.simple import MQTTClient\n"
                                        "def got(topic, text):\n"
                                        "    page = bytearray(700)\n"
                                        "    if text == b'stop':\n"
                                        "        raise ValueError\n"
                                        "client = MQTTClient('a', 'b')\n"
                                        "client.set_callback(got)\n";

TEST(Outside, AMessageMayComeWhereverOneIsLookedFor) {
  Evaluated once((kClient + "client.wait_msg()\n").str());
  EXPECT_EQ(once.largestOf(3).hi, 700);
  Evaluated within((kClient + "while True:\n"
                              "    while True:\n"
                              "        client.check_msg()\n")
                       .str());
  EXPECT_EQ(within.largestOf(3).hi, 700);
  Evaluated never((kClient + "client.ping()\n").str());
  EXPECT_EQ(never.largestOf(3).hi, 0);
}

TEST(Outside, WhatACallbackOfALibraryRaisesComesOutOfTheCall) {
  Evaluated program((kClient + "while True:\n"
                               "    try:\n"
                               "        client.check_msg()\n"
                               "    except ValueError:\n"
                               "        other = bytearray(900)\n")
                        .str());
  EXPECT_EQ(program.largestOf(12).hi, 900);
}

TEST(Outside, ATimerMayFireWhileTheProgramSleeps) {
  Evaluated program("import machine, time\n"
                    "done = False\n"
                    "def tick(timer):\n"
                    "    global done\n"
                    "    done = True\n"
                    "timer = machine.Timer(-1)\n"
                    "timer.init(period=10, callback=tick)\n"
                    "while not done:\n"
                    "    time.sleep_ms(10)\n"
                    "page = bytearray(800)\n");
  EXPECT_EQ(program.largestOf(10).hi, 800);
}

// Exceptions.

TEST(Outside, TheTracebackOfWhatIsRaisedAgainGrowsWhereThatIs) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def read():\n"
                    "    try:\n"
                    "        if pin.value():\n"
                    "            raise OSError(110)\n"
                    "    except OSError:\n"
                    "        raise\n"
                    "try:\n"
                    "    read()\n"
                    "except OSError:\n"
                    "    pass\n");
  EXPECT_THAT(softRequestsOf(program, 8), testing::Contains(24));
}

TEST(Outside, HoweverManyExceptionsMayBeUnderWayTheirTracebacksGrow) {
  Evaluated program("import machine\n"
                    "uart = machine.UART(1)\n"
                    "def note(text):\n"
                    "    value = int(text)\n"
                    "    if not text:\n"
                    "        raise ValueError('no note')\n"
                    "    return value\n"
                    "def notes(text):\n"
                    "    return [int(one) + note(one) for one in text.split(',')]\n"
                    "def load(text):\n"
                    "    return notes(text), notes(text)\n"
                    "while True:\n"
                    "    try:\n"
                    "        load(uart.readline().decode())\n"
                    "    except ValueError:\n"
                    "        pass\n",
                    "micropython/unix-64");
  std::vector<int64_t> requests = softRequestsOf(program, 6);
  auto objects = llvm::count(requests, 32);
  EXPECT_GT(objects, 12);
  EXPECT_EQ(llvm::count(requests, 72), objects);
}

TEST(Outside, AMessageOfOneOfSeveralExceptionsIsUnpackedToBePrinted) {
  Evaluated program("import machine\n"
                    "uart = machine.UART(1)\n"
                    "def read():\n"
                    "    text = uart.readline().decode()\n"
                    "    return float(text) if len(text) > 2 else int('7')\n"
                    "while True:\n"
                    "    try:\n"
                    "        read()\n"
                    "    except (OSError, ValueError) as e:\n"
                    "        print(e)\n",
                    "micropython/unix-64");
  EXPECT_THAT(softRequestsOf(program, 10), testing::Contains(74));
}

// Operations.

TEST(Outside, AMethodThatIsCalledWithinATargetIsBound) {
  constexpr llvm::StringLiteral kClass = "class Slave:\n"
                                         "    def get(self):\n"
                                         "        return self\n"
                                         "slave = Slave()\n"
                                         "slave.level = slave.other = 0\n"
                                         "items = [slave]\n";
  Evaluated program((kClass + "slave.get().level = 1\n"
                              "items[0].get().level = 1\n"
                              "slave.get().level += 1\n"
                              "del slave.get().other\n")
                        .str());
  EXPECT_THAT(program.requestsOf(7), ElementsAre(12));
  EXPECT_THAT(program.requestsOf(8), ElementsAre(12));
  EXPECT_THAT(program.requestsOf(9), ElementsAre(12));
  EXPECT_THAT(program.requestsOf(10), ElementsAre(12));
}

TEST(Outside, AnIntOfBytesWhoseNumberIsNotKnownMayBeLarge) {
  Evaluated program("import machine\n"
                    "uart = machine.UART(1)\n"
                    "word = int.from_bytes(uart.read(), 'little')\n"
                    "raw = word >> 3 & 0xFFFF\n"
                    "raw = raw + 1\n");
  EXPECT_GE(program.largestOf(4).hi, 16);
  EXPECT_EQ(program.largestOf(5).hi, 0);
}

// Files and displays.

TEST(Outside, APathIsCopiedForItsFileSystem) {
  Evaluated program("import os\n"
                    "name = 'a' * 30\n"
                    "os.remove(name)\n"
                    "os.rename(name, name)\n");
  EXPECT_THAT(program.requestsOf(3), ElementsAre(16, 31));
  EXPECT_THAT(program.requestsOf(4), ElementsAre(16, 31, 16, 31));
}

TEST(Outside, APathThatIsNotKnownIsCopiedToo) {
  Evaluated program("import os\n"
                    "names = os.listdir()\n"
                    "os.remove(names[0])\n");
  EXPECT_EQ(program.largestOf(3).hi, 256);
}

TEST(Outside, ABufferToDrawOnHasThreePointersAndItsSizes) {
  constexpr llvm::StringLiteral kCode = "import framebuf\n"
                                        "buffer = bytearray(32)\n"
                                        "framebuf.FrameBuffer(buffer, 32, 8, framebuf.MONO_HLSB)\n";
  EXPECT_THAT(Evaluated(kCode).requestsOf(3), ElementsAre(20));
  EXPECT_THAT(Evaluated(kCode, "micropython/unix-64").requestsOf(3), ElementsAre(32));
}

// Names and files.

TEST(Outside, ANameThatIsLookedUpIsMadeKnownByTheLineThatAsks) {
  Evaluated program("class Any:\n"
                    "    def __getattr__(self, name):\n"
                    "        return 1\n"
                    "any = Any()\n"
                    "for i in range(12):\n"
                    "    getattr(any, 'unheard_of_%d' % i)\n");
  EXPECT_EQ(program.largestOf(3).hi, 0);
  EXPECT_GE(program.largestOf(6).hi, 128);
}

TEST(Outside, WhatAFileOfTheFirmwareDefinesIsNotKnown) {
  constexpr llvm::StringLiteral kCode = "import binascii\n"
                                        "text = binascii.b2a_base64(b'Many hands')\n";
  EXPECT_FALSE(Evaluated(kCode, "micropython/webassembly").largestOf(2).hasHi());
  EXPECT_EQ(Evaluated(kCode).largestOf(2).hi, 18);
}

// Locks and what else tasks wait for.

} // namespace
} // namespace fraglint
