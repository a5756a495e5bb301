#include "heap/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Targets, NamesAreUniqueAndFiguresMakeSense) {
  for (const Target &target : allTargets()) {
    EXPECT_LE(target.heapBytes.lo, target.heapBytes.hi) << target.name.data();
    EXPECT_GE(target.heapBytes.lo, 8 * 1024) << target.name.data();
    EXPECT_EQ(findTarget(target.name), &target);
    EXPECT_EQ(target.family == FirmwareFamily::CircuitPython,
              target.name.starts_with("circuitpython/"));
  }
  EXPECT_GE(allTargets().size(), 14U);
}

TEST(Targets, AreFoundByAnyCaseAndUniqueSuffix) {
  EXPECT_EQ(findTarget("CircuitPython/PyPortal"), findTarget("circuitpython/pyportal"));
  EXPECT_EQ(findTarget("raspberry_pi_pico")->name, "circuitpython/raspberry_pi_pico");
  EXPECT_EQ(findTarget("rpi_pico")->name, "micropython/RPI_PICO");
  EXPECT_EQ(findTarget("teensy41")->name, "circuitpython/teensy41");
  EXPECT_EQ(findTarget("generic"), nullptr) << "two families have one";
  EXPECT_EQ(findTarget("ico"), nullptr) << "no whole word";
  EXPECT_EQ(findTarget(""), nullptr);
}

TEST(Targets, AWrongNameLeadsToTheNearest) {
  EXPECT_THAT(nearestTargetNames("circuitpython/pyportl"), ElementsAre("circuitpython/pyportal"));
  EXPECT_THAT(nearestTargetNames("RPI_PCIO"), ElementsAre("micropython/RPI_PICO"));
  EXPECT_THAT(nearestTargetNames("a completely different thing"), IsEmpty());
}

TEST(Targets, APartOfANameLeadsToTheShortestThatHaveIt) {
  EXPECT_THAT(nearestTargetNames("pico"), Contains("micropython/RPI_PICO"));
  EXPECT_THAT(nearestTargetNames("pico"), SizeIs(3));
  EXPECT_THAT(nearestTargetNames("circuitpython/raspberry"),
              Contains("circuitpython/raspberry_pi_pico"));
}

TEST(Targets, LargeIsClamped) {
  EXPECT_EQ(findTarget("circuitpython/generic")->largeBytes(), 1024);
  EXPECT_EQ(findTarget("micropython/microbit")->largeBytes(), 256) << "never less";
  EXPECT_GT(findTarget("circuitpython/adafruit_matrixportal_s3")->largeBytes(), 8 * 1024);
}

TEST(Targets, DefaultsFollowTheFirmware) {
  EXPECT_EQ(defaultTarget(FirmwareKind::MicroPython).name, "micropython/generic");
  EXPECT_EQ(defaultTarget(FirmwareKind::MicroBit).name, "micropython/microbit");
  EXPECT_EQ(defaultTarget(FirmwareKind::Unknown).name, "circuitpython/generic");
}

TEST(Targets, BootOutNamesTheBoard) {
  const char *text =
      "Adafruit CircuitPython 9.2.1 on 2024-11-20; Raspberry Pi Pico W with rp2040\r\n"
      "Board ID:raspberry_pi_pico_w\r\nUID:E6614103E7452D2F\r\n";
  ASSERT_NE(targetFromBootOut(text), nullptr);
  EXPECT_EQ(targetFromBootOut(text)->name, "circuitpython/raspberry_pi_pico_w");
  EXPECT_EQ(targetFromBootOut("Board ID:nobody_knows_it\n"), nullptr);
  EXPECT_EQ(targetFromBootOut(""), nullptr);
}

TEST(Targets, ALibraryOfOneBoardNamesIt) {
  for (llvm::StringRef module :
       {"adafruit_pycamera.PyCamera", "adafruit_fruitjam.FruitJam", "adafruit_magtag.magtag.MagTag",
        "adafruit_qualia", "adafruit_funhouse.FunHouse"}) {
    ASSERT_NE(targetFromImport(module), nullptr) << module.str();
    EXPECT_TRUE(targetFromImport(module)->psram) << module.str();
  }
  EXPECT_EQ(targetFromImport("adafruit_matrixportal.matrix"), nullptr) << "of two boards";
  EXPECT_EQ(targetFromImport("adafruit_fruitjam.peripherals.request_display_config"), nullptr)
      << "for any RP2350";
  EXPECT_EQ(targetFromImport("adafruit_qualia_faces"), nullptr);
  EXPECT_EQ(targetFromImport(""), nullptr);
}

} // namespace
} // namespace fraglint
