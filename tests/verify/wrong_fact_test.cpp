/// A fact of the model that is made wrong on purpose is caught by a real heap.

#include "device/engine.h"
#include "measure/heap_probe.h"
#include "support/parsed.h"
#include "verify/verification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

constexpr llvm::StringLiteral kProgram = "a = 1.5\n"
                                         "b = c = d = None\n"
                                         "b = a * 2\n"
                                         "c = [a] * 20\n"
                                         "d = len(c)\n";

/// A way to change one fact of a firmware.
struct WrongFact {
  const char *name;
  void (*spoil)(FirmwareProfile &);
  friend std::ostream &operator<<(std::ostream &os, const WrongFact &one) { return os << one.name; }
};

class WrongFactTest : public testing::TestWithParam<WrongFact> {
protected:
  void SetUp() override {
    DeviceAddress address = llvm::cantFail(DeviceAddress::parse("unix:64k"));
    if (auto command = engineCommand(address, engineRoots()); !command)
      GTEST_SKIP() << llvm::toString(command.takeError());
    DeviceSource source = llvm::cantFail(DeviceSource::at(address));
    measured_ = llvm::cantFail(measureProgram(source, *tree_, {}));
  }
  Verification verified(const Target &target) const {
    Module module(tree_);
    return verify(module, evaluate(module, target, EvaluationLimits()), measured_, {});
  }

  std::shared_ptr<const SyntaxTree> tree_ = Parsed(kProgram).tree;
  Measurement measured_;
  Target target_ = *findTarget("micropython/unix-64");
};

TEST_P(WrongFactTest, IsOutside) {
  EXPECT_TRUE(verified(target_).holds());
  FirmwareProfile wrong = *target_.profile;
  GetParam().spoil(wrong);
  target_.profile = &wrong;
  EXPECT_FALSE(verified(target_).holds());
}

INSTANTIATE_TEST_SUITE_P(
    Facts, WrongFactTest,
    testing::Values(WrongFact{"Word", [](FirmwareProfile &one) { one.wordBytes = 4; }},
                    WrongFact{"Floats",
                              [](FirmwareProfile &one) { one.floats = FloatKind::Word30; }},
                    WrongFact{"SlotsOfMain", [](FirmwareProfile &one) { one.mainSlots *= 2; }}),
    [](const testing::TestParamInfo<WrongFact> &fact) { return fact.param.name; });

} // namespace
} // namespace fraglint
