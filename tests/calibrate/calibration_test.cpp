#include "calibrate/calibration.h"

#include "calibrate/trait_probe.h"
#include "evaluator/evaluation.h"
#include "evaluator/target_heap.h"
#include "lint/program_loader.h"
#include "lint/target_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

/// Of a firmware for boards with words of four bytes.
CalibrationAnswers boardAnswers() {
  CalibrationAnswers answers;
  answers["implementation"] = "micropython";
  answers["version"] = "1 23 0";
  answers["platform"] = "rp2";
  answers["machine"] = "Some Board with RP2040";
  answers["block-bytes"] = "32";
  answers["float-bytes"] = "16";
  answers["doubles"] = "False";
  answers["big-ints"] = "True";
  answers["largest-hash"] = "213";
  answers["frame-bytes"] = "112";
  answers["collected-bytes"] = "640";
  answers["threshold"] = "-1";
  answers["eight-bytes-end"] = "16";
  answers["free"] = "190000";
  answers["main-names"] = "3";
  answers["main-slots"] = "4";
  answers["heap-info"] =
      "mem: total=1\nGC: total: 64512, used: 1000, free: 63000\n No. of 1-blocks";
  answers["grown-info"] =
      "mem: total=1\nGC: total: 64512, used: 1000, free: 63000\n No. of 1-blocks";
  return answers;
}

TEST(Calibration, TakesWhatWasMeasured) {
  Calibration found = llvm::cantFail(calibrationFrom(boardAnswers(), 0));
  const FirmwareProfile &profile = found.target.profile;
  EXPECT_EQ(found.firmware, "micropython 1.23 on Some Board with RP2040");
  EXPECT_EQ(profile.family, FirmwareFamily::MicroPython);
  EXPECT_EQ(profile.version, 123);
  EXPECT_EQ(profile.wordBytes, 4);
  EXPECT_EQ(profile.floats, FloatKind::Boxed32);
  EXPECT_EQ(profile.nameHashBytes, 1);
  EXPECT_EQ(profile.mainNames, 3);
  EXPECT_EQ(profile.mainSlots, 4);
  EXPECT_FALSE(profile.hasPystack);
  EXPECT_TRUE(profile.hasBigInts);
  EXPECT_EQ(profile.traits.mostAlignment, 8);
  EXPECT_FALSE(profile.traits.isUnixPort);
  EXPECT_EQ(found.target.heapBytes, Interval::exactly(190000));
  EXPECT_EQ(found.target.provenance, Provenance::Measured);
  EXPECT_FALSE(found.target.heap.grows);
  EXPECT_TRUE(found.target.heap.hasThreshold);
  EXPECT_EQ(found.target.heap.thresholdAtStart, 0);
  EXPECT_FALSE(found.assumed.contains("firmware.word-bytes"));
}

/// Of the areas with that pool the one that was chosen, or whole KiB; else the smallest.
TEST(Calibration, FindsTheAreaOfThePool) {
  auto areaOf = [](const char *pool, uint64_t chosen) {
    CalibrationAnswers answers = boardAnswers();
    answers["heap-info"] = answers["grown-info"] = std::string("GC: total: ") + pool;
    return llvm::cantFail(calibrationFrom(answers, chosen)).target.areasAtStart.front();
  };
  OwnedTarget target(llvm::cantFail(calibrationFrom(boardAnswers(), 0)).target);
  auto poolOf = [&](int64_t area) { return oneAreaOf(target.target(), area).poolBytes(area); };
  ASSERT_EQ(poolOf(65536), 64512U);
  EXPECT_EQ(areaOf("64512", 0), 65536);
  ASSERT_EQ(poolOf(65540), 64512U);
  EXPECT_EQ(areaOf("64512", 65540), 65540);
  int64_t least = areaOf("64448", 0);
  EXPECT_EQ(poolOf(least), 64448U);
  EXPECT_LT(poolOf(least - 1), 64448U);
  EXPECT_EQ(areaOf("64448", 65536), least) << "which has another pool";
}

TEST(Calibration, AHeapThatGrowsSaysHowMuch) {
  CalibrationAnswers answers = boardAnswers();
  answers["heap-info"] = "GC: total: 64512, used: 1000, free: 63000, max new split: 110000";
  answers["grown-info"] = "GC: total: 132000, used: 1000, free: 131000, max new split: 40000";
  Calibration found = llvm::cantFail(calibrationFrom(answers, 0));
  EXPECT_TRUE(found.target.heap.grows);
  EXPECT_EQ(found.target.heap.mostNewArea, 0) << "what is free outside";
  answers["grown-info"] = "GC: total: 132000, used: 1000, free: 131000, max new split: 110000";
  EXPECT_EQ(llvm::cantFail(calibrationFrom(answers, 0)).target.heap.mostNewArea, 110000);
}

/// 1.23 is no profile: what no probe told is as in the firmware of that version.
TEST(Calibration, AssumesWhatTheVersionHas) {
  Calibration found = llvm::cantFail(calibrationFrom(boardAnswers(), 0));
  EXPECT_TRUE(found.target.profile.traits.foldsTuples);
  EXPECT_FALSE(found.target.profile.traits.foldsFloats);
  EXPECT_TRUE(found.assumed.contains("traits.folds-floats"));
  CalibrationAnswers answers = boardAnswers();
  answers["traits.folds-floats"] = "0"; // a build of its own
  found = llvm::cantFail(calibrationFrom(answers, 0));
  EXPECT_TRUE(found.target.profile.traits.foldsFloats);
  EXPECT_FALSE(found.assumed.contains("traits.folds-floats"));
}

TEST(Calibration, WhatIsNotMeasuredIsMarkedInTheFile) {
  Calibration found = llvm::cantFail(calibrationFrom(boardAnswers(), 0));
  std::string text = targetText(found.target, found.assumed);
  EXPECT_THAT(text, HasSubstr("\nword-bytes = 4\n"));
  EXPECT_THAT(text, HasSubstr("\nfolds-floats = false # assumed\n"));
}

TEST(Calibration, AFirmwareThatSaysNothingIsNone) {
  CalibrationAnswers answers = boardAnswers();
  answers.erase("version");
  EXPECT_THAT(llvm::toString(calibrationFrom(answers, 0).takeError()),
              HasSubstr("does not say which firmware it has"));
  answers = boardAnswers();
  answers.erase("block-bytes");
  EXPECT_THAT(llvm::toString(calibrationFrom(answers, 0).takeError()), HasSubstr("block"));
}

// --- On engines ---

struct Engine {
  const char *device;
  const char *shipped;
};

class EngineCalibration : public testing::TestWithParam<Engine> {};

std::vector<std::tuple<EventKind, int64_t, int64_t, bool>>
requestsOf(const Evaluation &evaluation) {
  std::vector<std::tuple<EventKind, int64_t, int64_t, bool>> all;
  all.reserve(evaluation.log.events.size());
  for (const HeapEvent &event : evaluation.log.events)
    all.emplace_back(event.kind, event.bytes.lo, event.bytes.hi, event.mayNotHappen);
  return all;
}

/// From nothing but answers, to the estimates of the target that was made by hand.
TEST_P(EngineCalibration, EstimatesAreThoseOfTheShippedTarget) {
  auto address = llvm::cantFail(DeviceAddress::parse(GetParam().device));
  llvm::Expected<DeviceSource> source = DeviceSource::at(address);
  ASSERT_TRUE(bool(source)) << llvm::toString(source.takeError());
  llvm::Expected<CalibrationAnswers> answers = askDevice(*source);
  if (!answers)
    GTEST_SKIP() << llvm::toString(answers.takeError());
  Calibration found = llvm::cantFail(calibrationFrom(*answers, address.heapBytes));
  OwnedTarget calibrated(found.target);
  const Target &shipped = *findTarget(GetParam().shipped);
  for (const char *name : {"big_integers", "event_queue_list", "exceptions_nested", "float_filters",
                           "fstring_status", "generator_send", "packet_builder", "struct_log"}) {
    std::string path = FRAGLINT_SOURCE_DIR "/corpus/heap/closed/" + std::string(name) + ".py";
    auto program = llvm::cantFail(loadProgram(path, 1 << 20));
    Evaluation wanted = evaluate(*program, shipped, EvaluationLimits());
    Evaluation got = evaluate(*program, calibrated.target(), EvaluationLimits());
    EXPECT_EQ(requestsOf(got), requestsOf(wanted)) << name;
    EXPECT_EQ(got.printed, wanted.printed) << name;
    EXPECT_EQ(got.keptByLoad, wanted.keptByLoad) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, EngineCalibration,
                         testing::Values(Engine{"unix:64k", "micropython/unix-64"},
                                         Engine{"unix32:64k", "micropython/unix-32-1.25"},
                                         Engine{"node:micropython", "micropython/webassembly"},
                                         Engine{"qemu:microbit", "micropython/microbit"}),
                         [](const testing::TestParamInfo<Engine> &engine) {
                           return llvm::StringRef(engine.param.device).split(':').first.str();
                         });

} // namespace
} // namespace fraglint
