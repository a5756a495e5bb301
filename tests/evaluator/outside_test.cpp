// What the firmware and its libraries do on their own, and what of it a program sees.
#include "evaluated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

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

} // namespace
} // namespace fraglint
