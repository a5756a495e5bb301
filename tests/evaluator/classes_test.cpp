// Classes of the program, and their objects.
#include "evaluated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string printedBy(llvm::StringRef code) { return Evaluated(code).evaluation.printed; }

TEST(Classes, ClassesInstancesAndClosures) {
  EXPECT_THAT(Evaluated("class A:\n    pass\na = A()\n").requestsOf(3), Contains(16));
  Evaluated closure(
      "def outer(n):\n    def inner():\n        return n\n    return inner\nf = outer(1)\n");
  EXPECT_THAT(closure.requestsOf(2), testing::ElementsAre(16, 16)); // function, then closure
  EXPECT_THAT(closure.requestsOf(5), Contains(8));                  // the cell, at the call
}

TEST(Classes, OperatorsOfClassesAnswerAsTheFirmwareTakesThem) {
  EXPECT_EQ(printedBy("class C:\n"
                      "    def __sub__(self, other):\n"
                      "        return NotImplemented\n"
                      "    def __contains__(self, x):\n"
                      "        return x\n"
                      "    def __ne__(self, other):\n"
                      "        return 'other'\n"
                      "    @staticmethod\n"
                      "    def __getitem__(i):\n"
                      "        return i + 1\n"
                      "    @classmethod\n"
                      "    def __add__(cls, other):\n"
                      "        return cls.__name__ + other\n"
                      "    take = abs\n"
                      "    def m(self):\n"
                      "        pass\n"
                      "c = C()\n"
                      "try:\n"
                      "    c - 1\n"
                      "except TypeError as e:\n"
                      "    print(e)\n"
                      "print(5 in c, '' in c, c != 1, c[2], c + '!', c.take(-3))\n"
                      "print(c.m == c.m, c.m == C().m)\n"),
            "unsupported types for __sub__: 'C', 'int'\n"
            "True False other 3 C! 3\nTrue False\n");
}

TEST(Classes, SuperFindsClassMethodsToo) {
  EXPECT_EQ(printedBy("class A:\n"
                      "    @classmethod\n"
                      "    def f(cls):\n"
                      "        return 'A' + cls.__name__\n"
                      "    @staticmethod\n"
                      "    def g(x):\n"
                      "        return x\n"
                      "class B(A):\n"
                      "    @classmethod\n"
                      "    def f(cls):\n"
                      "        return super(B, cls).f()\n"
                      "    def h(self):\n"
                      "        return super(B, self).g(4)\n"
                      "print(B.f(), B().f(), B().h())\n"),
            "AB AB 4\n");
}

TEST(Classes, ComparisonsAreNotAskedTheOtherWayRound) {
  EXPECT_EQ(printedBy("class T:\n"
                      "    def __lt__(self, other):\n"
                      "        return True\n"
                      "    def __eq__(self, other):\n"
                      "        return other == 3\n"
                      "class S(str):\n"
                      "    pass\n"
                      "print(T() < 1, 3 == T(), 4 == T(), 'a' == S('a'))\n"
                      "for pair in ((T(), T()), (1, T()), ([0, T()], [0, 4])):\n"
                      "    try:\n"
                      "        print(pair[0] > pair[1])\n"
                      "    except TypeError as e:\n"
                      "        print(e)\n"),
            "True True False True\n"
            "unsupported types for __gt__: 'T', 'T'\n"
            "unsupported types for __gt__: 'int', 'T'\n"
            "unsupported types for __gt__: 'T', 'int'\n");
}

TEST(Classes, MethodsOfANativeBaseWorkOnItsObject) {
  EXPECT_EQ(printedBy("class D(dict):\n"
                      "    def __init__(self, make):\n"
                      "        super().__init__()\n"
                      "        self.make = make\n"
                      "    def __getitem__(self, key):\n"
                      "        if key not in self:\n"
                      "            self[key] = self.make()\n"
                      "        return super().__getitem__(key)\n"
                      "    def __delitem__(self, key):\n"
                      "        print('del', key)\n"
                      "        super().__delitem__(key)\n"
                      "d = D(list)\n"
                      "d['a'].append(1)\n"
                      "d['b'].append(2)\n"
                      "del d['b']\n"
                      "print(d, len(d))\n"),
            "del b\n{'a': [1]} 1\n");
}

TEST(Classes, AConstructorReturnsNothing) {
  EXPECT_EQ(printedBy("class C:\n"
                      "    def __init__(self):\n"
                      "        return 10\n"
                      "try:\n"
                      "    C()\n"
                      "except TypeError as e:\n"
                      "    print(e)\n"),
            "__init__() should return None, not 'int'\n");
}

TEST(Classes, ClassesOfTwoNativeBasesAreRefused) {
  EXPECT_EQ(printedBy("class Broken(Exception): pass\n"
                      "try:\n"
                      "    class Worse(Broken, ValueError): pass\n"
                      "except TypeError as e:\n"
                      "    print(e)\n"),
            "multiple bases have instance lay-out conflict\n");
}

TEST(Classes, WhatAConstructorDoesNotMakeOfItsBaseIsMadeOfAllArguments) {
  EXPECT_EQ(printedBy("from collections import namedtuple\n"
                      "class Lost(Exception):\n"
                      "    def __init__(self, code):\n"
                      "        self.code = code\n"
                      "print(Lost(7).args)\n"
                      "class Point(namedtuple('Pair', 'x y')):\n"
                      "    def sum(self):\n"
                      "        return self.x + self.y\n"
                      "print(Point(3, 4).sum(), tuple(Point(1, 2)))\n"),
            "(7,)\n7 (1, 2)\n");
}

TEST(Classes, DecoratorsOfABrokenDefinitionAreNotCalled) {
  Evaluated program("def named(path):\n"
                    "    print(path)\n"
                    "@named('p')\n"
                    "def picture(req#uest):\n"
                    "    print(1)\n"
                    "w = 1\n"
                    "    print(2)\n"
                    "def after(client):\n"
                    "    print(3)\n"
                    "print('end')\n");
  EXPECT_THAT(program.evaluation.printed, EndsWith("end\n"));
  EXPECT_THAT(program.evaluation.printed, Not(HasSubstr("p\n")));
  EXPECT_THAT(program.evaluation.gaps, Contains(HasSubstr("no valid Python")));
}

} // namespace
} // namespace fraglint
