// Tasks take turns in any order, in a loop that lies in the firmware.
#include "evaluated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::Contains;

std::string printedBy(llvm::StringRef code) { return Evaluated(code).evaluation.printed; }

TEST(Tasks, TasksGiveWhatTheyReturn) {
  EXPECT_EQ(printedBy("import asyncio\n"
                      "async def work(n):\n"
                      "    await asyncio.sleep_ms(0)\n"
                      "    return n * n\n"
                      "async def main():\n"
                      "    task = asyncio.create_task(work(3))\n"
                      "    print(await task, await asyncio.gather(work(1), work(2)))\n"
                      "asyncio.run(main())\n"),
            "9 [1, 4]\n");
}

TEST(Tasks, TasksThatWaitForEverAreAGap) {
  Evaluated program("import asyncio\n"
                    "async def main():\n"
                    "    await asyncio.Event().wait()\n"
                    "asyncio.run(main())\n");
  EXPECT_THAT(program.evaluation.gaps, Contains("tasks that wait for what is not followed"));
}

TEST(Tasks, AwaitBindsBeforeAPower) {
  EXPECT_EQ(printedBy("import asyncio\n"
                      "async def three():\n"
                      "    return 3\n"
                      "async def main():\n"
                      "    print(await three() ** 2)\n"
                      "asyncio.run(main())\n"),
            "9\n");
}

TEST(Tasks, WhatATaskDoesLateIsForetold) {
  Evaluated program("import asyncio, machine\n"
                    "pin = machine.Pin(1)\n"
                    "async def blink():\n"
                    "    count = 0\n"
                    "    while True:\n"
                    "        count += 1\n"
                    "        await asyncio.sleep_ms(100)\n"
                    "        if count == 4000:\n"
                    "            page = bytearray(900)\n"
                    "async def watch():\n"
                    "    seen = 0\n"
                    "    while True:\n"
                    "        if pin.value():\n"
                    "            seen += 1\n"
                    "            if seen == 50:\n"
                    "                page = bytearray(1100)\n"
                    "        await asyncio.sleep_ms(50)\n"
                    "async def main():\n"
                    "    asyncio.create_task(blink())\n"
                    "    asyncio.create_task(watch())\n"
                    "    while True:\n"
                    "        await asyncio.sleep(1)\n"
                    "        page = bytearray(700)\n"
                    "asyncio.run(main())\n");
  EXPECT_EQ(program.largestOf(9).hi, 900);
  EXPECT_EQ(program.largestOf(16).hi, 1100);
  EXPECT_EQ(program.largestOf(23).hi, 700);
}

TEST(Tasks, OthersRunWhileATaskWaits) {
  Evaluated program("import asyncio, machine\n"
                    "pin = machine.Pin(1)\n"
                    "level = 0\n"
                    "async def raise_it():\n"
                    "    global level\n"
                    "    while True:\n"
                    "        if pin.value():\n"
                    "            level = 2\n"
                    "        await asyncio.sleep_ms(10)\n"
                    "async def main():\n"
                    "    global level\n"
                    "    asyncio.create_task(raise_it())\n"
                    "    while True:\n"
                    "        level = 0\n"
                    "        await asyncio.sleep(1)\n"
                    "        if level == 2:\n"
                    "            page = bytearray(700)\n"
                    "asyncio.run(main())\n");
  EXPECT_EQ(program.largestOf(17).hi, 700);
}

TEST(Tasks, WhatIsAwaitedLetsOthersRunThoughNothingIsKnownOfIt) {
  Evaluated program("import asyncio, machine\n"
                    "lines = []\n"
                    "async def read():\n"
                    "    stream = asyncio.StreamReader(machine.UART(1))\n"
                    "    while True:\n"
                    "        lines.append(await stream.readline())\n"
                    "async def main():\n"
                    "    asyncio.create_task(read())\n"
                    "    seen = 0\n"
                    "    while True:\n"
                    "        while lines:\n"
                    "            lines.pop(0)\n"
                    "            seen += 1\n"
                    "            if seen == 30:\n"
                    "                page = bytearray(1200)\n"
                    "        await asyncio.sleep_ms(20)\n"
                    "asyncio.run(main())\n");
  EXPECT_EQ(program.largestOf(15).hi, 1200);
  EXPECT_LT(program.evaluation.steps, 200'000U);
}

TEST(Tasks, BehindTheEventLoopTheProgramGoesOnWhereItsMainMayEnd) {
  Evaluated program("import asyncio, machine\n"
                    "pin = machine.Pin(1)\n"
                    "async def main():\n"
                    "    while True:\n"
                    "        await asyncio.sleep(1)\n"
                    "        if pin.value():\n"
                    "            break\n"
                    "asyncio.run(main())\n"
                    "end = bytearray(500)\n");
  EXPECT_EQ(program.largestOf(9).hi, 500);
}

TEST(Tasks, WhatTheMainOneRaisesLateIsCaughtAroundTheEventLoop) {
  Evaluated program("import asyncio\n"
                    "async def blink():\n"
                    "    while True:\n"
                    "        await asyncio.sleep_ms(10)\n"
                    "async def main():\n"
                    "    asyncio.create_task(blink())\n"
                    "    for turn in range(100):\n"
                    "        await asyncio.sleep(1)\n"
                    "    raise ValueError\n"
                    "try:\n"
                    "    asyncio.run(main())\n"
                    "except ValueError:\n"
                    "    page = bytearray(600)\n");
  EXPECT_EQ(program.largestOf(13).hi, 600);
}

TEST(Tasks, ThoseThatAreTooManyAreNotKnown) {
  Evaluated program("import asyncio\n"
                    "async def work(size):\n"
                    "    while True:\n"
                    "        await asyncio.sleep(1)\n"
                    "        row = bytearray(size)\n"
                    "async def main():\n"
                    "    for size in range(10, 30):\n"
                    "        asyncio.create_task(work(size))\n"
                    "    while True:\n"
                    "        await asyncio.sleep(1)\n"
                    "asyncio.run(main())\n");
  EXPECT_FALSE(program.evaluation.gaps.empty());
}

TEST(Tasks, ATaskTakesALockAndGoesOn) {
  Evaluated program("import asyncio\n"
                    "from machine import ADC\n"
                    "adc = ADC(26)\n"
                    "lock = asyncio.Lock()\n"
                    "async def pump():\n"
                    "    async with lock:\n"
                    "        await asyncio.sleep_ms(0)\n"
                    "        page = bytearray(300)\n"
                    "async def other():\n"
                    "    while True:\n"
                    "        await lock.acquire()\n"
                    "        page = bytearray(400)\n"
                    "        lock.release()\n"
                    "        await asyncio.sleep_ms(1)\n"
                    "async def main():\n"
                    "    asyncio.create_task(other())\n"
                    "    while True:\n"
                    "        value = adc.read_u16()\n"
                    "        await pump()\n"
                    "        page = bytearray(500)\n"
                    "asyncio.run(main())\n");
  EXPECT_EQ(program.largestOf(8).hi, 300);
  EXPECT_EQ(program.largestOf(12).hi, 400);
  EXPECT_EQ(program.largestOf(20).hi, 500);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Tasks, WhatIsWaitedForInTimeMayFail) {
  Evaluated program("import asyncio\n"
                    "async def slow():\n"
                    "    await asyncio.sleep_ms(50)\n"
                    "    page = bytearray(300)\n"
                    "async def main():\n"
                    "    try:\n"
                    "        await asyncio.wait_for_ms(slow(), 10)\n"
                    "    except asyncio.TimeoutError:\n"
                    "        page = bytearray(400)\n"
                    "asyncio.run(main())\n");
  EXPECT_EQ(program.largestOf(4).hi, 300);
  EXPECT_EQ(program.largestOf(9).hi, 400);
}

TEST(Tasks, ALoopOfTasksKeepsNoMoreAfterEachPass) {
  Evaluated program("import asyncio\n"
                    "async def blink():\n"
                    "    while True:\n"
                    "        await asyncio.sleep_ms(100)\n"
                    "async def main():\n"
                    "    asyncio.create_task(blink())\n"
                    "    while True:\n"
                    "        await asyncio.sleep(1)\n"
                    "asyncio.run(main())\n");
  EXPECT_TRUE(program.evaluation.isSteady);
  EXPECT_TRUE(program.evaluation.live.figure.bytes.hasHi());
}

TEST(Tasks, FramesOfTheLoopAreGivenBackInEachStep) {
  auto liveOf = [](llvm::StringRef rounds) {
    return Evaluated(("import asyncio\n"
                      "async def main():\n"
                      "    for _ in range(" +
                      rounds +
                      "):\n"
                      "        await asyncio.sleep_ms(1)\n"
                      "asyncio.run(main())\n")
                         .str())
        .evaluation.live.figure.bytes;
  };
  EXPECT_EQ(liveOf("3"), liveOf("60"));
}

TEST(Tasks, TheLoopHoldsTasksThatNobodyElseHolds) {
  Evaluated program("import asyncio\n"
                    "async def hold(size):\n"
                    "    page = bytearray(size)\n"
                    "    await asyncio.sleep(1)\n"
                    "async def main():\n"
                    "    asyncio.create_task(hold(1000))\n"
                    "    asyncio.create_task(hold(2000))\n"
                    "    await asyncio.sleep_ms(100)\n"
                    "    page = bytearray(4000)\n"
                    "asyncio.run(main())\n");
  EXPECT_GE(program.evaluation.live.figure.bytes.lo, 7000);
}

// `fraglint measure --device unix32:1m` and `unix:1m`; on the latter all words are twice as long.
TEST(Tasks, APartOfTheModuleIsLoadedWhereANameOfItIsFirstRead) {
  llvm::StringRef code("import asyncio\n"
                       "a = asyncio.gather\n"
                       "b = asyncio.wait_for\n"
                       "c = asyncio.Lock\n"
                       "d = asyncio.StreamReader\n");
  for (auto [target, factor] : {std::pair("micropython/unix-32", 1), {"micropython/unix-64", 2}}) {
    Evaluated program(code, target);
    EXPECT_EQ(program.largestOf(1), Interval::exactly(232 * factor)) << target;
    EXPECT_EQ(program.largestOf(2), Interval::exactly(296 * factor)) << target; // its own table
    EXPECT_LE(program.largestOf(3).hi, 48 * factor) << target; // at most the program's
    EXPECT_EQ(program.largestOf(4), Interval::exactly(64 * factor)) << target;
    EXPECT_EQ(program.largestOf(5), Interval::exactly(136 * factor)) << target;
  }
}

TEST(Tasks, TheTableOfTheModuleGrowsWhereItIsFull) {
  Evaluated program("import asyncio\n"
                    "asyncio.gather, asyncio.Event, asyncio.Lock, asyncio.StreamWriter\n"
                    "asyncio.open_connection\n"
                    "asyncio.ThreadSafeFlag\n",
                    "micropython/unix-32-1.25");
  EXPECT_EQ(program.largestOf(2).hi, 296);
  EXPECT_EQ(program.largestOf(3).hi, 0);
  EXPECT_EQ(program.largestOf(4), Interval::exactly(384));
}

TEST(Tasks, WhatTheModuleTakesIsNotKnownWhereItIsNotFrozenInAsMeasured) {
  for (llvm::StringRef target : {"circuitpython/raspberry_pi_pico", "micropython/webassembly"})
    EXPECT_FALSE(Evaluated("import asyncio\n", target).largestOf(1).hasHi()) << target.str();
}

TEST(Tasks, WhatHasATimeoutMayStopBeforeItsEnd) {
  Evaluated program("import asyncio\n"
                    "async def slow():\n"
                    "    await asyncio.sleep_ms(50)\n"
                    "    page = bytearray(5000)\n"
                    "async def main():\n"
                    "    try:\n"
                    "        await asyncio.wait_for_ms(slow(), 10)\n"
                    "    except asyncio.TimeoutError:\n"
                    "        pass\n"
                    "asyncio.run(main())\n");
  EXPECT_EQ(program.largestOf(4).hi, 5000);
  EXPECT_LT(program.evaluation.run.figure.bytes.lo, 5000);
  EXPECT_FALSE(program.evaluation.gaps.empty());
}

} // namespace
} // namespace fraglint
