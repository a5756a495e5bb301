#include "semantic/semantic_model.h"

#include "support/parsed.h"

#include "llvm/Support/FormatVariadic.h"

#include <chrono>

namespace fraglint {

namespace {

/// The expression that a program asks about: the value of `ASK`, or its last expression.
SyntaxNode asked(const Parsed &parsed) {
  for (const Binding &binding : parsed.model.bindings())
    if (binding.name.text() == "ASK")
      return binding.value;
  return parsed.last();
}

/// A program, and the answer to what it asks about.
struct Case {
  const char *code;
  const char *answer;
};

// --- Names -----------------------------------------------------------------------------------

TEST(QualifiedName, ResolvesImportsAliasesAndBuiltins) {
  const Case cases[] = {
      {"bytearray", "bytearray"},
      {"foo", ""},
      {"import time\ntime.sleep", "time.sleep"},
      {"import time as t\nt.sleep", "time.sleep"},
      {"from time import sleep\nsleep", "time.sleep"},
      {"from time import sleep as nap\nnap", "time.sleep"},
      {"from time import *\nsleep", "time.sleep"},
      {"from time import *\nfoo", ""},
      {"import a.b.c\na.b.c.d", "a.b.c.d"},
      {"import a.b.c as d\nd.e", "a.b.c.e"},
      {"from adafruit_display_text import label\nlabel.Label", "adafruit_display_text.label.Label"},
      {"from adafruit_display_text.label import Label\nLabel", "adafruit_display_text.label.Label"},
      {"from . import x\nx.y", ".x.y"},
      {"(time)", ""},
      {"import time\n(time).sleep", "time.sleep"},
      {"import gc\ncollect = gc.collect\ncollect", "gc.collect"},
      {"import gc\nclass C:\n  def f(self):\n    self.c = gc.collect\n    self.c", "gc.collect"},
      {"x = bytearray\nx", "bytearray"},
      {"x = y\ny = x\nx", ""},
      {"def bytearray(): pass\nbytearray", ""},
      {"import time\ntime = 5\ntime", ""},
      {"try:\n  import ujson as json\nexcept ImportError:\n  import json\njson.loads",
       "ujson.loads"},
      {"try:\n  import wifi\nexcept ImportError:\n  wifi = None\nwifi.radio", "wifi.radio"},
      {"try:\n  from a import B\nexcept ImportError:\n  B = 0\nB", "a.B"},
      {"try:\n  from a import B\nexcept ImportError:\n  class B: pass\nB", ""},
      {"def f(time):\n  time.sleep", ""},
      {"b = bytearray(3)\nb.append", "bytearray.append"},
      {"''.join", "str.join"},
      {"'{}'.format('x').split", "str.split"},
      {"import displayio\ng = displayio.Group()\ng.append", "displayio.Group.append"},
      {"import displayio\ndisplayio.Group().append", "displayio.Group.append"},
      {"import displayio\nclass S(displayio.Group): pass\nS().append", "displayio.Group.append"},
      {"import displayio\nclass S(displayio.Group):\n  def append(self): pass\nS().append", ""},
      {"import displayio\nclass S(displayio.Group):\n  def f(self):\n    super().append",
       "displayio.Group.append"},
      {"import displayio\nclass S(displayio.Group):\n  def f(self):\n    self.append",
       "displayio.Group.append"},
      {"import board\nboard.DISPLAY.show", "busdisplay.BusDisplay.show"},
      {"import board\nd = board.DISPLAY\nd.show", "busdisplay.BusDisplay.show"},
      {"class C:\n  def f(self): pass\nC().f", ""},
      {"class C: pass\nC.f", ""},
      {"import requests\nr = requests.get(u)\nr.text", "requests.Response.text"},
      {"import requests\nr = requests.get(u)\nr.text.split", "str.split"},
      {"with open('f') as f:\n  f.read", "io.TextIOWrapper.read"},
      {"with open('f', 'rb') as f:\n  f.read", "io.FileIO.read"},
      {"with open('f', mode) as f:\n  f.read", "io.IOBase.read"},
      {"unknown.readinto", ""},
      {"5 + 5", ""},
  };
  for (const Case &test : cases) {
    Parsed parsed(test.code);
    EXPECT_EQ(parsed.model.qualifiedName(asked(parsed)), test.answer) << test.code;
  }
}

TEST(QualifiedName, OfDeepChainsEndsQuickly) {
  std::string chain = "import a\na";
  for (int i = 0; i < 100'000; ++i)
    chain += ".b";
  Parsed parsed(chain);
  EXPECT_EQ(parsed.model.qualifiedName(asked(parsed)), "");
  Parsed twelve("import a\na.b.c.d.e.f.g.h.i.j.k.l");
  EXPECT_EQ(twelve.model.qualifiedName(twelve.last()), "a.b.c.d.e.f.g.h.i.j.k.l");
}

// --- Functions -------------------------------------------------------------------------------

/// The name of the function that the last expression, a call, runs; `-` for none.
std::string calleeOf(const Parsed &parsed) {
  FunctionId id = parsed.model.calleeFunction(asked(parsed));
  if (id == kNoId)
    return "-";
  const Function &function = parsed.model.function(id);
  return function.name.empty() ? "lambda" : function.name.str();
}

TEST(CalleeFunction, FindsTheOneThatRuns) {
  const Case cases[] = {
      {"def f(): pass\nf()", "f"},
      {"f()", "-"},
      {"print()", "-"},
      {"def f(): pass\n(f)()", "f"},
      {"def f(): pass\ng = f\ng()", "f"},
      {"f = lambda: 1\nf()", "lambda"},
      {"(lambda: 1)()", "lambda"},
      {"def f(): pass\nf = 1\nf()", "-"},
      {"def f(): pass\ndef f(): pass\nf()", "-"},
      {"if x:\n  def f(): pass\nelse:\n  def f(): pass\nf()", "-"},
      {"if False:\n  def f(): pass\nelse:\n  def f(): pass\nf()", "f"},
      {"try:\n  from a import f\nexcept ImportError:\n  def f(): pass\nf()", "-"},
      {"def f(): pass\ndel f\nf()", "-"},
      {"def f(g):\n  g()", "-"},
      {"class C:\n  def __init__(self): pass\nC()", "__init__"},
      {"class C: pass\nC()", "-"},
      {"class B:\n  def __init__(self): pass\nclass C(B): pass\nC()", "__init__"},
      {"class C:\n  def m(self): pass\n  def f(self):\n    self.m()", "m"},
      {"class C:\n  def m(self): pass\nclass D(C):\n  def f(self):\n    self.m()", "m"},
      {"class C:\n  def m(self): pass\n  def f(self):\n    ASK = self.m()\nclass D(C):\n"
       "  def m(self): return 1",
       "-"},
      {"class C:\n  def m(self): pass\nc = C()\nc.m()", "m"},
      {"class C:\n  def m(self): pass\nC().m()", "m"},
      {"class C:\n  def m(self): pass\nC.m(c)", "m"},
      {"class C:\n  @staticmethod\n  def m(): pass\nC.m()", "m"},
      {"class C:\n  def m(self): pass\nclass D:\n  def __init__(self):\n    self.c = C()\n"
       "  def f(self):\n    self.c.m()",
       "m"},
      {"class C:\n  def m(self): pass\nc = unknown()\nc.m()", "-"},
      {"class C:\n  def m(self): pass\nc = C()\nc = D()\nc.m()", "-"},
      {"class C:\n  def m(self): pass\nc = None\nc = C()\nc.m()", "m"},
      {"class B:\n  def m(self): pass\nclass C(B):\n  def m(self):\n    super().m()", "m"},
      {"class B:\n  def __init__(self): pass\nclass C(B):\n  def __init__(self, x):\n"
       "    super().__init__()",
       "__init__"},
      {"import displayio\nclass C(displayio.Group):\n  def __init__(self):\n    super().__init__()",
       "-"},
      {"class C:\n  @property\n  def p(self): pass\nC().p()", "-"},
      {"class C:\n  def f(self):\n    self.cb = lambda: 1\n    self.cb()", "lambda"},
      {"class C:\n  def m(self): pass\n  def f(self):\n    self.m = g\n    self.m()", "-"},
      {"def f(): pass\ndef g():\n  f = 1\n  f()", "-"},
      {"@wraps\ndef f(): pass\nf()", "-"},
      {"import micropython\n@micropython.native\ndef f(): pass\nf()", "f"},
      {"@server.route('/')\ndef f(): pass\nf()", "f"},
      {"@staticmethod\ndef f(): pass\nf()", "f"},
      {"def f(): f()\nf()", "f"},
  };
  for (const Case &test : cases) {
    Parsed parsed(test.code);
    EXPECT_EQ(calleeOf(parsed), test.answer) << test.code;
  }
}

TEST(CalleeFunction, OfSuperIsTheBaseMethod) {
  Parsed parsed("class B:\n  def m(self): pass\nclass C(B):\n  def m(self): super().m()\n");
  FunctionId callee = parsed.model.calleeFunction(parsed.node("super().m()"));
  EXPECT_EQ(callee, 1U);
}

TEST(FunctionNamed, NamesCallbacks) {
  Parsed parsed("def f(): pass\n"
                "class C:\n"
                "  def m(self): g(self.m, f, lambda: 0, C, 5)\n");
  auto named = [&](llvm::StringRef text, unsigned skip = 0) {
    return parsed.model.functionNamed(parsed.node(text, skip));
  };
  EXPECT_EQ(named("f", 1), 1U);
  EXPECT_EQ(named("self.m"), 2U);
  EXPECT_EQ(named("lambda: 0"), 3U);
  EXPECT_EQ(named("C", 1), kNoId);
  EXPECT_EQ(named("5"), kNoId);
}

TEST(CallEdges, AreInSourceOrder) {
  Parsed parsed("def f(): g()\n"
                "def g():\n  print(1)\n  return [f() for i in x]\n"
                "class C:\n"
                "  def __init__(self): self.m()\n"
                "  def m(self): f()\n"
                "c = C()\nc.m()\nf(g())\n");
  std::string edges;
  for (const CallEdge &edge : parsed.model.callEdges())
    edges += llvm::formatv("{0}->{1} ", parsed.model.function(edge.caller).name,
                           parsed.model.function(edge.callee).name);
  EXPECT_EQ(edges, "f->g g->f __init__->m m->f ->__init__ ->m ->f ->g ");
}

// --- Types -----------------------------------------------------------------------------------

std::string typeName(const Parsed &parsed) {
  ValueType type = parsed.model.typeOf(asked(parsed));
  std::string name = type.name.str();
  if (type.classScope != kNoId)
    name += "#" + parsed.model.scope(type.classScope).node.child(Field::Name).text().str();
  return name;
}

TEST(TypeOf, KnowsWhatIsPlain) {
  const Case cases[] = {
      // Literals and displays.
      {"1", "int"},
      {"1.5", "float"},
      {"1j", "complex"},
      {"'a'", "str"},
      {"b'a'", "bytes"},
      {"Rb'a'", "bytes"},
      {"f'{x}'", "str"},
      {"'a' 'b'", "str"},
      {"b'a' b'b'", "bytes"},
      {"True", "bool"},
      {"None", "NoneType"},
      {"[]", "list"},
      {"()", "tuple"},
      {"(1, 2)", "tuple"},
      {"(1)", "int"},
      {"{}", "dict"},
      {"{1}", "set"},
      {"[x for x in y]", "list"},
      {"{x: 1 for x in y}", "dict"},
      {"{x for x in y}", "set"},
      {"(x for x in y)", "generator"},
      {"unknown", ""},
      {"lambda: 1", ""},
      // Calls.
      {"bytearray(5)", "bytearray"},
      {"import displayio\ndisplayio.Bitmap(1, 2, 3)", "displayio.Bitmap"},
      {"from adafruit_display_text import label\nlabel.Label(f, text='x')",
       "adafruit_display_text.label.Label"},
      {"import array\narray.array('H', [0] * 5)", "array.array"},
      {"import utime\nutime.ticks_ms()", "int"},
      {"import ujson\nujson.dumps(x)", "str"},
      {"'a'.format(1)", "str"},
      {"'a'.encode()", "bytes"},
      {"'a b'.split()", "list"},
      {"x.format(1)", "str"},
      {"x.encode()", "bytes"},
      {"x.read()", ""},
      {"class C: pass\nC()", "#C"},
      {"import displayio\nclass C(displayio.Group): pass\nC()", "displayio.Group#C"},
      {"class B: pass\nclass C(B): pass\nC()", "#C"},
      {"from adafruit_display_text.label import Label\nclass B(Label): pass\nclass C(B): pass\nC()",
       "adafruit_display_text.label.Label#C"},
      {"def f(): return 1\nf()", "int"},
      {"def f(): return 1\nf", ""},
      {"def f():\n  if x: return 1\n  return None\nf()", "int"},
      {"def f():\n  if x: return 1\n  return 'a'\nf()", ""},
      {"def f():\n  def g(): return 'a'\n  return 1\nf()", "int"},
      {"def f(): yield 1\nf()", ""},
      {"async def f(): return 1\nf()", ""},
      {"def f(): return f()\nf()", ""},
      {"f = lambda: 'a'\nf()", "str"},
      {"def f(n, x):\n  y = x\n  return y\nf(1, b'')\nf(3, 'a')", "str"},
      {"def f(n, x):\n  return x\nf(1, b'')\nf(x='a', n=3)", "str"},
      {"def f(n, x):\n  if n: return n\n  return x\nf(1, b'')\nf(3, 'a')", ""},
      {"def f(n, x):\n  x = n\n  return x\nf(1, b'')\nf('b', 'a')", ""},
      {"class C:\n  def f(self): return b''\nC().f()", "bytes"},
      {"import audiomixer\nm = audiomixer.Mixer()\nm.voice[0]", "audiomixer.MixerVoice"},
      {"import displayio as d\ng = d.Group()\ng.append(d.Palette(2))\ng[0]", "displayio.Palette"},
      {"open('f', 'rb').read()", "bytes"},
      {"open('f').readline()", "str"},
      {"from micropython import const\nconst(5)", "int"},
      {"min(1, 2)", "int"},
      {"abs(-1.5)", "float"},
      // Operations.
      {"1 + 2", "int"},
      {"1 + 2.0", "float"},
      {"1 / 2", "float"},
      {"7 // 2", "int"},
      {"2 ** x", ""},
      {"1 + x", ""},
      {"-1", "int"},
      {"not x", "bool"},
      {"1 < x", "bool"},
      {"x < 1", ""},
      {"'a' + x", "str"},
      {"'%d' % x", "str"},
      {"b'%d' % x", "bytes"},
      {"[0] * 5", "list"},
      {"5 * b'a'", "bytes"},
      {"x * 5", ""},
      {"'a' if x else 'b'", "str"},
      {"'a' if x else 5", ""},
      {"'a' if x else None", "str"},
      {"'a' or 'b'", "str"},
      {"x or 'b'", ""},
      {"(y := 'a')", "str"},
      // Items and slices.
      {"'abc'[1]", "str"},
      {"'abc'[1:2]", "str"},
      {"b'abc'[1]", "int"},
      {"bytearray(5)[1:]", "bytearray"},
      {"[1, 2][0]", "int"},
      {"['a', 2][0]", ""},
      {"[b'a'] * 3", "list"},
      {"x = [b'a'] * 3\nx[0]", "bytes"},
      {"memoryview(b)[1:]", "memoryview"},
      {"x[0]", ""},
      {"x = {'a': 1.5}\nx['a']", "float"},
      {"class C: pass\nx = []\nfor i in y:\n  x.append(C())\nx[0]", "#C"},
      {"x = []\nx.append(1)\nx.append('a')\nx[0]", ""},
      {"class C: pass\nx = {}\nx['a'] = C()\nx['a']", "#C"},
      // Names.
      {"x = 1\nx", "int"},
      {"x = 1\nx = 'a'\nx", ""},
      {"x = None\nx = 'a'\nx", "str"},
      {"x = None\nx", "NoneType"},
      {"x = 1\nx = f()\nx", ""},
      {"x = ''\nx = x + 'a'\nx", "str"},
      {"x = ''\nx += y\nx", "str"},
      {"x = 0\nx += 1\nx", "int"},
      {"x = 0\nx += 1.5\nx", ""},
      {"x = 0.0\nx += 1\nx", "float"},
      {"x = 0\nx = x / 2\nx", ""},
      {"x = y\ny = x\nx", ""},
      {"x = 1\ndel x\nx", "int"},
      {"import x\nx", ""},
      {"x, y = 1, 'a'\ny", "str"},
      {"x, y = f()\ny", ""},
      {"for x in range(5): pass\nx", "int"},
      {"for x in 'abc': pass\nx", "str"},
      {"for x in b'abc': pass\nx", "int"},
      {"for x in [1.5]: pass\nx", "float"},
      {"for x in {'a': 1.5}: pass\nx", ""},
      {"for i, x in enumerate(['a']): pass\nx", "str"},
      {"for i, x in enumerate(y): pass\ni", "int"},
      {"for i, x in y: pass\ni", ""},
      {"with open('f', 'rb') as x: pass\nx", "io.FileIO"},
      {"with f() as (x, y): pass\nx", ""},
      {"def f(x): x", ""},
      {"def f(x=5):\n  x", "int"},
      {"def f(x=None):\n  x", ""},
      {"def f(x: bytearray):\n  x", "bytearray"},
      {"def f(x: bytearray = None):\n  x", "bytearray"},
      {"class C: pass\ndef f(x: C):\n  x", "#C"},
      {"def f(*x: int):\n  x", ""},
      {"x: str = f()\nx", "str"},
      {"try: pass\nexcept OSError as x: pass\nx", ""},
      // Attributes.
      {"class C:\n  def f(self):\n    self", "#C"},
      {"class C:\n  @classmethod\n  def f(cls):\n    cls", ""},
      {"class C:\n  def f(self):\n    self.x = b''\n    self.x", "bytes"},
      {"class C:\n  def __init__(self): self.x = None\n  def f(self):\n    self.x = b''\n"
       "    self.x",
       "bytes"},
      {"class C:\n  x = 1\n  def f(self):\n    self.x", "int"},
      {"class C:\n  x = 1\n  def f(self):\n    self.x = 'a'\n    self.x", ""},
      {"class C:\n  x = 1\n  def f(self):\n    ASK = self.x\nclass D(C):\n  x = 'a'\n", ""},
      {"class C:\n  x = 1\nC.x", "int"},
      {"class C:\n  def f(self): self.x = 1\nc = C()\nc.x", "int"},
      {"class C:\n  def f(self): self.x = 1\nc = C()\nc.x = 'a'\nc.x", ""},
      {"class C:\n  def f(self): self.x = 1\no.x = 'a'\nc = C()\nc.x", ""},
      {"class C:\n  @property\n  def x(self): return 1\nC().x", ""},
      {"import requests\nrequests.get(u).text", "str"},
      {"import board\nboard.DISPLAY", "busdisplay.BusDisplay"},
      {"from adafruit_display_text import label\nl = label.Label(f)\nl.text", "str"},
  };
  for (const Case &test : cases) {
    Parsed parsed(test.code);
    EXPECT_EQ(typeName(parsed), test.answer) << test.code;
  }
}

// --- Integers --------------------------------------------------------------------------------

struct IntegerCase {
  const char *code;
  Interval answer;
};

constexpr int64_t kNoLo = Interval::kNoLo;
constexpr int64_t kNoHi = Interval::kNoHi;
constexpr Interval kUnknown = Interval::unknown();

const IntegerCase kIntegers[] = {
    // Literals.
    {"0", {0, 0}},
    {"1_000", {1000, 1000}},
    {"0x1F", {31, 31}},
    {"0XfF_fF", {65535, 65535}},
    {"0b101", {5, 5}},
    {"0o17", {15, 15}},
    {"000", {0, 0}},
    {"9223372036854775806", {kNoHi - 1, kNoHi - 1}},
    {"9223372036854775807", {kNoHi - 1, kNoHi}},
    {"123456789012345678901234567890", {kNoHi - 1, kNoHi}},
    {"True", {1, 1}},
    {"1.5", kUnknown},
    {"1j", kUnknown},
    {"'a'", kUnknown},
    {"None", kUnknown},
    // Operations.
    {"2 + 3 * 4", {14, 14}},
    {"-(5)", {-5, -5}},
    {"~5", {-6, -6}},
    {"+5", {5, 5}},
    {"-7 // 2", {-4, -4}},
    {"-7 % 4", {1, 1}},
    {"1 << 10", {1024, 1024}},
    {"1 << 100", {kNoHi - 1, kNoHi}},
    {"255 >> 4", {15, 15}},
    {"2 ** 10", {1024, 1024}},
    {"2 ** -1", kUnknown},
    {"0xF0 | 0x0F", {255, 255}},
    {"6 ^ 3", {5, 5}},
    {"x & 0xFF", {0, 255}},
    {"7 / 2", kUnknown},
    {"5 // 0", kUnknown},
    {"5 % 0", kUnknown},
    {"not x", {0, 1}},
    {"1 < x", {0, 1}},
    {"x == 1", kUnknown},
    {"4 if x else 8", {4, 8}},
    {"4 if True else 8", {4, 4}},
    {"4 if x else y", kUnknown},
    {"3 or 5", {3, 5}},
    {"x or 5", kUnknown},
    {"(n := 5)", {5, 5}},
    // Unknown operands are not taken for integers.
    {"x % 10", kUnknown},
    {"x * 0", kUnknown},
    {"len(x) % 10", {0, 9}},
    {"import time\ntime.ticks_ms() % 10", {0, 9}},
    {"x = 1.5\nx % 10", kUnknown},
    // Calls.
    {"min(3, 5)", {3, 3}},
    {"max(3, 5, 4)", {5, 5}},
    {"min(x, 5)", kUnknown},
    {"min(len(x), 5)", {0, 5}},
    {"max(*x)", kUnknown},
    {"abs(-5)", {5, 5}},
    {"int(5)", {5, 5}},
    {"int('5')", kUnknown},
    {"int(7 / 2)", {3, 3}},
    {"int(8000 * 0.35)", {2799, 2800}},
    {"F = 0.35\nint(8000 * F)", {2799, 2800}},
    {"F = 1.0000001 - 1.0\nint(100000000 * F)", kUnknown},
    {"int(0.1 + 0.2)", kUnknown},
    {"from micropython import const\nX = const(5)\nX", {5, 5}},
    {"_X = const(5)\n_X", {5, 5}},
    {"def int(x): return 0\nint(5)", {0, 0}},
    {"def int(x): return y\nint(5)", kUnknown},
    {"def f():\n  if x: return 3\n  return 5\nf()", {3, 5}},
    {"def f(): return f()\nf()", kUnknown},
    {"def f(): yield 3\nf()", kUnknown},
    // Names.
    {"x = 5\nx", {5, 5}},
    {"x = 5\nx = 7\nx", {5, 7}},
    {"x = 5\nif y:\n  x = 7\nx * 2", {10, 14}},
    {"x = 5\nx = y\nx", kUnknown},
    {"x = 5\ndel x\nx", {5, 5}},
    {"x = 5\ndef f():\n  global x\n  x = 9\nx", {5, 9}},
    {"x = 5\ndef f():\n  x = 9\nx", {5, 5}},
    {"x = 5\ndef f(x):\n  x", kUnknown},
    {"def f(x=5):\n  x", kUnknown},
    {"x = y = 6\nx", {6, 6}},
    {"x, y = 6, 7\ny", {7, 7}},
    {"x, y = y, x\ny", kUnknown},
    {"x = x + 1\nx", kUnknown},
    {"x = 0\nx = x + 1\nx", kUnknown},
    {"x = 0\nx = (x + 1) % 10\nx", kUnknown},
    {"x = 0\nx = (x + 1) & 7\nx", {0, 7}},
    {"x = y\ny = x\nx", kUnknown},
    {"x = 5\nimport x\nx", kUnknown},
    {"x = 5\nfrom y import *\nx", kUnknown},
    {"from y import *\nx = 5\nx", {5, 5}},
    {"x = 5\nexec(s)\nx", kUnknown},
    {"x = 5\nglobals()['x'] = 6\nx", kUnknown},
    {"x = 5\nfor x in y: pass\nx", kUnknown},
    {"x = 5\nwith y as x: pass\nx", kUnknown},
    {"try: pass\nexcept E as x: pass\nx", kUnknown},
    {"match y:\n  case x: x", kUnknown},
    // Counting.
    {"i = 0\ni += 1\ni", {0, kNoHi}},
    {"i = 10\ni -= 1\ni", {kNoLo, 10}},
    {"i = 0\ni += 1\ni -= 1\ni", kUnknown},
    {"i = 0\ni += x\ni", kUnknown},
    {"i = 0\ni += 1.5\ni", kUnknown},
    {"i = 0\ni += i\ni", kUnknown},
    {"i = 0\ni *= 2\ni", kUnknown},
    {"i += 1\ni", kUnknown},
    {"i = 0\ni = 5\ni += 2\ni", {0, kNoHi}},
    // Loops.
    {"for i in range(10): i", {0, 9}},
    {"for i in range(2, 10): i", {2, 9}},
    {"for i in range(0, 10, 3): i", {0, 9}},
    {"for i in range(0, 11, 3): i", {0, 9}},
    {"for i in range(10, 0, -1): i", {1, 10}},
    {"for i in range(n): i", {0, kNoHi}},
    {"for i in range(n, 10): i", {kNoLo, 9}},
    {"for i in range(0, 10, n): i", {0, 9}},
    {"for i in range(n, 10, -1): i", {11, kNoHi}},
    {"for i in range(10):\n  i = 20\n  i", {0, 20}},
    {"for i in [3, 9, 5]: i", {3, 9}},
    {"for i in 3, 9: i", {3, 9}},
    {"for i in (3, x): i", kUnknown},
    {"for i in x: i", kUnknown},
    {"for i, v in enumerate([7, 8, 9]): i", {0, 2}},
    {"for i, v in enumerate(x): i", {0, kNoHi}},
    {"for i, v in enumerate(x, 5): i", kUnknown},
    {"for v, i in enumerate(x): i", kUnknown},
    {"def range(n): return [99]\nfor i in range(10): i", kUnknown},
    {"[i for i in range(5)]\n[i * 2 for i in range(5)][0]", kUnknown},
    // Containers.
    {"S = (8, 16, 32)\nS[1]", {16, 16}},
    {"S = (8, 16, 32)\nS[i]", {8, 32}},
    {"S = [8, 16, 32]\nS[1]", {16, 16}},
    {"S = [8, 16, 32]\nS[1] = 5\nS[1]", kUnknown},
    {"S = [8, 16, 32]\nS.append(5)\nS[1]", kUnknown},
    {"S = [8, 16, 32]\nS.sort()\nS[1]", kUnknown},
    {"S = [8, 16, 32]\nf(S)\nS[1]", kUnknown},
    {"S = [8, 16, 32]\nT = S\nT[1] = 5\nS[1]", kUnknown},
    {"S = T = [8, 16, 32]\nT[1] = 5\nS[1]", kUnknown},
    {"S = [8, 16, 32]\nprint(S, len(S))\nS[1]", {16, 16}},
    {"S = (8, f())\nS[0]", {8, 8}},
    // Attributes.
    {"class C:\n  N = 5\n  def f(self):\n    self.N", {5, 5}},
    {"class C:\n  N = 5\nC.N", {5, 5}},
    {"class C:\n  N = 5\nC.N = 6\nC.N", kUnknown},
    {"class C:\n  N = 5\nC().N", {5, 5}},
    {"class C:\n  N = 5\n  def f(self):\n    ASK = self.N\nclass D(C):\n  N = 7\n", {5, 7}},
    {"class C:\n  N = 5\n  def f(self):\n    ASK = self.N\nclass D(C):\n  def g(self): self.N = "
     "7\n",
     {5, 7}},
    {"class C:\n  N = 5\n  def f(self):\n    self.N += 1\n    self.N", {5, kNoHi}},
    {"class C:\n  def __init__(self, n):\n    self.n = n\n    self.n", kUnknown},
    {"class C:\n  def __init__(self):\n    self.n = 4\n    self.n", {4, 4}},
    {"class C:\n  def __init__(self):\n    self.n = 4\n    ASK = self.n\nc = C()\nc.n = 9\n",
     kUnknown},
    {"class C:\n  def __init__(self):\n    self.n = 4\n    ASK = self.n\ndef f(o): o.n = 9\n",
     kUnknown},
    {"class C:\n  def __init__(self):\n    self.n = 4\n    ASK = self.n\nsetattr(c, 'n', 5)\n",
     kUnknown},
    {"import label\nclass C(label.L):\n  def __init__(self):\n    self.width = 4\n    self.width",
     kUnknown},
    {"import label\nclass C(label.L):\n  WIDTH = 4\n  def __init__(self):\n    self.WIDTH", {4, 4}},
    {"class C:\n  @property\n  def n(self): return 5\nC().n", kUnknown},
    {"import displayio\nb = displayio.Bitmap(64, 32, 2)\nb.width * b.height", {2048, 2048}},
};

TEST(IntervalOf, IsTrueAndTight) {
  for (const IntegerCase &test : kIntegers) {
    Parsed parsed(test.code);
    EXPECT_EQ(parsed.model.intervalOf(asked(parsed)), test.answer) << test.code;
  }
}

/// `len(x)` for the x of a program.
const IntegerCase kLengths[] = {
    {"x = 'abc'", {3, 3}},
    {"x = 'a\\nb\\x41\\u00e9'", {5, 5}},
    {"x = b'\\xff\\x00'", {2, 2}},
    {"x = r'\\n'", {2, 2}},
    {"x = 'é'", {1, 1}},
    {"x = 'ab' 'cd'", {4, 4}},
    {"x = f'ab{y}cd'", {4, kNoHi}},
    {"x = [1, 2, 3]", {3, 3}},
    {"x = (1, 2)", {2, 2}},
    {"x = 1, 2", {2, 2}},
    {"x = [1, *y]", {1, kNoHi}},
    {"x = {1, 1, 2}", {1, 3}},
    {"x = {}", {0, 0}},
    {"x = bytearray(64)", {64, 64}},
    {"N = 32\nx = bytearray(N * 2)", {64, 64}},
    {"x = bytearray(n)", {0, kNoHi}},
    {"x = bytearray()", {0, 0}},
    {"x = bytearray(b'abc')", {3, 3}},
    {"x = bytes([1, 2])", {2, 2}},
    {"x = bytes('aé', 'utf-8')", {3, 3}},
    {"x = bytearray(-5)", {0, 0}},
    {"x = [0] * 100", {100, 100}},
    {"x = 100 * [0, 1]", {200, 200}},
    {"x = [0] * n", {0, kNoHi}},
    {"x = 'ab' * 3", {6, 6}},
    {"x = 'ab' + 'cd'", {4, 4}},
    {"x = 'ab' + y", {0, kNoHi}},
    {"import array\nx = array.array('H', [0] * 50)", {50, 50}},
    {"import array\nx = array.array('H', b'abcd')", {0, kNoHi}},
    {"x = list(range(10))", {10, 10}},
    {"x = range(0, 10, 3)", {4, 4}},
    {"x = range(10, 0, -3)", {4, 4}},
    {"x = range(5, 3)", {0, 0}},
    {"x = [i for i in range(7)]", {7, 7}},
    {"x = [i for i in range(7) if i]", {0, 7}},
    {"x = [i for i in range(7) for j in 'ab']", {14, 14}},
    {"x = 'abcdef'[1:3]", {2, 2}},
    {"x = 'abcdef'[-2:]", {2, 2}},
    {"x = 'abcdef'[:-2]", {4, 4}},
    {"x = 'abcdef'[4:20]", {2, 2}},
    {"x = 'abcdef'[n:]", {0, 6}},
    {"x = 'abcdef'[::2]", {0, 6}},
    {"x = y[2:5]", {0, 3}},
    {"x = 'abc' if y else 'de'", {2, 3}},
    {"x = 'abc'\nx = 'de'", {2, 3}},
    {"x = 'abc'\nx += 'd'", {0, kNoHi}},
    {"x = None\nx = 'abc'", {3, 3}},
    {"x = memoryview(bytearray(9))", {9, 9}},
    {"import ulab.numpy as np\nx = np.zeros(16)", {16, 16}},
    // Containers that change, or may.
    {"x = [1, 2]\nx.append(3)", {0, kNoHi}},
    {"x = [1, 2]\nx[0] = 3", {2, 2}},
    {"x = [1, 2]\nx[0:1] = y", {0, kNoHi}},
    {"x = [1, 2]\nx[0:1] = [5]", {2, 2}},
    {"x = bytearray(8)\nx[0:4] = b'abcd'", {8, 8}},
    {"x = bytearray(8)\nx[0:4] = b'abcde'", {0, kNoHi}},
    {"x = bytearray(8)\nx[0:4] = y", {0, kNoHi}},
    {"x = [1, 2]\ndel x[0]", {0, kNoHi}},
    {"x = [1, 2]\ny = x", {2, 2}},
    {"x = y = [1, 2]\ny.append(3)", {0, kNoHi}},
    {"x = (y := [1, 2])\ny.append(3)", {0, kNoHi}},
    {"y = (x := [1, 2])\ny.append(3)", {0, kNoHi}},
    {"x = y = (1, 2)", {2, 2}},
    {"x = [1, 2]\ny = x\ny.append(1)", {0, kNoHi}},
    {"x = [1, 2]\nf(x)", {0, kNoHi}},
    {"x = [1, 2]\nprint(x, sum(x), x[0], x.index(1))", {2, 2}},
    {"x = [1, 2]\nfor y in x: pass", {2, 2}},
    {"x = [1, 2]\nfor i, y in enumerate(x): pass", {2, 2}},
    {"x = [1, 2]\ny = [x]", {0, kNoHi}},
    {"x = [1, 2]\ny.z = x", {0, kNoHi}},
    {"x = [1, 2]\ndef f(): return x", {0, kNoHi}},
    {"x = [1, 2]\ndef f(y): print(y[0])\nf(x)", {2, 2}},
    {"x = [1, 2]\ndef f(a, y): y.append(0)\nf(0, x)", {0, kNoHi}},
    {"x = [1, 2]\ndef f(a, y): pass\nf(0, y=x)", {2, 2}},
    {"x = [1, 2]\ndef f(a, y): y.pop()\nf(0, y=x)", {0, kNoHi}},
    {"x = [1, 2]\ndef f(*y): pass\nf(x)", {0, kNoHi}},
    {"x = [1, 2]\ndef f(y): y += [3]\nf(x)", {0, kNoHi}},
    {"x = [1, 2]\ny = x\ny += [3]", {0, kNoHi}},
    {"x = [1, 2]\ndef f(y=x): y.append(3)", {0, kNoHi}},
    {"x = [1, 2]\nx.sort()", {2, 2}},
    {"x = [1, 2]\nx += [3]", {0, kNoHi}},
    {"x = [1, 2]\nx.pop", {0, kNoHi}},
    {"x = {'a': 1}\nx['b'] = 2", {0, kNoHi}},
    {"x = bytearray(8)\nuart.readinto(x)", {8, 8}},
    {"x = bytearray(8)\nunknown(x)", {0, kNoHi}},
    {"x = bytearray(8)\nimport driver\ndriver.fill(x)", {8, 8}},
    {"x = bytearray(8)\ndef f(b): b.extend(b'abc')\nf(x)", {0, kNoHi}},
    {"x = bytearray(8)\nx.append(1)", {0, kNoHi}},
};

TEST(IntervalOf, LengthsAreTrueAndTight) {
  for (const IntegerCase &test : kLengths) {
    Parsed parsed(std::string(test.code) + "\nlen(x)");
    EXPECT_EQ(parsed.model.intervalOf(asked(parsed)), test.answer) << test.code;
  }
}

TEST(IntervalOf, LengthsOfAttributes) {
  const IntegerCase cases[] = {
      {"class C:\n  def __init__(self):\n    self.b = bytearray(16)\n    len(self.b)", {16, 16}},
      {"class C:\n  def __init__(self):\n    self.b = [0] * 16\n    self.b.append(1)\n    "
       "len(self.b)",
       {0, kNoHi}},
      {"class C:\n  def __init__(self):\n    self.b = [0] * 16\n    len(self.b)\nc = "
       "C()\nc.b.append(1)",
       {0, kNoHi}},
      {"class C:\n  def __init__(self):\n    self.b = [0] * 16\n    len(self.b)\nc = C()\nc.b[1]",
       {16, 16}},
      {"class C:\n  def __init__(self):\n    self.b = [0] * 16\n    len(self.b)\no.b.append(1)",
       {0, kNoHi}},
  };
  for (const IntegerCase &test : cases) {
    Parsed parsed(test.code);
    SyntaxNode length = parsed.node("len(self.b)");
    EXPECT_EQ(parsed.model.intervalOf(length), test.answer) << test.code;
  }
}

TEST(IntervalOf, LengthsOfParameters) {
  const IntegerCase cases[] = {
      {"def f(y): return len(y)\nf([1, 2])", {2, 2}},
      {"def f(y): return len(y)\nb = bytearray(8)\nf(b)\nf(y=bytes(3))", {3, 8}},
      {"def f(a, y='abc'): return len(y)\nf(0)\nf(0, 'de')", {2, 3}},
      {"def f(y=None): return len(y)\nf()\nf([1, 2])", {2, 2}},
      {"def g(z): f(z)\ndef f(y): return len(y)\ng((1, 2, 3))", {3, 3}},
      // Of an unknown length after all.
      {"def f(y): return len(y)", {0, kNoHi}},
      {"def f(y): return len(y)\nf(read())", {0, kNoHi}},
      {"def f(y): return len(y)\nf('ab')\ntimer.callback = f", {0, kNoHi}},
      {"def f(y): return len(y)\nf(*args)", {0, kNoHi}},
      {"def f(y):\n  y.append(3)\n  return len(y)\nf([1, 2])", {0, kNoHi}},
      {"def f(y):\n  y = y[1:]\n  return len(y)\nf([1, 2])", {0, kNoHi}},
      {"def f(y): return len(y)\nb = [1]\nb.append(2)\nf(b)", {0, kNoHi}},
      {"def f(y): return len(y) if y else f(y[0::2])\nf([1, 2])", {0, kNoHi}},
      {"class C:\n  def f(self, y): return len(y)\nC().f([1, 2])", {0, kNoHi}},
  };
  for (const IntegerCase &test : cases) {
    Parsed parsed(test.code);
    EXPECT_EQ(parsed.model.intervalOf(parsed.node("len(y)")), test.answer) << test.code;
  }
}

TEST(TripsOf, CountsPasses) {
  const IntegerCase cases[] = {
      {"for i in range(10): pass", {10, 10}},
      {"for i in range(n): pass", {0, kNoHi}},
      {"for i in range(0, 10, 4): pass", {3, 3}},
      {"for i in 'abc': pass", {3, 3}},
      {"for i in [1, 2]: pass", {2, 2}},
      {"for i in 1, 2: pass", {2, 2}},
      {"for i in enumerate([1, 2]): pass", {2, 2}},
      {"for i in zip([1, 2], 'abc'): pass", {2, 2}},
      {"for i in zip(x, 'abc'): pass", {0, 3}},
      {"for i in reversed((1, 2)): pass", {2, 2}},
      {"x = [1, 2]\nfor i in x: pass", {2, 2}},
      {"x = [1, 2]\nfor i in x: x.pop()", {0, kNoHi}},
      {"x = {'a': 1}\nfor k, v in x.items(): pass", {1, 1}},
      {"N = 4\nfor i in range(N): pass", {4, 4}},
      {"for i in x: pass", {0, kNoHi}},
      {"for i in range(*x): pass", {0, kNoHi}},
      {"for i in sorted([3, 1]): pass", {2, 2}},
  };
  for (const IntegerCase &test : cases) {
    Parsed parsed(test.code);
    SyntaxNode loop = parsed.tree->statement(parsed.tree->statementCount() - 1);
    EXPECT_EQ(parsed.model.tripsOf(loop), test.answer) << test.code;
  }
}

// --- Constants -------------------------------------------------------------------------------

TEST(NumberOf, KnowsConstants) {
  const std::pair<const char *, std::optional<double>> cases[] = {
      {"0.5", 0.5},
      {"1e-3", 1e-3},
      {"1_0.5", 10.5},
      {".5", 0.5},
      {"5", 5},
      {"1 / 4", 0.25},
      {"7 // 2", 3},
      {"-0.5 * 3", -1.5},
      {"60 * 60", 3600},
      {"2.0 ** 3", 8},
      {"1 << 4", 16},
      {"1 / 0", std::nullopt},
      {"x", std::nullopt},
      {"D = 0.1\nD", 0.1},
      {"D = 0.1\nD * 5", 0.5},
      {"D = 0.1\nD = 0.2\nD", std::nullopt},
      {"def f(d=0.1):\n  d", std::nullopt},
      {"class C:\n  D = 0.25\n  def f(self):\n    self.D", 0.25},
      {"float(3)", 3},
      {"0.5 if True else 2", 0.5},
      {"1j", std::nullopt},
      {"'a'", std::nullopt},
      {"D = D\nD", std::nullopt},
      {"2.0 ** 10000", std::nullopt},
  };
  for (const auto &[code, answer] : cases) {
    Parsed parsed(code);
    EXPECT_EQ(parsed.model.numberOf(asked(parsed)), answer) << code;
  }
}

TEST(TruthOf, KnowsConstants) {
  const std::pair<const char *, std::optional<bool>> cases[] = {
      {"True", true},
      {"False", false},
      {"1", true},
      {"0", false},
      {"0.0", false},
      {"None", false},
      {"''", false},
      {"'a'", true},
      {"not 0", true},
      {"1 and 0", false},
      {"x and 0", false},
      {"x or 1", true},
      {"x and 1", std::nullopt},
      {"1 < 2", true},
      {"1 == 2", false},
      {"1 < 2 < 3", std::nullopt},
      {"x == 1", std::nullopt},
      {"DEBUG = False\nDEBUG", false},
      {"DEBUG = False\nDEBUG = True\nDEBUG", std::nullopt},
      {"DEBUG = False\ndef f():\n  global DEBUG\n  DEBUG = True\nDEBUG", std::nullopt},
      {"class C:\n  def f(self):\n    self.on = True\n    self.on", true},
      {"class C:\n  def f(self):\n    self.on = True\n    ASK = self.on\nc.on = False\n",
       std::nullopt},
      {"__name__ == '__main__'", std::nullopt},
      {"f()", std::nullopt},
  };
  for (const auto &[code, answer] : cases) {
    Parsed parsed(code);
    EXPECT_EQ(parsed.model.truthOf(asked(parsed)), answer) << code;
  }
}

TEST(StringOf, ReadsLiterals) {
  const std::pair<const char *, std::optional<std::string>> cases[] = {
      {"'abc'", "abc"},
      {"\"a'b\"", "a'b"},
      {"'''a\nb'''", "a\nb"},
      {"'a' \"b\"", "ab"},
      {R"('\n\t\\\'')", "\n\t\\'"},
      {R"('\x41\101\u00e9\U0001F600')", "AA\u00e9\U0001F600"},
      {R"(b'\xff\u00e9')", "\xff\\u00e9"},
      {R"(r'\n')", "\\n"},
      {R"('\q')", "\\q"},
      {"'a\\\nb'", "ab"},
      {R"('\N{DASH}')", std::nullopt},
      {"f'{x}'", std::nullopt},
      {"'a' f'{x}'", std::nullopt},
      {"T = 'abc'\nT", "abc"},
      {"T = 'abc'\nT = 'd'\nT", std::nullopt},
      {"x", std::nullopt},
      {"''", ""},
  };
  for (const auto &[code, answer] : cases) {
    Parsed parsed(code);
    EXPECT_EQ(parsed.model.stringOf(asked(parsed)), answer) << code;
  }
}

TEST(SoleValueOf, NeedsOneAssignment) {
  const Case cases[] = {
      {"x = 5", "5"},       {"x = 5\nx = 6", ""},
      {"x = 5\ndel x", ""}, {"for x in y: pass", ""},
      {"x, y = 1, 2", ""},  {"def x(): pass", ""},
      {"import x", ""},     {"x: int = 5", "5"},
      {"x = y = 5", "5"},   {"x = 5\nfrom y import *", ""},
  };
  for (const Case &test : cases) {
    Parsed parsed(test.code);
    EXPECT_EQ(parsed.model.soleValueOf(parsed.global("x")).text().str(), test.answer) << test.code;
  }
}

// --- Hostile programs ------------------------------------------------------------------------

/// Asks everything about every node, as rules would at worst.
void askEverything(const Parsed &parsed) {
  for (uint32_t ordinal = 0; ordinal < parsed.tree->nodeCount(); ++ordinal) {
    SyntaxNode node = parsed.tree->node(ordinal);
    parsed.model.typeOf(node);
    parsed.model.intervalOf(node);
    parsed.model.numberOf(node);
    parsed.model.truthOf(node);
    parsed.model.stringOf(node);
    parsed.model.qualifiedName(node);
    parsed.model.functionNamed(node);
    parsed.model.scopeOf(node);
    parsed.model.functionOf(node);
    if (node.kind() == NodeKind::Call) {
      parsed.model.calleeFunction(node);
      parsed.model.calleeName(node);
    }
    if (node.kind() == NodeKind::ForStatement || node.kind() == NodeKind::ForInClause)
      parsed.model.tripsOf(node);
  }
}

TEST(Hostile, QueriesEndWhateverNamesRefertTo) {
  auto numbered = [](const char *pattern, unsigned count) {
    std::string code;
    for (unsigned i = 0; i < count; ++i)
      code += llvm::formatv(pattern, i, i + 1).str();
    return code;
  };
  askEverything(Parsed(numbered("x = x + {0}\n", 300)));
  askEverything(Parsed(numbered("x{0} = x{1} + x{1}\n", 300)));
  askEverything(Parsed(numbered("x{1} = [x{0}] * x{0}[x{0}:x{0}]\n", 300)));
  askEverything(Parsed(numbered("def f{0}(): return f{1}()\n", 300)));
  askEverything(Parsed(numbered("class C{0}(C{1}):\n  def f(self): self.x = C{1}().x\n", 100)));
  askEverything(Parsed(numbered("x{1} = x{0} if x{0} else x{0}\n", 300)));
}

TEST(Hostile, LongChainsOfNamesAnswerFast) {
  std::string code;
  for (unsigned i = 0; i < 20'000; ++i)
    code += llvm::formatv("x{0} = x{1} + x{1}\n", i, (i + 1) % 20'000).str();
  for (unsigned i = 0; i < 10'000; ++i)
    code += "y = y + 1\n";
  Parsed parsed(code);
  SyntaxNode inCycle = parsed.node("x5");
  SyntaxNode inItself = parsed.node("y");
  auto begin = ThreadClock::now();
  for (unsigned i = 0; i < 1000; ++i) {
    EXPECT_EQ(parsed.model.intervalOf(inCycle), kUnknown);
    EXPECT_FALSE(parsed.model.typeOf(inItself));
  }
  auto taken = ThreadClock::now() - begin;
  EXPECT_LT(std::chrono::duration_cast<std::chrono::seconds>(taken).count(), 10);
}

TEST(Hostile, DeepExpressionsAnswer) {
  for (llvm::StringRef term : {"a+", "a.", "-", "not ", "a if b else ", "a and ", "f("}) {
    int depth = term == "a+" ? 100'000 : 20'000;
    std::string code;
    for (int i = 0; i < depth; ++i)
      code += term;
    code += "a";
    if (term == "f(")
      code.append(depth, ')');
    Parsed parsed(code);
    SyntaxNode expression = parsed.tree->statement(0).firstChild();
    EXPECT_EQ(parsed.model.typeOf(expression).name, term == "not " ? "bool" : "") << term.str();
    EXPECT_EQ(parsed.model.intervalOf(expression).isExact(), false) << term.str();
    EXPECT_EQ(parsed.model.numberOf(expression), std::nullopt) << term.str();
    EXPECT_EQ(parsed.model.truthOf(expression), std::nullopt) << term.str();
  }
}

} // namespace
} // namespace fraglint
