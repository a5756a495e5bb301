#include "semantic/contract.h"
#include "support/parsed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// `line: kind lo..hi` of each contract that counts, by the line (from 1) its statement starts on.
std::vector<std::string> contractsIn(llvm::StringRef code,
                                     llvm::ArrayRef<Assumption> assumptions = {}) {
  constexpr llvm::StringLiteral kNames[] = {"len", "size", "fixed", "no-alloc"};
  Parsed parsed(code);
  std::vector<std::string> found;
  Contracts contracts(*parsed.tree, assumptions);
  for (const Contract &contract : contracts.all()) {
    uint32_t line = parsed.tree->file().lines().lineAt(contract.statement.range().begin) + 1;
    std::string text = std::to_string(line) + ": " + kNames[static_cast<int>(contract.kind)].str();
    if (contract.kind == ContractKind::Length || contract.kind == ContractKind::Size)
      text += " " + std::to_string(contract.amount.lo) + ".." + std::to_string(contract.amount.hi);
    found.push_back(text);
  }
  return found;
}

std::vector<std::string> faultsIn(llvm::StringRef code) {
  Parsed parsed(code);
  std::vector<std::string> faults;
  Contracts contracts(*parsed.tree);
  for (const Contract &contract : contracts.faulty())
    faults.push_back(contract.fault);
  return faults;
}

TEST(Contracts, HoldForTheStatementBesideOrBelow) {
  EXPECT_THAT(contractsIn("a = read()  # fraglint: len<=64 as the protocol says\n"
                          "# fraglint: size = 4_096\n"
                          "\n"
                          "b = make(\n"
                          "    1)\n"
                          "c = []  # keep  # fraglint: fixed\n"),
              ElementsAre("1: len 0..64", "4: size 4096..4096", "6: fixed"));
}

TEST(Contracts, StandBesideOthersInTheSameComment) {
  EXPECT_THAT(contractsIn("a = []  # fraglint: fixed  # fraglint: ignore[FRG401] a ring"
                          "  # fraglint: size<=400\n"),
              ElementsAre("1: fixed", "1: size 0..400"));
}

TEST(Contracts, StandAtEitherEndOfAStatementButNotInABody) {
  EXPECT_THAT(contractsIn("a = make(\n"
                          "    1,\n"
                          "    2)  # fraglint: len=0x10\n"
                          "for line in read():  # fraglint: len<=80\n"
                          "    use(line)\n"),
              ElementsAre("1: len 16..16", "4: len 0..80"));
}

TEST(Contracts, ForbidAllocationInFunctionsAndLoops) {
  EXPECT_THAT(contractsIn("# fraglint: no-alloc\n"
                          "@micropython.native\n"
                          "def on_pulse(pin):\n"
                          "    pass\n"
                          "while True:  # fraglint: no-alloc\n"
                          "    pass\n"),
              ElementsAre("3: no-alloc", "5: no-alloc"));
  EXPECT_THAT(faultsIn("x = 1  # fraglint: no-alloc\n"), ElementsAre(HasSubstr("`def`")));
}

TEST(Contracts, NameTheNearestSpellingWhereTheyCannotBeRead) {
  auto spelling = [](llvm::StringRef comment) {
    std::vector<std::string> faults = faultsIn(("x = f()  # fraglint: " + comment + "\n").str());
    EXPECT_EQ(faults.size(), 1U) << comment.str();
    return faults.empty() ? "" : faults[0].substr(faults[0].find('`'));
  };
  EXPECT_EQ(spelling("len<64"), "`# fraglint: len<=63`");
  EXPECT_EQ(spelling("len 64"), "`# fraglint: len<=64`");
  EXPECT_EQ(spelling("len==12"), "`# fraglint: len<=12`");
  EXPECT_EQ(spelling("size: 2048"), "`# fraglint: size=2048`");
  EXPECT_EQ(spelling("size<=2k"), "`# fraglint: size<=2048`");
  EXPECT_EQ(spelling("size"), "`# fraglint: size=4096`");
  EXPECT_EQ(spelling("len=-1"), "`# fraglint: len<=1`");
  EXPECT_EQ(spelling("fixed=12"), "`# fraglint: fixed`");
  EXPECT_THAT(faultsIn("x = 1\n# fraglint: len<=64\n"), ElementsAre(HasSubstr("no statement")));
}

TEST(Contracts, AreSaidOnTheCommandLineToo) {
  auto assumed = [](llvm::StringRef file) {
    return contractsIn("a = 1\nb = read()\n", Assumption{file.str(), 2, 64});
  };
  std::string path = Parsed("").tree->file().path().str();
  EXPECT_THAT(assumed(path), ElementsAre("2: len 0..64"));
  EXPECT_THAT(assumed("./" + path), ElementsAre("2: len 0..64"));
  EXPECT_THAT(assumed("other.py"), IsEmpty());
  Assumption one{"code.py", 1, 1};
  EXPECT_TRUE(one.isAbout("code.py"));
  EXPECT_TRUE(one.isAbout("firmware/code.py"));
  EXPECT_FALSE(one.isAbout("firmware/barcode.py"));
  EXPECT_TRUE((Assumption{"lib/a.py", 1, 1}).isAbout("firmware/lib/a.py"));
  EXPECT_FALSE((Assumption{"lib/a.py", 1, 1}).isAbout("a.py"));
}

TEST(Contracts, StatementsStandOnTheirFirstAndLastLines) {
  EXPECT_THAT(statementLines(*Parsed("x = (\n 1,\n 2)\n\nif x:\n    y = 2\n").tree),
              ElementsAre(1, 3, 5, 6));
}

} // namespace
} // namespace fraglint
