/// Bytes worked out by hand: a bytearray's data is one run of its length.

#include "lint/program_growth.h"
#include "support/analysed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// `contiguous 7680`, `live 7680`: what grew, and by how much at the least.
std::vector<std::string> growth(llvm::StringRef before, llvm::StringRef now) {
  Analysed old(before), present(now);
  std::vector<std::string> words;
  for (const ProgramGrowth &one :
       programGrowth(old.module, present.module, present.heap.target(), EvaluationLimits()))
    words.push_back((one.figure == ProgramGrowth::Figure::Contiguous ? "contiguous " : "live ") +
                    std::to_string(one.bytes));
  return words;
}

TEST(ProgramGrowth, IsWhatIsAskedForBeyondTheMostOfBefore) {
  EXPECT_THAT(growth("import board\na = bytearray(512)\n", "import board\na = bytearray(8192)\n"),
              ElementsAre("contiguous 7680", testing::StartsWith("live ")));
  EXPECT_THAT(growth("import board\na = bytearray(8192)\n", "import board\na = bytearray(512)\n"),
              IsEmpty());
  EXPECT_THAT(growth("import board\na = bytearray(512)\n", "import board\nb = bytearray(512)\n"),
              IsEmpty());
}

/// What is in use grew, and no request did: by 2,064 bytes, of which some may have been in use
/// before.
TEST(ProgramGrowth, MayBeOfWhatIsInUseAlone) {
  EXPECT_THAT(growth("import board\na = bytearray(2048)\n",
                     "import board\na = bytearray(2048)\nb = bytearray(2048)\n"),
              ElementsAre(testing::StartsWith("live 1")));
}

/// From 512 to 4,096 bytes before, and from 2,048 to 4,096 now.
TEST(ProgramGrowth, IsNotSureWhereItMayHaveBeenAsMuch) {
  EXPECT_THAT(growth("import board\na = bytearray(512 if board.board_id == 'x' else 4096)\n",
                     "import board\na = bytearray(2048 if board.board_id == 'x' else 4096)\n"),
              IsEmpty());
}

/// Texts from a serial line have no bound: what is sure of both is compared.
TEST(ProgramGrowth, IsOfTheLeastWhereNothingBoundsTheMost) {
  std::string open = "import board\nuart = board.UART()\nwhile True:\n    data = uart.read()\n";
  EXPECT_THAT(growth(open, open), IsEmpty());
  std::vector<std::string> grown =
      growth(open, "import board\nuart = board.UART()\nframe = bytearray(20000)\nwhile True:\n"
                   "    data = uart.read()\n");
  ASSERT_FALSE(grown.empty());
  EXPECT_THAT(grown.front(), testing::StartsWith("contiguous 1"));
}

} // namespace
} // namespace fraglint
