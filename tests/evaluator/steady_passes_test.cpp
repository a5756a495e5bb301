// Programs that keep more after each pass of their loop, and others that seem to.

#include "evaluated.h"

#include "evaluator/verdict.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// `body` of an endless loop, behind `setUp`.
Evaluated endless(llvm::StringRef setUp, llvm::StringRef body) {
  std::string code = setUp.str() + "while True:\n";
  llvm::SmallVector<llvm::StringRef, 8> lines;
  body.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines)
    code += "    " + line.str() + "\n";
  return Evaluated(code);
}

struct Loop {
  const char *name, *setUp, *body;
};

class GrowingLoop : public testing::TestWithParam<Loop> {};

TEST_P(GrowingLoop, HasNoBound) {
  Evaluated program = endless(GetParam().setUp, GetParam().body);
  EXPECT_FALSE(program.evaluation.live.figure.bytes.hasHi());
  EXPECT_FALSE(program.evaluation.live.reason.empty());
}

constexpr Loop kGrowing[] = {
    {"LengthOfTheLast", "a = [0]\n", "a = [0] * (len(a) + 1)"},
    {"BufferOfTheLast", "a = bytearray(64)\n", "a = bytearray(len(a) + 100)"},
    {"BufferInAnObject",
     "class Log:\n    def __init__(self):\n        self.data = bytearray(64)\n"
     "    def enlarge(self):\n        self.data = bytearray(len(self.data) + 100)\nlog = Log()\n",
     "log.enlarge()"},
    {"OnSomePaths", "import machine\na = bytearray(64)\n",
     "if machine.Pin(1).value():\n    a = bytearray(len(a) + 100)"},
    {"ListInList", "a = None\n", "a = [a]"},
    {"TupleInTuple", "a = ()\n", "a = (a, 1)"},
    {"LinkedInFront",
     "class Node:\n    def __init__(self, next):\n        self.next = next\na = None\n",
     "a = Node(a)"},
    {"LinkedBehind",
     "class Node:\n    def __init__(self):\n        self.next = None\nfirst = last = Node()\n",
     "last.next = Node()\nlast = last.next"},
    {"Closures", "f = None\ndef make(f):\n    def g():\n        return f\n    return g\n",
     "f = make(f)"},
    {"GeneratorsLocal",
     "def count(d):\n    while True:\n        d = bytearray(len(d) + 9)\n        yield d\n"
     "g = count(b'')\n",
     "next(g)"},
    {"Array", "import array\na = array.array('H', [1])\n", "a.append(3)"},
    {"Stream", "import io\na = io.BytesIO()\n", "a.write(b'xx')"},
    {"Text", "a = 'x'\n", "a = a + 'y'"},
    {"BesideWhatHasNoBound", "import time\na = None\nhistory = []\n",
     "a = [a]\nhistory.append(time.ticks_ms())\nif len(history) > 10:\n    history.pop(0)"},
    {"Products", "n = 3\n", "n = n * 7"},
    {"ProductsInPlace", "n = 3\n", "n <<= 1"},
    {"SumsOfSums", "a, b = 0, 1\n", "a, b = b, a + b"},
    {"Powers", "n = 0\n", "n += 1\nm = 7 ** n"},
    {"TextStream", "import io\na = io.StringIO()\n", "a.write('abc')"},
    {"ListOfTexts", "a = []\n", "a.append('%d' % len(a))"},
    {"TextInTuples", "import machine\na = ''\n",
     "if machine.Pin(1).value():\n    a = (a, 'high')\nelse:\n    a = (a, 'low')"},
    {"TextInDicts", "a = {}\nn = 0\n", "n += 1\na = {'before': a, 'text': 'row %d' % n}"},
};
INSTANTIATE_TEST_SUITE_P(, GrowingLoop, testing::ValuesIn(kGrowing),
                         [](const auto &test) { return std::string(test.param.name); });

class SteadyLoop : public testing::TestWithParam<Loop> {};

TEST_P(SteadyLoop, HasOne) {
  Evaluated program = endless(GetParam().setUp, GetParam().body);
  EXPECT_TRUE(program.evaluation.live.figure.bytes.hasHi()) << program.evaluation.live.reason;
}

constexpr Loop kSteady[] = {
    {"Rebound", "a = bytearray(100)\n", "a = bytearray(100)"},
    {"RebuiltObject",
     "class Pair:\n    def __init__(self, a, b):\n        self.a = a\n        self.b = b\n"
     "pair = None\n",
     "pair = Pair([1, 2], (3, 4))"},
    {"Alternating", "a = [1]\nb = [2, 3]\n", "a, b = b, a"},
    {"RingOfTuples", "import time\nring = [(0, 0)] * 8\nat = 0\n",
     "ring[at] = (time.ticks_ms(), at)\nat = (at + 1) % 8"},
    {"CutHistory", "import time\nhistory = []\n",
     "history.append(time.ticks_ms())\nif len(history) > 10:\n    history.pop(0)"},
    {"ParentAndChild",
     "class Node:\n    def __init__(self, parent):\n        self.parent = parent\n"
     "        self.child = None\nroot = Node(None)\n",
     "root.child = Node(root)"},
    {"Random", "seed = 1\n", "seed = (seed * 1103515245 + 12345) & 0x7fffffff"},
    {"SumOfCounters", "n = total = 0\n", "n += 1\ntotal = total + n\nm = 2 * n"},
    {"Counter", "n = 0\n", "n += 1\nprint(n)"},
    {"TextOfACounter", "n = 0\n", "n += 1\ntext = str(n)"},
    {"FormattedCounter", "n = 0\n", "n += 1\ntext = f'IMG{n:05}.bmp'"},
    {"LastBytes", "import machine\nlast = b''\n",
     "last = last[-20:] + bytes([machine.ADC(1).read_u16() & 255])"},
    {"SeveralOnSomePaths", "import machine\n",
     "if machine.Pin(1).value():\n    a = bytearray(100)\n    b = bytearray(100)\n    c = [1, 2, "
     "3]"},
    {"SeveralInALoop", "import machine\n",
     "for n in range(machine.ADC(1).read_u16()):\n    a = bytearray(100)\n    b = [1, 2, 3]"},
    {"DictOfStates", "state = {'on': 0, 'off': 0}\nn = 0\n", "n += 1\nstate['on'] = n"},
};
INSTANTIATE_TEST_SUITE_P(, SteadyLoop, testing::ValuesIn(kSteady),
                         [](const auto &test) { return std::string(test.param.name); });

TEST(SteadyPasses, OfALaterLoopDoNotSpeakForAnEarlierOne) {
  Evaluated program("import machine\n"
                    "a = None\n"
                    "while True:\n"
                    "    a = [a]\n"
                    "    if machine.Pin(1).value():\n"
                    "        break\n"
                    "while True:\n"
                    "    machine.Pin(2).value(1)\n");
  EXPECT_FALSE(program.evaluation.isSteady);
}

} // namespace
} // namespace fraglint
