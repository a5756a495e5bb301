// In which order tables of keys are gone over whose hash has an address in it.
#include "evaluated.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

constexpr llvm::StringLiteral kPairs =
    "pairs = {('a', 'b'): 1, ('c', 'd'): 2, ('e', 'f'): 3, ('g', 'h'): 4}\n";
constexpr llvm::StringLiteral kPins = "class Pin:\n"
                                      "    def __init__(self, n):\n"
                                      "        self.n = n\n"
                                      "pins = {Pin(n) for n in range(6)}\n";

/// What a program prints of `expression`, behind what comes first.
std::string printedOf(llvm::StringRef before, llvm::StringRef expression) {
  Evaluated program((before + "print(" + expression + ")\n").str());
  EXPECT_EQ(program.evaluation.uncaught, "");
  return program.evaluation.printed;
}

bool isUnknown(llvm::StringRef before, llvm::StringRef expression) {
  return llvm::StringRef(printedOf(before, expression)).contains('?');
}

TEST(TableOrder, TheFirstKeyMayBeAny) {
  Evaluated program((kPairs + "buf = bytearray(1000 * pairs[next(iter(pairs))])\n").str());
  EXPECT_EQ(program.largestOf(2), (Interval{1000, 4000}));
}

TEST(TableOrder, IsOfTuplesNotPrinted) {
  for (llvm::StringRef expression :
       {"pairs", "list(pairs)", "pairs.items()", "tuple(pairs.values())", "set(pairs)",
        "pairs.popitem()", "list(pairs)[-1]", "set(pairs).pop()", "' '.join(k[0] for k in pairs)",
        "[*pairs]", "dict(pairs)", "dict(pairs.items())", "dict.fromkeys(pairs)",
        "[i for i, k in enumerate(pairs) if k[0] == 'a']", "pairs | {('i', 'j'): 5}"})
    EXPECT_TRUE(isUnknown(kPairs, expression)) << expression.str();
}

TEST(TableOrder, IsOfInstancesFunctionsTypesAndNoneNotKnown) {
  EXPECT_TRUE(isUnknown(kPins, "[pin.n for pin in pins]"));
  EXPECT_TRUE(isUnknown("", "[one is len for one in {len, print}]"));
  EXPECT_TRUE(isUnknown("", "[one is int for one in {int, str}]"));
  EXPECT_TRUE(isUnknown("", "{None, 1}"));
  EXPECT_TRUE(isUnknown("", "{frozenset((1, 2)), 3}"));
}

TEST(TableOrder, IsKnownWhereHashesAre) {
  EXPECT_EQ(printedOf("", "{3, 1, 2.5, True}"), "{1, 2.5, 3}\n");
  EXPECT_FALSE(isUnknown("", "{'x': 1, b'y': 2, 7: 3}"));
  EXPECT_FALSE(isUnknown("class Own:\n"
                         "    def __init__(self, n):\n"
                         "        self.n = n\n"
                         "    def __hash__(self):\n"
                         "        return self.n\n",
                         "[own.n for own in {Own(3), Own(1)}]"));
  EXPECT_TRUE(isUnknown("class Own:\n"
                        "    def __init__(self, n):\n"
                        "        self.n = n\n"
                        "    def __hash__(self):\n"
                        "        return hash((self.n, 1))\n",
                        "[own.n for own in {Own(3), Own(1)}]"));
}

TEST(TableOrder, OfOneItemIsKnown) {
  EXPECT_EQ(printedOf("", "{(1, 2): 3}"), "{(1, 2): 3}\n");
  EXPECT_EQ(printedOf("s = {(1, 2), (3, 4)}\ns.remove((3, 4))\n", "s, list(s)"),
            "{(1, 2)} [(1, 2)]\n");
}

TEST(TableOrder, OfAnOrderedDictIsThatOfInsertion) {
  EXPECT_EQ(printedOf("from collections import OrderedDict\n"
                      "d = OrderedDict([((3, 4), 1), ((1, 2), 2)])\n",
                      "list(d)"),
            "[(3, 4), (1, 2)]\n");
  EXPECT_TRUE(isUnknown((kPairs + "from collections import OrderedDict\n").str(),
                        "OrderedDict(pairs).popitem()"));
}

TEST(TableOrder, WhatWasFilledInUnknownOrderHasNoneEither) {
  // Both have the same place in a table of two: who comes first stays there.
  EXPECT_TRUE(isUnknown("d = {('a', 'b'): 1, ('c', 'd'): 7}\n", "set(d.values())"));
}

TEST(TableOrder, DoesNotMatterToWhatLooksAtAll) {
  EXPECT_EQ(printedOf(kPairs, "len(pairs), ('c', 'd') in pairs, pairs[('e', 'f')]"), "4 True 3\n");
  EXPECT_EQ(printedOf(kPairs, "sum(pairs.values()), min(pairs), max(pairs.values())"),
            "10 ('a', 'b') 4\n");
  EXPECT_EQ(printedOf(kPairs, "sorted(pairs)"),
            "[('a', 'b'), ('c', 'd'), ('e', 'f'), ('g', 'h')]\n");
  EXPECT_EQ(printedOf(kPairs, "max(pairs, key=lambda k: pairs[k])"), "('g', 'h')\n");
  EXPECT_EQ(printedOf(kPairs, "sorted(pairs.values(), key=lambda n: -n)"), "[4, 3, 2, 1]\n");
  EXPECT_EQ(printedOf(kPairs, "all(pairs.values()), len(set(pairs) & {('a', 'b')})"), "True 1\n");
  EXPECT_EQ(printedOf(kPairs, "pairs == {('g', 'h'): 4, ('e', 'f'): 3, ('c', 'd'): 2, "
                              "('a', 'b'): 1}, set(pairs) == set(pairs.keys())"),
            "True True\n");
}

TEST(TableOrder, OfAListDoesNotMatterToWhatLooksAtAllEither) {
  EXPECT_TRUE(isUnknown(kPairs, "[pairs[key] for key in pairs][0]"));
  EXPECT_TRUE(isUnknown(kPairs, "list(pairs.values())[0]"));
  EXPECT_TRUE(isUnknown(kPairs, "{pairs[key] * 4 for key in pairs}"));
  EXPECT_EQ(printedOf(kPairs, "sum([pairs[key] for key in pairs if key[0] != 'a'])"), "9\n");
  EXPECT_EQ(printedOf(kPairs, "sorted(list(pairs.values())), len(set([k[0] for k in pairs]))"),
            "[1, 2, 3, 4] 4\n");
  EXPECT_EQ(
      printedOf(std::string(kPairs) + "values = list(pairs.values())\nvalues.sort()\n", "values"),
      "[1, 2, 3, 4]\n");
}

TEST(TableOrder, AListThatWasChangedHasOtherItems) {
  EXPECT_TRUE(isUnknown(std::string(kPairs) + "values = list(pairs.values())\nvalues[0] = 5\n",
                        "sorted(values)"));
  EXPECT_TRUE(isUnknown(std::string(kPairs) + "values = list(pairs.values())\nvalues.pop()\n"
                                              "values.append(2)\n",
                        "sum(values)"));
}

TEST(TableOrder, AComprehensionThatCallsIsGoneThroughInAnyOrder) {
  EXPECT_TRUE(isUnknown(std::string(kPairs) + "seen = []\n"
                                              "def note(key):\n"
                                              "    seen.append(pairs[key])\n"
                                              "    return key\n"
                                              "keys = {note(key) for key in pairs}\n",
                        "seen[0]"));
}

TEST(TableOrder, WhatLeavesBehindInWhichOrderItCameIsNotFollowed) {
  Evaluated program((kPairs + "seen = []\n"
                              "best = max(pairs, key=lambda k: seen.append(k) or pairs[k])\n"
                              "print(seen[0], best)\n")
                        .str());
  EXPECT_FALSE(program.evaluation.isComplete);
  EXPECT_EQ(program.evaluation.printed, "");
}

TEST(TableOrder, AsksForTheSameOfEachOrIsNotKnown) {
  Evaluated same((kPairs + "best = max(pairs, key=lambda k: (pairs[k], 0))\n").str());
  EXPECT_TRUE(same.evaluation.isComplete);
  EXPECT_TRUE(same.largestOf(2).isExact());
  Evaluated other((kPairs + "best = max(pairs, key=lambda k: 'x' * pairs[k] * 40)\n").str());
  EXPECT_FALSE(other.largestOf(2).hasHi());
}

TEST(TableOrder, OfTablesIsThatOfWhatAComprehensionMakesOfThem) {
  EXPECT_EQ(printedOf(kPairs, "sorted([v for k, v in pairs.items() if v > 2]), "
                              "sum([v for v in [pairs[k] for k in pairs]])"),
            "[3, 4] 10\n");
}

TEST(TableOrder, OfTablesIsThatOfWhatAnExpressionGivesOneByOne) {
  EXPECT_EQ(printedOf(kPairs, "sorted(key[0] for key in pairs if pairs[key] != 2), "
                              "max(pairs[key] for key in pairs), len(set(k[1] for k in pairs))"),
            "['a', 'e', 'g'] 4 4\n");
  EXPECT_TRUE(isUnknown(kPairs, "list(key[0] for key in pairs)"));
  EXPECT_TRUE(
      isUnknown((kPairs + "keys = (key for key in pairs)\nnext(keys)\n").str(), "sorted(keys)"));
}

TEST(TableOrder, AnIteratorGoesOnBehindTheItemThatDecides) {
  EXPECT_TRUE(isUnknown((kPairs + "it = iter(pairs)\nany(it)\n").str(), "next(it)"));
  EXPECT_EQ(printedOf((kPairs + "it = iter(pairs)\nany(it)\n").str(), "len(next(it))"), "2\n");
}

TEST(TableOrder, OfEqualItemsTheFirstStays) {
  std::string values = "d = {('a', 'b'): 1, ('c', 'd'): True, ('e', 'f'): 1.0}\n"
                       "v = list(d.values())\n";
  EXPECT_EQ(printedOf(values, "len(set(v))"), "1\n");
  EXPECT_TRUE(isUnknown(values, "sorted(set(v))"));
  EXPECT_TRUE(isUnknown(values, "sorted(dict.fromkeys(v))"));
}

TEST(TableOrder, WhatIsAddedBeforeOthersAreRemovedNeedsRoom) {
  Evaluated program("s = {('x', 1), ('y', 2)}\n"
                    "s ^= {('x', 1), ('y', 2), ('z', 3), ('w', 4)}\n");
  EXPECT_FALSE(program.largestOf(2).isExact());
}

TEST(TableOrder, DecidesAmongEqualOnes) {
  EXPECT_TRUE(isUnknown(kPairs, "max(pairs, key=lambda k: len(k))"));
  EXPECT_TRUE(isUnknown(kPairs, "sorted(pairs, key=lambda k: pairs[k] // 2)"));
  EXPECT_TRUE(isUnknown(kPairs, "sorted(pairs, key=lambda k: pairs[k] // 2, reverse=True)"));
}

TEST(TableOrder, ALoopGoesRoundOnceForEach) {
  Evaluated program((kPairs + "n = 0\n"
                              "for key in pairs:\n"
                              "    n += 1\n"
                              "    buf = bytearray(100)\n"
                              "    row = bytearray(100 * pairs[key])\n"
                              "print(n)\n")
                        .str());
  EXPECT_EQ(program.evaluation.printed, "4\n");
  EXPECT_EQ(program.requestsOf(5).size(), 8U); // each a header and its bytes
  EXPECT_EQ(program.largestOf(5), Interval::exactly(100));
  EXPECT_EQ(program.largestOf(6), (Interval{100, 400}));
}

TEST(TableOrder, TwoItemsAreNotTakenForTheSame) {
  EXPECT_NE(printedOf(kPairs, "[a == b for a, b in zip(pairs, list(pairs)[1:])]"),
            "[True, True, True]\n");
}

TEST(TableOrder, ATableGrowsAsItDoes) {
  Evaluated tuples("d = {}\n"
                   "for n in range(40):\n"
                   "    d[(n, 0)] = n\n");
  Evaluated ints("d = {}\n"
                 "for n in range(40):\n"
                 "    d[n] = n\n");
  EXPECT_EQ(tuples.largestOf(3), ints.largestOf(3));
  EXPECT_TRUE(tuples.largestOf(3).isExact());
}

TEST(TableOrder, OfJsonIsNotKnown) {
  EXPECT_TRUE(isUnknown("import json\nd = {None: 1, 'a': 2}\n", "json.dumps(d)"));
  EXPECT_FALSE(isUnknown("import json\nd = {'b': 1, 'a': 2}\n", "json.dumps(d)"));
}

} // namespace
} // namespace fraglint
