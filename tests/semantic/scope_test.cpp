#include "support/parsed.h"

#include "llvm/ADT/DenseMap.h"

#include <gmock/gmock.h>

namespace fraglint {
namespace {

/// What the identifiers `x` of a program mean, in order: the same letter for the same symbol,
/// `-` for none.
std::string meanings(const Parsed &parsed) {
  std::string result;
  llvm::DenseMap<SymbolId, char> letters;
  for (uint32_t ordinal = 0; ordinal < parsed.tree->nodeCount(); ++ordinal) {
    SyntaxNode node = parsed.tree->node(ordinal);
    if (node.kind() != NodeKind::Identifier || node.text() != "x")
      continue;
    SymbolId symbol = parsed.model.symbolOf(node);
    auto letter = static_cast<char>('a' + letters.size());
    result += symbol == kNoId ? '-' : letters.try_emplace(symbol, letter).first->second;
  }
  return result;
}

struct ScopingCase {
  const char *name;
  const char *code;
  const char *meanings;
};

const ScopingCase kScoping[] = {
    {"Module", "x = 1\nprint(x)", "aa"},
    {"Unbound", "print(x)", "-"},
    {"UseBeforeBinding", "print(x)\nx = 1", "aa"},
    {"FunctionReadsModule", "x = 1\ndef f():\n  return x", "aa"},
    {"FunctionBindsItsOwn", "x = 1\ndef f():\n  x = 2\n  return x\nx", "abba"},
    {"LocalEvenBeforeAssignment", "x = 1\ndef f():\n  print(x)\n  x = 2", "abb"},
    {"Global", "x = 1\ndef f():\n  global x\n  x = 2\nx", "aaaa"},
    {"GlobalMakesTheName", "def f():\n  global x\n  x = 2\nx", "aaa"},
    {"GlobalSeenFromInside", "x = 1\ndef f():\n  global x\n  def g():\n    return x\nx", "aaaa"},
    {"GlobalPastALocal", "x = 1\ndef f():\n  x = 2\n  def g():\n    global x\n    x = 3\n  x",
     "abaab"},
    {"GlobalNobodyBinds", "def f():\n  global x\n  print(x)", "--"},
    {"GlobalsInSeveralScopes",
     "def f():\n  def g():\n    global x\n    x = 1\n  global y\n  y = x\nx", "aaaa"},
    {"Nonlocal", "def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n  return x", "aaaa"},
    {"NonlocalBeforeTheBinding", "def f():\n  def g():\n    nonlocal x\n    x = 2\n  x = 1", "aaa"},
    {"NonlocalOverTwoFunctions",
     "def f():\n  x = 1\n  def g():\n    nonlocal x\n    def h():\n      nonlocal x\n      x = 2",
     "aaaa"},
    {"NonlocalSkipsModule", "x = 0\ndef f():\n  x = 1\n  def g():\n    nonlocal x\n    x += 1\nx",
     "abbba"},
    {"NonlocalOfNothing", "x = 0\ndef f():\n  nonlocal x\n  x = 1\nx", "a--a"},
    {"Closure", "def f():\n  x = 1\n  return lambda: x", "aa"},
    {"ClassBodyReadsItself", "x = 0\nclass C:\n  x = 1\n  y = x\nx", "abba"},
    {"ClassBodyReadsModule", "x = 0\nclass C:\n  y = x", "aa"},
    {"MethodSkipsClassBody", "x = 0\nclass C:\n  x = 1\n  def f(self):\n    return x", "aba"},
    {"MethodSeesNoClassName", "class C:\n  x = 1\n  def f(self):\n    return x", "a-"},
    {"NestedClassSkipsClassBody", "x = 0\nclass C:\n  x = 1\n  class D:\n    y = x", "aba"},
    {"MethodDefaultSeesClassBody", "class C:\n  x = 1\n  def f(self, y=x): pass", "aa"},
    {"BaseIsOutside", "x = object\nclass C(x):\n  x = 1", "aab"},
    {"Comprehension", "x = 0\n[x for x in range(3)]\nx", "abba"},
    {"ComprehensionFirstIterableIsOutside", "x = [1]\n[x for x in x]", "abba"},
    {"ComprehensionSecondIterableIsInside", "x = 0\n[y for x in range(3) for y in x]", "abb"},
    {"ComprehensionCondition", "x = 0\n[y for y in range(3) if y > x]", "aa"},
    {"ComprehensionInsideIterable", "x = 0\n[x for y in [x for x in range(3)]]", "aabb"},
    {"ComprehensionInClassBody", "x = 0\nclass C:\n  x = 1\n  y = [x for i in range(3)]", "aba"},
    {"ComprehensionFirstIterableInClassBody", "class C:\n  x = [1]\n  y = [i for i in x]", "aa"},
    {"DictComprehension", "x = 0\n{x: 1 for x in range(3)}", "abb"},
    {"SetComprehension", "x = 0\n{x for x in range(3)}", "abb"},
    {"Generator", "x = 0\nsum(x for x in range(3))", "abb"},
    {"Lambda", "x = 0\nlambda x: x\nx", "abba"},
    {"LambdaDefaultIsOutside", "x = 0\nlambda x=x: x", "abab"},
    {"Parameter", "x = 0\ndef f(x):\n  return x\nx", "abba"},
    {"DefaultIsOutside", "x = 0\ndef f(x=x):\n  return x", "abab"},
    {"AnnotationIsOutside", "x = int\ndef f(x: x) -> x:\n  return x", "abaab"},
    {"TypedDefault", "x = 0\ndef f(x: int = x): pass", "aba"},
    {"StarParameters", "def f(*x): return x\ndef g(**x): return x", "aabb"},
    {"TypedStarParameter", "def f(*x: int): return x", "aa"},
    {"KeywordOnlyParameter", "def f(*, x): return x", "aa"},
    {"PositionalOnlyParameter", "def f(x, /): return x", "aa"},
    {"DecoratorIsOutside", "x = 0\n@x\ndef f():\n  x = 1", "aab"},
    {"WalrusInFunction", "def f():\n  if (x := 1):\n    return x", "aa"},
    {"WalrusInComprehensionBindsOutside", "def f():\n  [x := y for y in z]\n  return x", "aa"},
    {"WalrusInNestedComprehension", "[[x := y for y in z] for z in w]\nx", "aa"},
    {"WalrusInLambda", "x = 0\nlambda: (x := 1)", "ab"},
    {"Delete", "x = 1\ndel x", "aa"},
    {"DeleteMakesItLocal", "x = 1\ndef f():\n  del x", "ab"},
    {"DeleteItemReads", "x = []\ndef f():\n  del x[0]", "aa"},
    {"DeleteTuple", "x = 1\ndef f():\n  del (y, x)", "ab"},
    {"ExceptAs", "try: pass\nexcept ValueError as x: print(x)", "aa"},
    {"ExceptTupleAs", "try: pass\nexcept (OSError, ValueError) as x: print(x)", "aa"},
    {"WithAs", "with open() as x: x", "aa"},
    {"WithTuple", "with open() as (y, x): x", "aa"},
    {"WithSeveral", "with a() as y, b() as x: x", "aa"},
    {"WithParentheses", "with (a() as y, b() as x): x", "aa"},
    {"WithReadsContext", "x = 1\nwith x as y: pass", "aa"},
    {"ForTarget", "for x in y: x", "aa"},
    {"ForTuple", "for i, (x, j) in y: x", "aa"},
    {"ForStar", "for i, *x in y: x", "aa"},
    {"ForIterable", "x = []\ndef f():\n  for y in x: pass", "aa"},
    {"ForTargetItemReads", "x = []\ndef f():\n  for x[0] in y: pass", "aa"},
    {"Unpacking", "def f():\n  y, x = 1, 2\n  x", "aa"},
    {"UnpackingList", "def f():\n  [y, x] = 1, 2\n  x", "aa"},
    {"StarTarget", "def f():\n  y, *x = z\n  x", "aa"},
    {"Chain", "def f():\n  y = x = 1\n  x", "aa"},
    {"Augmented", "x = 0\ndef f():\n  x += 1", "ab"},
    {"AugmentedItemReads", "x = []\ndef f():\n  x[0] += 1", "aa"},
    {"AnnotatedAssignment", "x = 0\ndef f():\n  x: int = 1\n  x", "abb"},
    {"AttributeIsNoName", "x = 0\ny.x = x", "a-a"},
    {"KeywordArgumentIsNoName", "x = 0\nf(x=x)", "a-a"},
    {"Import", "import x\nx", "aa"},
    {"ImportDotted", "import x.y.z\nx.y", "aa"},
    {"ImportAs", "import y.x as x\nx", "-aa"},
    {"FromImport", "from x import y\nx", "--"},
    {"FromImportName", "from y import x\nx", "aa"},
    {"FromImportAs", "from y import x as z\nx", "--"},
    {"FutureImport", "from __future__ import x\nx", "--"},
    {"ImportInFunction", "x = 0\ndef f():\n  import x\n  x.y", "abb"},
    {"FunctionName", "def x(): return x\nx", "aaa"},
    {"ClassName", "class x:\n  def f(self): return x\nx", "aaa"},
    {"FString", "x = 1\nf'{x} {x:>{x}}'", "aaaa"},
    {"MatchCapture", "def f(y):\n  match y:\n    case x: return x", "aa"},
    {"MatchSequence", "def f(y):\n  match y:\n    case [1, x]: return x", "aa"},
    {"MatchStar", "def f(y):\n  match y:\n    case [1, *x]: return x", "aa"},
    {"MatchMapping", "def f(y):\n  match y:\n    case {'a': x}: return x", "aa"},
    {"MatchRest", "def f(y):\n  match y:\n    case {'a': 1, **x}: return x", "aa"},
    {"MatchAs", "def f(y):\n  match y:\n    case 1 | 2 as x: return x", "aa"},
    {"MatchClassReads", "x = 0\ndef f(y):\n  match y:\n    case x(): pass", "aa"},
    {"MatchClassArguments", "def f(y):\n  match y:\n    case P(x=x): return x", "-aa"},
    {"MatchValueReads", "import x\ndef f(y):\n  match y:\n    case x.y: pass", "aa"},
    {"MatchGuard", "x = 0\ndef f(y):\n  match y:\n    case 1 if x: pass", "aa"},
};

std::string caseName(const testing::TestParamInfo<ScopingCase> &tested) {
  return tested.param.name;
}

class Scoping : public testing::TestWithParam<ScopingCase> {};

TEST_P(Scoping, NamesMeanWhatPythonSays) {
  Parsed parsed(GetParam().code);
  EXPECT_EQ(meanings(parsed), GetParam().meanings) << GetParam().code;
}

INSTANTIATE_TEST_SUITE_P(, Scoping, testing::ValuesIn(kScoping), caseName);

// --- Bindings --------------------------------------------------------------------------------

struct BindingCase {
  const char *code;
  BindingKind kind;
  const char *value; ///< text; empty for none
};

TEST(Binding, KindAndValueOfX) {
  using enum BindingKind;
  const BindingCase cases[] = {
      {"x = 1 + 2", Assignment, "1 + 2"},
      {"x: int = 3", Assignment, "3"},
      {"(x) = 3", Assignment, "3"},
      {"y = x = z = 4", Assignment, "4"},
      {"x, y = 5, 6", Unpacking, "5"},
      {"(y, x) = [5, 6]", Unpacking, "6"},
      {"y, (z, x) = 5, (6, 7)", Unpacking, "7"},
      {"y, x = 5, 6, 7", Unpacking, ""},
      {"y, x = 5, *z", Unpacking, ""},
      {"y, *x = 5, 6", Unpacking, ""},
      {"y, x = z", Unpacking, ""},
      {"x, = z", Unpacking, ""},
      {"(x,) = (8,)", Unpacking, "8"},
      {"x += 9", AugmentedAssignment, "9"},
      {"def f(x=10): pass", Parameter, "10"},
      {"def f(x: int = 11): pass", Parameter, "11"},
      {"def f(x): pass", Parameter, ""},
      {"def f(*x): pass", Parameter, ""},
      {"lambda x=12: 0", Parameter, "12"},
      {"for x in y: pass", LoopTarget, "y"},
      {"for x in 1, 2: pass", LoopTarget, "1, 2"},
      {"for i, x in y: pass", LoopTarget, "y"},
      {"[0 for x in y]", LoopTarget, "y"},
      {"with open(f) as x: pass", WithTarget, "open(f)"},
      {"with (open(f) as x): pass", WithTarget, "open(f)"},
      {"try: pass\nexcept E as x: pass", ExceptTarget, ""},
      {"(x := 13)", Walrus, "13"},
      {"match y:\n  case x: pass", MatchCapture, ""},
      {"def x(): pass", Function, ""},
      {"class x: pass", Class, ""},
      {"import x", Import, ""},
  };
  for (const BindingCase &test : cases) {
    Parsed parsed(test.code);
    bool found = false;
    for (const Binding &binding : parsed.model.bindings()) {
      if (binding.name.text() != "x")
        continue;
      found = true;
      EXPECT_EQ(binding.kind, test.kind) << test.code;
      EXPECT_EQ(binding.value.text().str(), test.value) << test.code;
    }
    EXPECT_TRUE(found) << test.code;
  }
}

TEST(Binding, ImportsKeepTheirDottedNames) {
  const std::pair<const char *, const char *> cases[] = {
      {"import x", "x"},
      {"import x.y.z", "x"},
      {"import a.b as x", "a.b"},
      {"import a . b as x", "a.b"},
      {"from a.b import x", "a.b.x"},
      {"from a import (y, b as x)", "a.b"},
      {"from . import x", ".x"},
      {"from .. import x", "..x"},
      {"from .a import x", ".a.x"},
      {"from . . a import x", "..a.x"},
  };
  for (auto [code, name] : cases) {
    Parsed parsed(code);
    ASSERT_NE(parsed.global("x"), kNoId) << code;
    const Symbol &symbol = parsed.model.symbol(parsed.global("x"));
    EXPECT_EQ(parsed.model.binding(symbol.bindings.front()).importedName, name) << code;
  }
}

TEST(Binding, ComeInSourceOrderWithNonlocalOnes) {
  Parsed parsed("def f():\n  def g():\n    nonlocal x\n    x = 1\n  x = 2\n  def h():\n"
                "    nonlocal x\n    x = 3\n  x = 4\n");
  const Symbol &symbol = parsed.model.symbol(parsed.model.symbolOf(parsed.node("x")));
  std::string values;
  for (BindingId id : symbol.bindings)
    values += parsed.model.binding(id).value.text();
  EXPECT_EQ(values, "1234");
}

TEST(Binding, KnowsWhoseCodeBinds) {
  Parsed parsed("def f(a, b=(c := 1)):\n  global g\n  g = 1\n  [i for i in a]\n");
  auto functionOf = [&](llvm::StringRef name) {
    const Symbol &symbol = parsed.model.symbol(parsed.model.symbolOf(parsed.node(name)));
    return parsed.model.binding(symbol.bindings.front()).function;
  };
  EXPECT_EQ(functionOf("a"), 1U);
  EXPECT_EQ(functionOf("c"), kModuleBody);
  EXPECT_EQ(functionOf("g"), 1U);
  EXPECT_EQ(functionOf("i"), 1U);
}

TEST(Symbol, ReferencesAreLoadsInSourceOrder) {
  Parsed parsed("x = 1\nprint(x, x + 1)\nx += 1\ndel x\ny: x = 1\n");
  const Symbol &symbol = parsed.model.symbol(parsed.global("x"));
  ASSERT_EQ(symbol.references.size(), 2U);
  EXPECT_LT(symbol.references[0].ordinal(), symbol.references[1].ordinal());
  EXPECT_EQ(symbol.bindings.size(), 3U);
}

// --- Attributes of self ----------------------------------------------------------------------

/// What the attributes `.x` of a program mean, like meanings().
std::string attributeMeanings(const Parsed &parsed) {
  std::string result;
  llvm::DenseMap<SymbolId, char> letters;
  for (uint32_t ordinal = 0; ordinal < parsed.tree->nodeCount(); ++ordinal) {
    SyntaxNode node = parsed.tree->node(ordinal);
    if (node.kind() != NodeKind::Attribute || node.child(Field::Attribute).text() != "x")
      continue;
    SymbolId symbol = parsed.model.symbolOf(node);
    auto letter = static_cast<char>('a' + letters.size());
    result += symbol == kNoId ? '-' : letters.try_emplace(symbol, letter).first->second;
  }
  return result;
}

const ScopingCase kAttributes[] = {
    {"Plain", "class C:\n  def f(self):\n    self.x = 1\n    self.x", "aa"},
    {"AcrossMethods", "class C:\n  def f(self):\n    self.x\n  def g(self):\n    self.x = 1", "aa"},
    {"AnyNameForSelf", "class C:\n  def f(this):\n    this.x = this.x", "aa"},
    {"TypedSelf", "class C:\n  def f(self: C):\n    self.x = self.x", "aa"},
    {"OtherObject", "class C:\n  def f(self, o):\n    self.x = o.x", "a-"},
    {"StaticMethod", "class C:\n  @staticmethod\n  def f(o):\n    o.x = o.x", "--"},
    {"ReboundSelf", "class C:\n  def f(self):\n    self = o\n    self.x = 1", "-"},
    {"PlainFunction", "def f(self):\n  self.x = self.x", "--"},
    {"FunctionInMethod",
     "class C:\n  def f(self):\n    def g():\n      self.x = 1\n    lambda: self.x", "aa"},
    {"ComprehensionInMethod",
     "class C:\n  def f(self):\n    [self.x for y in self.x]\n    self.x = 1", "aaa"},
    {"ClassesAreApart", "class C:\n  def f(self): self.x = 1\nclass D:\n  def f(self): self.x = 1",
     "ab"},
    {"ClassConstant", "class C:\n  x = 1\n  def f(self): self.x\n  def g(self): self.x", "aa"},
    {"InstanceBeforeClass", "class C:\n  x = 1\n  def f(self): self.x\n  def g(self): self.x = 2",
     "aa"},
    {"Base", "class B:\n  def f(self): self.x = 1\nclass C(B):\n  def g(self): self.x", "aa"},
    {"BaseOwnsWhatBothAssign",
     "class B:\n  def f(self): self.x = 1\nclass C(B):\n  def g(self): self.x = 2", "aa"},
    {"BaseAfterDerived",
     "class C(B):\n  def g(self): self.x = 2\nclass B:\n  def f(self): self.x = 1", "aa"},
    {"GrandBase",
     "class A:\n  x = 1\nclass B(A): pass\nclass C(B):\n  def g(self): self.x\n  def h(self): "
     "self.x",
     "aa"},
    {"CyclicBases", "class A(B):\n  def f(self): self.x\nclass B(A):\n  x = 1", "a"},
    {"NobodyAssigns", "class C:\n  def f(self): self.x", "-"},
    {"ClassMethod", "class C:\n  @classmethod\n  def f(cls): cls.x = 1\n  def g(self): self.x",
     "aa"},
    {"ClassMethodSeesNoInstance",
     "class C:\n  @classmethod\n  def f(cls): cls.x\n  def g(self): self.x = 1", "-a"},
    {"New", "class C:\n  x = 1\n  def __new__(cls): cls.x", "a"},
    {"Augmented", "class C:\n  def f(self):\n    self.x += 1\n    del self.x", "aa"},
    {"Unpacked", "class C:\n  def f(self):\n    self.y, self.x = 1, 2\n    self.x", "aa"},
    {"ForTarget", "class C:\n  def f(self):\n    for self.x in y: self.x", "aa"},
    {"WithTarget", "class C:\n  def f(self):\n    with y as self.x: self.x", "aa"},
    {"MethodValue", "class C:\n  def x(self): pass\n  def f(self): self.x()", "a"},
    {"ItemIsNoAssignment", "class C:\n  def f(self): self.x[0] = 1", "-"},
    {"NestedClass", "class C:\n  class D:\n    def f(self): self.x = 1\n  def g(self): self.x = 1",
     "ab"},
};

class Attributes : public testing::TestWithParam<ScopingCase> {};

TEST_P(Attributes, BelongToTheirClass) {
  Parsed parsed(GetParam().code);
  EXPECT_EQ(attributeMeanings(parsed), GetParam().meanings) << GetParam().code;
}

INSTANTIATE_TEST_SUITE_P(, Attributes, testing::ValuesIn(kAttributes), caseName);

// --- Where nodes belong ----------------------------------------------------------------------

TEST(ScopeOf, FollowsPython) {
  Parsed parsed("a\n"
                "def f(p=b) -> r:\n"
                "  c\n"
                "  [d for i in e if g]\n"
                "  h\n"
                "class C(j):\n"
                "  k\n"
                "  def m(self, q=l): n\n"
                "  o\n"
                "s = lambda t=u: v\n"
                "w\n");
  auto kindAt = [&](llvm::StringRef name) {
    return parsed.model.scope(parsed.model.scopeOf(parsed.node(name))).kind;
  };
  auto functionAt = [&](llvm::StringRef name) {
    return parsed.model.functionOf(parsed.node(name));
  };
  using enum ScopeKind;
  for (const char *name : {"a", "b", "r", "j", "s", "u", "w"}) {
    EXPECT_EQ(kindAt(name), Module) << name;
    EXPECT_EQ(functionAt(name), kModuleBody) << name;
  }
  for (const char *name : {"c", "e", "h"}) {
    EXPECT_EQ(kindAt(name), Function) << name;
    EXPECT_EQ(functionAt(name), 1U) << name;
  }
  for (const char *name : {"d", "g"}) {
    EXPECT_EQ(kindAt(name), Comprehension) << name;
    EXPECT_EQ(functionAt(name), 1U) << name;
  }
  for (const char *name : {"k", "l", "o"}) {
    EXPECT_EQ(kindAt(name), Class) << name;
    EXPECT_EQ(functionAt(name), kModuleBody) << name;
  }
  EXPECT_EQ(functionAt("n"), 2U);
  EXPECT_EQ(kindAt("v"), Lambda);
  EXPECT_EQ(functionAt("v"), 3U);
}

TEST(Function, FlagsAndPlace) {
  Parsed parsed("import rp2, micropython\n"
                "async def a(): pass\n"
                "def b(): yield 1\n"
                "def c(): [(yield) for i in x]\n"
                "@rp2.asm_pio(out_init=1)\ndef d(): pass\n"
                "@micropython.viper\ndef e(): pass\n"
                "@micropython.native\ndef f(): pass\n"
                "@other\ndef g():\n  def h(): pass\n"
                "class K:\n"
                "  @staticmethod\n  def i(): pass\n"
                "  @classmethod\n  def j(cls): pass\n"
                "  @property\n  def k(self): pass\n"
                "  @k.setter\n  def l(self, v): pass\n");
  auto function = [&](llvm::StringRef name) -> const Function & {
    for (const Function &candidate : parsed.model.functions())
      if (candidate.name == name)
        return candidate;
    ADD_FAILURE() << name.str();
    return parsed.model.function(kModuleBody);
  };
  EXPECT_TRUE(function("a").isAsync);
  EXPECT_FALSE(function("b").isAsync);
  EXPECT_TRUE(function("b").isGenerator);
  EXPECT_FALSE(function("a").isGenerator);
  EXPECT_TRUE(function("d").isOpaque);
  EXPECT_TRUE(function("e").isOpaque);
  EXPECT_TRUE(function("f").isOpaque);
  EXPECT_FALSE(function("g").isOpaque);
  EXPECT_EQ(parsed.model.function(function("h").parent).name, "g");
  EXPECT_EQ(function("h").classScope, kNoId);
  EXPECT_TRUE(function("i").isStaticMethod);
  EXPECT_TRUE(function("j").isClassMethod);
  EXPECT_TRUE(function("k").isProperty);
  EXPECT_TRUE(function("l").isProperty);
  EXPECT_NE(function("i").classScope, kNoId);
  EXPECT_FALSE(function("").node);
  for (FunctionId id = 1; id < parsed.model.functions().size(); ++id)
    EXPECT_EQ(parsed.model.functionDefinedBy(parsed.model.function(id).node), id);
}

// --- Hostile programs ------------------------------------------------------------------------

std::string repeated(llvm::StringRef text, unsigned count) {
  std::string result;
  result.reserve(text.size() * count);
  while (count-- != 0)
    result += text;
  return result;
}

/// Makes the names of a program that nothing is asked about.
void build(const std::string &code) { Parsed parsed(code); }

TEST(Hostile, DeepAndWideProgramsAreBuiltInLinearTime) {
  constexpr unsigned kMany = 100'000;
  EXPECT_EQ(Parsed("a = 1\n" + repeated("a+", kMany) + "a").model.symbols().size(), 1U);
  build("x = " + repeated("(", kMany) + "y" + repeated(")", kMany));
  build("x" + repeated(".x", kMany) + " = 1");
  build("class C:\n  def f(self):\n    self" + repeated(".x", kMany) + " = self.x\n");
  build(repeated("x = ", kMany) + "1");
  build(repeated("(", kMany) + "x" + repeated(",)", kMany) + " = y");
  build(repeated("[", 20'000) + "x" + repeated(" for x in y]", 20'000));
  build("f" + repeated("()", kMany));
  Parsed lambdas(repeated("lambda a: (a, b, ", 20'000) + "c" + repeated(")", 20'000));
  EXPECT_EQ(lambdas.model.functions().size(), 20'001U);
  build(repeated("def f():\n  global x\n  x = 1\n", 20'000));
  build("def f():\n  def g():\n    nonlocal x\n" + repeated("    x = 1\n", 50'000) +
        repeated("  x = 2\n", 50'000));
  build(repeated("class C(C):\n  def f(self): self.x = 1\n", 3'000));
}

TEST(Hostile, LambdasWithNamesOfTheirOwn) {
  std::string code;
  std::string names;
  for (unsigned i = 0; i < 20'000; ++i) {
    code += "lambda a" + std::to_string(i) + ": (b" + std::to_string(i) + ", ";
    names += "b" + std::to_string(i) + " = 0\n";
  }
  Parsed parsed(names + "x = " + code + "0" + repeated(")", 20'000) + "\n");
  EXPECT_NE(parsed.model.symbolOf(parsed.node("b19999", 1)), kNoId);
}

TEST(Hostile, BrokenProgramsAreBuilt) {
  for (const char *code : {"def",
                           "def f(",
                           "class",
                           "class C(:",
                           "x =",
                           "= x",
                           "for in",
                           "with as x:",
                           "import",
                           "from x import",
                           "from . import",
                           "lambda",
                           "[for",
                           "a.b.",
                           "global",
                           "nonlocal x",
                           "del",
                           "match x:\n  case",
                           "except E as",
                           "@",
                           "def f(x=): pass",
                           "x := 1",
                           "(x := )",
                           "*",
                           "x.=1",
                           "import a.",
                           "from .. import (",
                           "def f(self,\n  self.x = 1",
                           "class C:\n  def f(: self.x"})
    Parsed parsed(code);
}

} // namespace
} // namespace fraglint
