/// Loops and what happens on each pass, against the comments in corpus/flow/loops/*.py.
///
/// A file holds several programs; `# === name` starts each. Every loop says what it is on its
/// first line, and every call of `here` how surely a pass of the outermost loop around it
/// evaluates it (of the innermost, too, where that differs); outside loops, how surely a call of
/// the function does:
///
///     while True:  # loop: endless, sleeps 0.5
///         time.sleep(0.5)
///         if now - last > 5:
///             last = now
///             here()  # pass: timer 5
///
/// Exact both ways: a loop or a `here` without its comment fails, and so does a comment that does
/// not say it all.

#include "semantic/module.h"
#include "semantic/python_source.h"

#include "llvm/ADT/StringExtras.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace fraglint {
namespace {

constexpr llvm::StringLiteral kProgramStart = "# === ";

/// A number without superfluous zeros.
std::string numberText(double value) {
  std::ostringstream os;
  os << value;
  return os.str();
}

std::string loopText(const LoopModel &loops, LoopId loop) {
  static constexpr const char *kNames[] = {"wait", "endless", "retry", "repeating", "counted"};
  std::string text = "loop: ";
  text += kNames[static_cast<size_t>(loops.kind(loop))];
  if (loops.kind(loop) == LoopKind::Counted) {
    Interval trips = loops.trips(loop);
    text += " " + std::to_string(trips.lo);
    if (!trips.isExact())
      text += ".." + (trips.hasHi() ? std::to_string(trips.hi) : "");
  }
  if (loops.sleepPerPass(loop) > 0)
    text += ", sleeps " + numberText(loops.sleepPerPass(loop));
  if (loops.isSlow(loop))
    text += ", slow";
  return text;
}

std::string factsText(PassFacts facts) {
  static constexpr const char *kNames[] = {"never", "event", "mode", "timer", "every"};
  std::string text = kNames[static_cast<size_t>(facts.kind)];
  if (facts.periodSeconds > 0)
    text += " " + numberText(facts.periodSeconds);
  return text;
}

std::string passText(const FunctionFlow &flow, bool isModuleBody, SyntaxNode node) {
  LoopId innermost = flow.graph.loopOf(node);
  if (innermost == kNoId)
    return isModuleBody ? "pass: none" : "call: " + factsText(flow.loops.onCall(node));
  LoopId outermost = innermost;
  while (flow.graph.loop(outermost).parent != kNoId)
    outermost = flow.graph.loop(outermost).parent;
  PassFacts outer = flow.loops.onPassOf(outermost, node);
  PassFacts inner = flow.loops.onPassOf(innermost, node);
  std::string text = "pass: " + factsText(outer);
  return outer == inner ? text : text + ", inner: " + factsText(inner);
}

/// What the analysis says, by zero-based line of the program.
std::map<uint32_t, std::string> factsByLine(const Module &module) {
  std::map<uint32_t, std::string> facts;
  const SyntaxTree &tree = module.tree();
  auto lineOf = [&](SyntaxNode node) { return tree.file().lines().lineAt(node.range().begin); };
  for (FunctionId id = 0; id < module.model().functions().size(); ++id) {
    const FunctionFlow &flow = module.flow(id);
    for (LoopId loop = 0; loop < flow.graph.loops().size(); ++loop)
      if (!flow.graph.loop(loop).isCopy)
        facts[lineOf(flow.graph.loop(loop).node)] = loopText(flow.loops, loop);
  }
  for (uint32_t ordinal = 0; ordinal < tree.nodeCount(); ++ordinal) {
    SyntaxNode node = tree.node(ordinal);
    if (node.kind() != NodeKind::Call || node.child(Field::Function).text() != "here")
      continue;
    FunctionId id = module.model().functionOf(node);
    facts[lineOf(node)] = passText(module.flow(id), id == kModuleBody, node);
  }
  return facts;
}

/// The comments of a program that say the same, likewise.
std::map<uint32_t, std::string> commentsByLine(llvm::StringRef program) {
  std::map<uint32_t, std::string> comments;
  uint32_t line = 0;
  for (llvm::StringRef text : llvm::split(program, '\n')) {
    for (llvm::StringRef key : {"# loop: ", "# pass: ", "# call: "})
      if (size_t at = text.find(key); at != llvm::StringRef::npos)
        comments[line] = text.substr(at + 2).rtrim().str();
    ++line;
  }
  return comments;
}

struct Program {
  std::string name;
  std::string code;
  uint32_t firstLine = 0; ///< one-based, in its file
};

std::vector<Program> readPrograms(const std::string &path) {
  std::vector<Program> programs;
  uint32_t line = 1;
  std::string text = readText(path);
  for (llvm::StringRef each : llvm::split(text, '\n')) {
    if (each.starts_with(kProgramStart))
      programs.push_back({each.substr(kProgramStart.size()).str(), "", line});
    if (!programs.empty())
      programs.back().code += (each + "\n").str();
    ++line;
  }
  return programs;
}

std::string describe(const std::map<uint32_t, std::string> &facts, uint32_t firstLine) {
  std::string text;
  for (const auto &[line, fact] : facts)
    text += std::to_string(firstLine + line) + ": " + fact + "\n";
  return text;
}

std::vector<std::string> loopFiles() {
  std::vector<std::string> files;
  for (const auto &entry :
       std::filesystem::directory_iterator(FRAGLINT_SOURCE_DIR "/corpus/flow/loops"))
    files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

class LoopCases : public testing::TestWithParam<std::string> {};

TEST_P(LoopCases, areAsAnnotated) {
  std::vector<Program> programs = readPrograms(GetParam());
  EXPECT_FALSE(programs.empty());
  for (const Program &program : programs) {
    SCOPED_TRACE(program.name);
    Module module(parseSource(program.code));
    EXPECT_EQ(describe(commentsByLine(program.code), program.firstLine),
              describe(factsByLine(module), program.firstLine));
  }
}

/// The loop model of the module body of `code`.
struct Loops {
  Module module;
  const LoopModel &loops;
  explicit Loops(llvm::StringRef code)
      : module(parseSource(code)), loops(module.flow(kModuleBody).loops) {}
  SyntaxNode find(llvm::StringRef text) const {
    for (uint32_t ordinal = 0; ordinal < module.tree().nodeCount(); ++ordinal)
      if (module.tree().node(ordinal).text() == text)
        return module.tree().node(ordinal);
    return {};
  }
};

TEST(LoopModel, knowsWhichWaitsNeverEnd) {
  EXPECT_TRUE(Loops("while True:\n  pass\n").loops.neverEnds(0));
  EXPECT_TRUE(Loops("while True:\n  step()\n").loops.neverEnds(0));
  EXPECT_FALSE(Loops("while not a.value:\n  pass\n").loops.neverEnds(0));
  EXPECT_FALSE(Loops("while True:\n  if a.value:\n    break\n").loops.neverEnds(0));
}

TEST(LoopModel, countsPassesFromWhichOnALoopRepeats) {
  EXPECT_FALSE(Loops("for i in range(7):\n  step()\n").loops.isRepeating(0));
  EXPECT_TRUE(Loops("for i in range(8):\n  step()\n").loops.isRepeating(0));
  EXPECT_TRUE(Loops("for i in things():\n  step()\n").loops.isRepeating(0));
  EXPECT_FALSE(Loops("for i in (1, 2):\n  step()\n").loops.isRepeating(0));
  EXPECT_FALSE(Loops("while a.value:\n  pass\n").loops.isRepeating(0));
}

TEST(LoopModel, findsTheInnermostRepeatingLoop) {
  Loops code("while True:\n"
             "  for i in range(4):\n"
             "    one()\n"
             "  for i in range(40):\n"
             "    two()\n"
             "    if i == 3:\n"
             "      three()\n"
             "  while not a.value:\n"
             "    b = c.value\n");
  EXPECT_EQ(code.loops.repeatingLoopOf(code.find("one()")), 0u);
  EXPECT_EQ(code.loops.repeatingLoopOf(code.find("two()")), 2u);
  EXPECT_EQ(code.loops.repeatingLoopOf(code.find("three()")), kNoId);
  EXPECT_EQ(code.loops.repeatingLoopOf(code.find("b = c.value")), kNoId);
}

TEST(LoopModel, knowsWhenALoopRunsAtAll) {
  EXPECT_EQ(Loops("while True:\n  step()\n").loops.trips(0).lo, 1);
  EXPECT_FALSE(Loops("while True:\n  step()\n").loops.trips(0).hasHi());
  EXPECT_EQ(Loops("while a:\n  step()\nlast()\n").loops.trips(0).lo, 0);
}

TEST(LoopModel, answersForCompoundStatementsAndForeignCode) {
  Loops code("while True:\n  if x.value:\n    for i in range(9):\n      step()\n"
             "  def f():\n    inner()\n");
  SyntaxNode inner = code.find("for i in range(9):\n      step()");
  EXPECT_EQ(code.loops.onPassOf(0, inner).kind, PassKind::Event);
  EXPECT_EQ(code.loops.onPassOf(0, code.find("inner()")).kind, PassKind::Never);
  EXPECT_EQ(code.loops.onPassOf(1, code.find("x.value")).kind, PassKind::Never);
}

/// Programs that are long in each of the ways that could cost more than their length.
TEST(LoopModel, staysFastOnLongCode) {
  std::string guards = "while True:\n";
  std::string timers = "import time\nlast = 0\nwhile True:\n";
  std::string loops;
  std::string chain = "while True:\n  if m == 0:\n    m = 1\n";
  for (int index = 0; index < 2000; ++index) {
    std::string number = std::to_string(index);
    guards += "  if c" + number + ":\n    continue\n  step()\n";
    timers += "  if time.monotonic() - last > " + number + ":\n    last = time.monotonic()\n";
    loops += "while a" + number + ":\n  if b:\n    step()\n";
    chain += "  elif m == " + number + ":\n    step()\n";
  }
  for (const std::string &code : {guards, timers, loops, chain}) {
    Loops analysed(code);
    const FunctionFlow &flow = analysed.module.flow(kModuleBody);
    for (const BasicBlock &block : flow.graph.blocks())
      for (SyntaxNode element : block.elements)
        flow.loops.repeatingLoopOf(element);
    EXPECT_EQ(flow.loops.sleepPerPass(0), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Corpus, LoopCases, testing::ValuesIn(loopFiles()), [](const auto &test) {
  return std::filesystem::path(test.param).stem().string();
});

} // namespace
} // namespace fraglint
