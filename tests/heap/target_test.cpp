#include "heap/target.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Target &named(llvm::StringRef name) {
  const Target *target = findTarget(name);
  EXPECT_NE(target, nullptr) << name.str();
  return target != nullptr ? *target : allTargets().front();
}

TEST(Targets, NamesAreUniqueInAnyCase) {
  llvm::StringSet<> names;
  for (const Target &target : allTargets()) {
    EXPECT_TRUE(names.insert(llvm::StringRef(target.name).lower()).second) << target.name.data();
    EXPECT_EQ(findTarget(target.name), &target);
    EXPECT_EQ(findTarget(llvm::StringRef(target.name).upper()), &target);
    EXPECT_EQ(target.profile->isCircuitPython(), target.name.starts_with("circuitpython/"));
  }
}

TEST(Targets, AreManyOfBothFamilies) {
  auto isOfCircuitPython = [](const Target &one) { return one.profile->isCircuitPython(); };
  EXPECT_GE(llvm::count_if(allTargets(), isOfCircuitPython), 70);
  EXPECT_GE(allTargets().size(), 120U);
}

TEST(Targets, HeapFiguresMakeSense) {
  for (const Target &target : allTargets()) {
    EXPECT_LE(target.heapBytes.lo, target.heapBytes.hi) << target.name.data();
    EXPECT_GE(target.heapBytes.lo, 8 * 1024) << target.name.data();
    if (target.provenance == Provenance::Measured) {
      EXPECT_TRUE(target.heapBytes.isExact()) << target.name.data();
    }
    // Inside RAM nothing here reaches a mebibyte; what is external is not all heap.
    bool isEngine = llvm::StringRef(target.mcu).starts_with("i386") || target.mcu == "x86-64" ||
                    target.mcu == "wasm32";
    int64_t ram = int64_t{1024} * 1024 * std::max<int64_t>(1, target.psramMib);
    if (!isEngine) {
      EXPECT_LE(target.heapBytes.hi, ram + int64_t{512} * 1024) << target.name.data();
      EXPECT_GE(target.heapBytes.lo, target.hasPsram() ? ram * 9 / 10 : 0) << target.name.data();
    }
    EXPECT_EQ(target.displayWidth == 0, target.displayHeight == 0) << target.name.data();
  }
}

TEST(Targets, HeapsOfBuildsMakeSense) {
  for (const Target &target : allTargets()) {
    const FirmwareHeap &heap = *target.heap;
    ASSERT_FALSE(heap.areasAtStart.empty()) << target.name.data();
    EXPECT_EQ(heap.pystackBytes != 0, target.profile->hasPystack) << target.name.data();
    if (heap.grows) {
      EXPECT_NE(heap.areasAtStart.front(), 0) << target.name.data();
    }
    if (target.profile->isCircuitPython()) {
      EXPECT_TRUE(heap.hasScanTable && heap.collectsAfterImport) << target.name.data();
    }
    // Tables take more than a 128th and less than a 32nd of what there is.
    int64_t sum = 0;
    for (int64_t area : heap.areasAtStart)
      sum += area;
    if (!heap.grows && !llvm::is_contained(heap.areasAtStart, 0)) {
      EXPECT_LT(target.heapBytes.hi, sum - sum / 128) << target.name.data();
    } else if (heap.grows) {
      EXPECT_GT(target.heapBytes.hi, sum - sum / 32) << target.name.data();
    }
  }
}

TEST(Targets, BoardsOfOneFamilyThatHaveATitleHaveTheirOwn) {
  llvm::StringSet<> titles;
  for (const Target &target : allTargets()) {
    if (target.title.empty())
      continue;
    std::string title = (llvm::StringRef(target.name).split('/').first + "/" + target.title).str();
    EXPECT_TRUE(titles.insert(title).second) << title;
  }
}

TEST(Targets, BoardsKeepTheirFigures) {
  EXPECT_EQ(named("circuitpython/generic").heapBytes, Interval::exactly(131072));
  EXPECT_EQ(named("micropython/generic").heapBytes, Interval::exactly(196608));
  EXPECT_EQ(named("circuitpython/feather_m4_express").heapBytes, Interval::exactly(157376));
  EXPECT_EQ(named("micropython/microbit").heapBytes, Interval::exactly(9264));
  EXPECT_EQ(named("micropython/microbit").provenance, Provenance::Measured);
  EXPECT_EQ(named("circuitpython/pyportal").displayWidth, 320);
  EXPECT_EQ(named("circuitpython/pyportal").displayHeight, 240);
  EXPECT_EQ(named("circuitpython/adafruit_fruit_jam").psramMib, 8);
}

TEST(Targets, TheReferencesAreTheBuildsOfTheLogs) {
  const FirmwareProfile &micropython = *named("micropython/unix-32").profile;
  EXPECT_EQ(micropython.floats, FloatKind::Boxed32);
  EXPECT_FALSE(micropython.hasPystack);
  const FirmwareProfile &circuitpython = *named("circuitpython/unix-32").profile;
  EXPECT_EQ(circuitpython.floats, FloatKind::Word30);
  EXPECT_TRUE(circuitpython.hasPystack);
  EXPECT_EQ(named("micropython/unix-64").blockBytes(), 32U);
  EXPECT_EQ(named("micropython/unix-32-1.25").profile->version, 125);
  EXPECT_TRUE(named("micropython/webassembly").profile->hasPystack);
}

TEST(Targets, BoardsDifferWhereTheirBuildsDo) {
  EXPECT_FALSE(named("circuitpython/trinket_m0").profile->hasBigInts);
  EXPECT_TRUE(named("circuitpython/feather_m0_express").profile->hasBigInts);
  EXPECT_EQ(named("circuitpython/trinket_m0").heap->pystackBytes, 1536U);
  EXPECT_EQ(named("circuitpython/pyportal").heap->pystackBytes, 2048U);
  EXPECT_EQ(named("micropython/ESP8266_GENERIC").profile->floats, FloatKind::Word30);
  EXPECT_EQ(named("micropython/TEENSY40").profile->floats, FloatKind::Boxed64);
  EXPECT_EQ(named("micropython/RPI_PICO").profile->nameHashBits(), 8U);
  EXPECT_EQ(named("circuitpython/trinket_m0").profile->nameHashBits(), 16U);
  EXPECT_FALSE(named("circuitpython/raspberry_pi_pico").heap->hasThreshold);
  EXPECT_FALSE(named("micropython/SEEED_XIAO_SAMD21").heap->hasThreshold);
  EXPECT_TRUE(named("micropython/RPI_PICO").heap->hasThreshold);
  EXPECT_TRUE(named("circuitpython/raspberry_pi_pico").collectsOnImport());
  EXPECT_FALSE(named("micropython/RPI_PICO").collectsOnImport());
}

/// What came with a version is there from it on; ports and boards add what is theirs.
TEST(Targets, TraitsFollowVersionAndPort) {
  auto traits = [](const char *target) { return named(target).profile->traits; };
  EXPECT_FALSE(traits("micropython/microbit").assignsWithoutTuple);
  EXPECT_TRUE(traits("micropython/microbit-v2").assignsWithoutTuple);
  EXPECT_FALSE(traits("micropython/microbit").foldsDeclared);
  EXPECT_TRUE(traits("micropython/generic").foldsDeclared);
  EXPECT_FALSE(traits("micropython/microbit-v2").foldsTuples);
  EXPECT_TRUE(traits("micropython/unix-32-1.25").foldsTuples);
  EXPECT_FALSE(traits("micropython/unix-32-1.25").foldsFloats);
  EXPECT_TRUE(traits("micropython/unix-64").foldsFloats);
  EXPECT_FALSE(traits("micropython/unix-32-1.25").zipsItemsFirst);
  EXPECT_TRUE(traits("micropython/unix-64").zipsItemsFirst) << "on the way to 1.29";
  EXPECT_TRUE(traits("micropython/unix-32").zipsItemsFirst);
  EXPECT_FALSE(traits("circuitpython/raspberry_pi_pico").zipsItemsFirst);
  EXPECT_TRUE(traits("circuitpython/raspberry_pi_pico").foldsFloats);
  EXPECT_FALSE(traits("circuitpython/raspberry_pi_pico").foldsMathConstants);
  EXPECT_EQ(traits("micropython/unix-32").mostAlignment, 4);
  EXPECT_EQ(traits("micropython/unix-64").mostAlignment, 8);
  EXPECT_TRUE(traits("micropython/unix-32").reportsInDetail);
  EXPECT_FALSE(traits("micropython/generic").reportsInDetail);
  EXPECT_FALSE(traits("micropython/webassembly").packsTexts);
  EXPECT_FALSE(traits("micropython/webassembly").isUnixPort);
  EXPECT_FALSE(named("micropython/microbit").heap->hasGapByte);
  EXPECT_TRUE(named("micropython/microbit-v2").heap->hasGapByte);
}

TEST(Targets, ProfilesAreFoundByName) {
  for (const FirmwareProfile &profile : firmwareProfiles())
    EXPECT_EQ(findProfile(profile.name), &profile) << profile.name.data();
  EXPECT_EQ(findProfile("micropython-0.1"), nullptr);
  for (const Target &target : allTargets())
    EXPECT_EQ(findProfile(target.profile->name), target.profile) << target.name.data();
}

TEST(Targets, AreFoundByAnyCaseAndUniqueSuffix) {
  EXPECT_EQ(findTarget("CircuitPython/PyPortal"), findTarget("circuitpython/pyportal"));
  EXPECT_EQ(findTarget("raspberry_pi_pico")->name, "circuitpython/raspberry_pi_pico");
  EXPECT_EQ(findTarget("rpi_pico")->name, "micropython/RPI_PICO");
  EXPECT_EQ(findTarget("fruit_jam")->name, "circuitpython/adafruit_fruit_jam");
  EXPECT_EQ(findTarget("generic"), nullptr) << "two families have one";
  EXPECT_EQ(findTarget("unix-32"), nullptr) << "two families have one";
  EXPECT_EQ(findTarget("pico_w"), nullptr) << "two families have one";
  EXPECT_EQ(findTarget("ico"), nullptr) << "no whole word";
  EXPECT_EQ(findTarget(""), nullptr);
}

TEST(Targets, AnIdOfBothFamiliesIsTheOneThatIsWrittenSo) {
  EXPECT_EQ(findTarget("teensy41")->name, "circuitpython/teensy41");
  EXPECT_EQ(findTarget("TEENSY41")->name, "micropython/TEENSY41");
  EXPECT_EQ(findTarget("Teensy41"), nullptr);
  EXPECT_EQ(findTarget("microbit")->name, "micropython/microbit");
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
  EXPECT_EQ(named("circuitpython/generic").largeBytes(), 1024);
  EXPECT_EQ(named("micropython/microbit").largeBytes(), 256) << "never less";
  EXPECT_GT(named("circuitpython/adafruit_matrixportal_s3").largeBytes(), 8 * 1024);
  EXPECT_EQ(named("micropython/webassembly").largeBytes(), 64 * 1024) << "never more";
}

TEST(Targets, DefaultsFollowTheFirmware) {
  EXPECT_EQ(defaultTarget(FirmwareKind::MicroPython).name, "micropython/generic");
  EXPECT_EQ(defaultTarget(FirmwareKind::MicroBit).name, "micropython/microbit");
  EXPECT_EQ(defaultTarget(FirmwareKind::Unknown).name, "circuitpython/generic");
}

TEST(Targets, ALibraryOfOneBoardNamesIt) {
  for (llvm::StringRef module :
       {"adafruit_pycamera.PyCamera", "adafruit_fruitjam.FruitJam", "adafruit_magtag.magtag.MagTag",
        "adafruit_qualia", "adafruit_funhouse.FunHouse"}) {
    ASSERT_NE(targetFromImport(module), nullptr) << module.str();
    EXPECT_TRUE(targetFromImport(module)->hasPsram()) << module.str();
  }
  EXPECT_EQ(targetFromImport("adafruit_matrixportal.matrix"), nullptr) << "of two boards";
  EXPECT_EQ(targetFromImport("adafruit_fruitjam.peripherals.request_display_config"), nullptr)
      << "for any RP2350";
  EXPECT_EQ(targetFromImport("adafruit_qualia_faces"), nullptr);
  EXPECT_EQ(targetFromImport(""), nullptr);
}

} // namespace
} // namespace fraglint
