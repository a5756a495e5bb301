#include "evaluator/evaluated.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

// What programs of makers do that is not in the corpus.

/// Ten numbers that are not known.
constexpr llvm::StringLiteral kReadings = "import random\n"
                                          "values = [random.randint(0, 9) for _ in range(10)]\n";

TEST(UnknownWays, ACharacterThatIsNotKnownMayNeedRoomForItsName) {
  Evaluated program((kReadings + "text = 'a long enough text'\n"
                                 "one = text[values[0]]\n")
                        .str());
  unsigned names = 0;
  for (const HeapEvent &event : program.evaluation.log.events)
    if (NameTable::isOfNames(event)) {
      EXPECT_EQ(program.lineOf(event.site), 4U);
      EXPECT_TRUE(event.mayNotHappen);
      ++names;
    }
  EXPECT_EQ(names, 1U);
}

} // namespace
} // namespace fraglint
