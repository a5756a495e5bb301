#include "lint/nearest_name.h"
#include "lint/required_version.h"
#include "lint/rule_registry.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(RuleRegistry, FindsByCodeAndNameInAnyCase) {
  ASSERT_NE(findRule("FRG103"), nullptr);
  EXPECT_EQ(findRule("frg103"), findRule("Buffer-In-Loop"));
  EXPECT_EQ(findRule("FRG1"), nullptr);
}

TEST(RuleRegistry, SelectorsMeanSeveral) {
  EXPECT_EQ(rulesMatching("ALL").size(), allRules().size());
  EXPECT_EQ(rulesMatching("FRG").size(), allRules().size());
  EXPECT_GE(rulesMatching("FRG00").size(), 3U);
  EXPECT_EQ(rulesMatching("buffer-in-loop").size(), 1U);
  EXPECT_TRUE(rulesMatching("buffer").empty());
  EXPECT_TRUE(rulesMatching("").empty());
}

TEST(RuleRegistry, NamesTheNearest) {
  EXPECT_EQ(nearestRule("buffer-in-lop"), "buffer-in-loop");
  EXPECT_EQ(nearestRule("FRG1O3"), "FRG103");
  EXPECT_EQ(nearestRule("something-else-entirely"), "");
}

TEST(NearestName, ShortWordsMayHaveOneSlip) {
  EXPECT_EQ(nearestName("txet", {"text", "json"}), "");
  EXPECT_EQ(nearestName("tex", {"text", "json"}), "text");
  EXPECT_EQ(nearestName("JSON", {"text", "json"}), "json");
}

TEST(RequiredVersion, ComparesLikePythonPackaging) {
  auto holds = [](llvm::StringRef wanted) {
    return llvm::cantFail(versionSatisfies("0.2.1", wanted));
  };
  EXPECT_TRUE(holds(">=0.2"));
  EXPECT_TRUE(holds("0.2.1"));
  EXPECT_TRUE(holds(">0.1, <1"));
  EXPECT_TRUE(holds("!=0.2.0"));
  EXPECT_FALSE(holds("<0.2.1"));
  EXPECT_FALSE(holds(">=0.1,<=0.2"));
  EXPECT_FALSE(holds("==0.2"));
  EXPECT_TRUE(holds("~=0.2.0"));
  EXPECT_TRUE(holds("~=0.1"));
  EXPECT_FALSE(holds("~=0.1.9"));
  EXPECT_FALSE(holds("~=0.2.2"));
  EXPECT_TRUE(holds("==0.2.*"));
  EXPECT_FALSE(holds("!=0.*"));
  EXPECT_TRUE(holds("!=0.1.*, >=0.2"));
  for (llvm::StringRef wrong : {"~=1", ">=0.2.*", "0.2.*", "latest", ">=0.1 <1"})
    EXPECT_FALSE(bool(llvm::expectedToOptional(versionSatisfies("0.2.1", wrong)))) << wrong.str();
  EXPECT_FALSE(bool(llvm::expectedToOptional(versionSatisfies("0.2.1", "~0.2"))));
  EXPECT_FALSE(bool(llvm::expectedToOptional(versionSatisfies("0.2.1", ""))));
}

} // namespace
} // namespace fraglint
