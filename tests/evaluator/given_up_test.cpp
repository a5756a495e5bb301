// Where the evaluation gives up, what may still run is not known.
#include "evaluated.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

struct GivenUp {
  GivenUp(llvm::StringRef code, EvaluationLimits limits)
      : module(std::make_unique<Module>(Parsed(code).tree)),
        evaluation(evaluate(*module, *findTarget("micropython/unix-32"), limits)) {}

  /// Whether it is said that something of that line is not known.
  bool isOpen(uint32_t line) const {
    return llvm::any_of(evaluation.sites, [&](const SiteCost &site) {
      return site.site && !site.reason.empty() &&
             module->tree().file().lines().lineAt(site.site.range().begin) + 1 == line;
    });
  }

  std::unique_ptr<const Module> module;
  Evaluation evaluation;
};

TEST(GivenUp, TheRestOfEachFunctionUnderWayIsNotKnown) {
  EvaluationLimits limits;
  limits.steps = 2000;
  GivenUp program("def later():\n"
                  "    return bytearray(701)\n"
                  "def never():\n"
                  "    return bytearray(702)\n"
                  "def count():\n"
                  "    first = bytearray(9)\n"
                  "    for i in range(100000):\n"
                  "        if i > 90000:\n"
                  "            row = bytearray(i)\n"
                  "    last = later()\n"
                  "def items():\n"
                  "    yield 1\n"
                  "    page = bytearray(703)\n"
                  "steps = items()\n"
                  "next(steps)\n"
                  "count()\n"
                  "page = bytearray(704)\n",
                  limits);
  EXPECT_TRUE(program.isOpen(2));
  EXPECT_FALSE(program.isOpen(4));
  EXPECT_FALSE(program.isOpen(6));
  EXPECT_TRUE(program.isOpen(9));
  EXPECT_TRUE(program.isOpen(10));
  EXPECT_TRUE(program.isOpen(13));
  EXPECT_FALSE(program.isOpen(14));
  EXPECT_TRUE(program.isOpen(17));
}

TEST(GivenUp, CallsThatAreNestedTooDeeplyAreNotKnown) {
  EvaluationLimits limits;
  limits.callDepth = 20;
  GivenUp program("def leaf():\n"
                  "    return bytearray(701)\n"
                  "def down(depth):\n"
                  "    if depth == 0:\n"
                  "        return leaf()\n"
                  "    return down(depth - 1)\n"
                  "down(100)\n",
                  limits);
  EXPECT_TRUE(program.isOpen(2));
}

TEST(GivenUp, WaysThatAreTooManyAreNotKnown) {
  EvaluationLimits limits;
  limits.uncertainSteps = 300;
  GivenUp program("import machine\n"
                  "pin = machine.Pin(1)\n"
                  "def one():\n"
                  "    total = 0\n"
                  "    for i in range(100):\n"
                  "        total += i\n"
                  "class Two:\n"
                  "    def run(self):\n"
                  "        return bytearray(701)\n"
                  "[one, Two().run][pin.value()]()\n",
                  limits);
  EXPECT_TRUE(program.isOpen(9));
}

TEST(GivenUp, WhatARecursionChangedThatMayGoOnIsNotKnownBehindIt) {
  GivenUp program("import random\n"
                  "found = []\n"
                  "def walk(n):\n"
                  "    found.append(n)\n"
                  "    if random.getrandbits(1): walk(n)\n"
                  "walk(1)\n"
                  "data = bytearray(len(found) * 100)\n",
                  {});
  EXPECT_TRUE(program.isOpen(4));
  EXPECT_TRUE(program.isOpen(7));
  EXPECT_FALSE(program.evaluation.isExact);
}

TEST(GivenUp, ARecursionWhoseTestsAreKnownIsFollowed) {
  GivenUp program("found = []\n"
                  "def walk(n):\n"
                  "    found.append(n)\n"
                  "    if n: walk(n - 1)\n"
                  "walk(3)\n"
                  "data = bytearray(len(found) * 100)\n",
                  {});
  EXPECT_FALSE(program.isOpen(6));
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(GivenUp, AGeneratorMayGoOnBehindTheItemThatDecided) {
  GivenUp program("import random\n"
                  "def bits():\n"
                  "    for i in range(3):\n"
                  "        yield random.getrandbits(1)\n"
                  "some = bits()\n"
                  "any(some)\n"
                  "for one in some:\n"
                  "    data = bytearray(500)\n",
                  {});
  EXPECT_TRUE(llvm::any_of(program.evaluation.sites, [](const SiteCost &site) {
    return site.largest.hi >= 500 && site.largest.hi < 600;
  }));
}

} // namespace
} // namespace fraglint
