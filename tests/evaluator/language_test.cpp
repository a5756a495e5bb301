#include "evaluated.h"

#include <gtest/gtest.h>

// What MicroPython 1.29 prints.
namespace fraglint {
namespace {

std::string printedBy(llvm::StringRef code) {
  return Evaluated(code, "micropython/unix-64").evaluation.printed;
}

TEST(Classes, MakeTheirInstancesByNew) {
  EXPECT_EQ(printedBy("class One:\n"
                      "    made = None\n"
                      "    def __new__(cls, *a):\n"
                      "        if cls.made is None:\n"
                      "            cls.made = super().__new__(cls)\n"
                      "        return cls.made\n"
                      "    def __init__(self, v):\n"
                      "        self.v = v\n"
                      "a, b = One(1), One(2)\n"
                      "print(a is b, a.v)\n"
                      "class Base:\n"
                      "    def __new__(cls, x):\n"
                      "        o = object.__new__(cls)\n"
                      "        o.x = x\n"
                      "        return o\n"
                      "class Sub(Base):\n"
                      "    def __new__(cls, x):\n"
                      "        return super().__new__(cls, x + 1)\n"
                      "print(Sub(1).x, type(Sub(1)).__name__)\n"
                      "class Number:\n"
                      "    def __new__(cls):\n"
                      "        return 7\n"
                      "print(Number())\n"),
            "True 2\n2 Sub\n7\n");
}

TEST(Classes, SuperBindsWhatItFindsAsTheInstanceWould) {
  EXPECT_EQ(printedBy("class A:\n"
                      "    @staticmethod\n"
                      "    def scale(x):\n"
                      "        return x * 2\n"
                      "    @classmethod\n"
                      "    def name(cls, tail):\n"
                      "        return cls.__name__ + tail\n"
                      "class B(A):\n"
                      "    def both(self):\n"
                      "        return super().scale(4), super().name('!')\n"
                      "print(B().both())\n"),
            "(8, 'B!')\n");
}

TEST(Classes, StorePastTheirOwnSetattr) {
  EXPECT_EQ(printedBy("class A:\n"
                      "    def __setattr__(self, k, v):\n"
                      "        if k[0] == '_':\n"
                      "            object.__setattr__(self, k, v)\n"
                      "        else:\n"
                      "            super().__setattr__(k, v + 1)\n"
                      "    def __delattr__(self, k):\n"
                      "        print('del', k)\n"
                      "        super().__delattr__(k)\n"
                      "a = A()\n"
                      "a._x = 1\n"
                      "a.y = 2\n"
                      "print(a._x, a.y)\n"
                      "del a.y\n"
                      "print(hasattr(a, 'y'))\n"),
            "1 3\ndel y\nFalse\n");
}

TEST(Classes, ShowTheirBasesAndWhatIsInThem) {
  EXPECT_EQ(printedBy("class A: pass\n"
                      "class B: pass\n"
                      "class C(A): x = 1\n"
                      "class D(A, B): pass\n"
                      "print(A.__bases__, C.__bases__, D.__bases__)\n"
                      "d = D()\n"
                      "d.a = 1\n"
                      "d.b = [2]\n"
                      "print(sorted(d.__dict__.items()), 'x' in C.__dict__)\n"),
            "(<class 'object'>,) (<class 'A'>,) (<class 'A'>, <class 'B'>)\n"
            "[('a', 1), ('b', [2])] True\n");
}

TEST(Classes, AreNumbersByTheirMethods) {
  EXPECT_EQ(printedBy("class N:\n"
                      "    def __int__(self):\n"
                      "        return 42\n"
                      "    def __float__(self):\n"
                      "        return 2.5\n"
                      "print('%d %x %.1f' % (N(), N(), N()), list(range(N()))[-1])\n"),
            "42 2a 2.5 41\n");
}

TEST(Classes, ThatAreMappingsGiveArgumentsByTwoStars) {
  EXPECT_EQ(
      printedBy("class M:\n"
                "    def __init__(self, **kw):\n"
                "        self.kw = kw\n"
                "    def keys(self):\n"
                "        return self.kw.keys()\n"
                "    def __getitem__(self, k):\n"
                "        return self.kw[k]\n"
                "def f(a, b=2, **kw):\n"
                "    return a, b, sorted(kw.items())\n"
                "print(f(**M(a=1)), f(0, **M(b=5, c=6, d=7, e=8)), f(**M(a=1), **{'z': 3}))\n"),
      "(1, 2, []) (0, 5, [('c', 6), ('d', 7), ('e', 8)]) (1, 2, [('z', 3)])\n");
}

TEST(Constants, OfNegativeIntsAndFloatsAreFoldedAsTheyAreComputed) {
  EXPECT_EQ(printedBy("print(-5 // 2.0, -7 // 2.0, -3 * 1.5, 2.5 - -3)\n"
                      "print(-1 + 0.5, (-1) * 2.0)\n"),
            "-3.0 -4.0 -4.5 5.5\n-0.5 -2.0\n");
}

TEST(Closures, CountTheirCellsAsArguments) {
  EXPECT_EQ(printedBy("def outer():\n"
                      "    n = 1\n"
                      "    def f(a, b=2):\n"
                      "        return n + a + b\n"
                      "    for call in (lambda: f(), lambda: f(1, 2, 3), lambda: f(b=1)):\n"
                      "        try:\n"
                      "            print(call())\n"
                      "        except TypeError as e:\n"
                      "            print(e)\n"
                      "outer()\n"),
            "f() takes 2 positional arguments but 1 were given\n"
            "f() takes 3 positional arguments but 4 were given\n"
            "function missing required positional argument #1\n");
}

TEST(Streams, AskForTheirBufferBeforeTheyAreFoundClosed) {
  Evaluated program("import io\n"
                    "f = io.StringIO('abc')\n"
                    "f.close()\n"
                    "f.read()\n");
  EXPECT_EQ(program.requestsOf(4).front(), 256);
}

TEST(Natives, OfNumbersTakeNoKeywords) {
  EXPECT_EQ(printedBy("for f in (lambda: int('11', base=2), lambda: round(1.2, ndigits=1),\n"
                      "          lambda: pow(2, exp=3), lambda: int('5', 10, 3)):\n"
                      "    try:\n"
                      "        print(f())\n"
                      "    except TypeError as e:\n"
                      "        print(e)\n"),
            "function doesn't take keyword arguments\n"
            "function doesn't take keyword arguments\n"
            "function doesn't take keyword arguments\n"
            "function expected at most 2 arguments, got 3\n");
}

TEST(Natives, TellHowMuchTheyAskedForInVain) {
  EXPECT_EQ(printedBy("try:\n"
                      "    bytearray(-1)\n"
                      "except MemoryError as e:\n"
                      "    print(e)\n"),
            "memory allocation failed, allocating 18446744073709551615 bytes\n");
}

} // namespace
} // namespace fraglint
