#include "calibrate/trait_probe.h"

#include "heap/target.h"
#include "lint/target_file.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// One target for each profile.
std::vector<TargetDescription> oneOfEachProfile() {
  std::vector<TargetDescription> all;
  for (const FirmwareProfile &profile : firmwareProfiles())
    all.push_back(TargetDescription::of(*llvm::find_if(
        allTargets(), [&](const Target &target) { return target.profile == &profile; })));
  return all;
}

/// A firmware answers as the model says of it: then the trait is found, whatever was supposed of it
/// before, unless both would answer so.
TEST(TraitProbe, FindsTheTraitsOfEveryProfile) {
  for (const TargetDescription &target : oneOfEachProfile())
    for (const TraitProbe &probe : traitProbes()) {
      TargetDescription supposed = target;
      std::optional<std::string> answer = foretoldAnswer(probe, target);
      if (!answer)
        continue;
      bool isSo = *flagNamed(supposed, probe.key);
      *flagNamed(supposed, probe.key) = !isSo;
      std::optional<bool> found = traitFromAnswer(probe, supposed, *answer);
      if (found)
        EXPECT_EQ(*found, isSo) << target.profile.name.str() << " " << probe.key.str();
      else
        EXPECT_EQ(foretoldAnswer(probe, supposed), answer)
            << target.profile.name.str() << " " << probe.key.str();
    }
}

TEST(TraitProbe, EachTellsOnSomeProfile) {
  llvm::StringSet<> told;
  for (const TargetDescription &target : oneOfEachProfile())
    for (const TraitProbe &probe : traitProbes())
      if (std::optional<std::string> answer = foretoldAnswer(probe, target))
        if (traitFromAnswer(probe, target, *answer))
          told.insert(probe.key);
  for (const TraitProbe &probe : traitProbes())
    EXPECT_TRUE(told.contains(probe.key)) << probe.key.str();
}

TEST(TraitProbe, WhatNeitherWouldAnswerTellsNothing) {
  TargetDescription target = TargetDescription::of(*findTarget("micropython/unix-64"));
  for (const TraitProbe &probe : traitProbes())
    EXPECT_EQ(traitFromAnswer(probe, target, "something else"), std::nullopt);
}

} // namespace
} // namespace fraglint
