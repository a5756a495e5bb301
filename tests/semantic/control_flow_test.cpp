/// Graphs of control flow, against the drawings in corpus/flow/graphs/*.py.
///
/// Behind each function stands its drawing: the blocks that are reached, then the others that hold
/// something, each with its number, loop, elements and successors. Edges to `raised` are drawn only
/// where they are a block's only ones. FRAGLINT_UPDATE_GOLDENS=1 in the environment redraws.

#include "semantic/control_flow_graph.h"
#include "semantic/python_source.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace fraglint {
namespace {

/// What lines of a drawing start with.
constexpr llvm::StringLiteral kDrawn = "#   ";

const char *name(EdgeKind kind) {
  static constexpr const char *kNames[] = {"",      " true",  " false",    " zero-trip",
                                           " back", " break", " exception"};
  return kNames[static_cast<size_t>(kind)];
}

std::string blockName(const ControlFlowGraph &graph, BlockId id) {
  if (id == graph.exit())
    return "exit";
  return id == graph.raisedExit() ? "raised" : std::to_string(id);
}

/// The first line of an element, cut off where it is long.
std::string shortText(SyntaxNode element) {
  llvm::StringRef line = element.text().split('\n').first.rtrim();
  return line.size() <= 40 ? line.str() : (line.take_front(37) + "...").str();
}

void drawBlock(const ControlFlowGraph &graph, BlockId id, llvm::raw_ostream &os) {
  const BasicBlock &block = graph.block(id);
  os << kDrawn << (graph.isReachable(id) ? "" : "never ") << blockName(graph, id);
  if (block.loop != kNoId)
    os << " in loop " << block.loop;
  os << ":";
  llvm::interleave(
      block.elements, [&](SyntaxNode it) { os << ' ' << shortText(it); }, [&] { os << ';'; });
  const char *separator = " -> ";
  for (FlowEdge edge : block.successors) {
    if (edge.target == graph.raisedExit() && block.successors.size() > 1)
      continue;
    os << separator << blockName(graph, edge.target) << name(edge.kind);
    separator = ", ";
  }
  os << '\n';
}

std::string draw(const ControlFlowGraph &graph) {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (bool reachable : {true, false}) {
    for (BlockId id = 0; id < graph.blocks().size(); ++id) {
      bool isInner = id != graph.exit() && id != graph.raisedExit();
      bool isWorthwhile = reachable || !graph.block(id).elements.empty();
      if (isInner && isWorthwhile && graph.isReachable(id) == reachable)
        drawBlock(graph, id, os);
    }
  }
  for (LoopId id = 0; id < graph.loops().size(); ++id) {
    const FlowLoop &loop = graph.loop(id);
    os << kDrawn << "loop " << id << ": header " << loop.header << ", body " << loop.body
       << ", latch " << loop.latch << ", after " << loop.after << (loop.isCopy ? ", copy" : "")
       << '\n';
  }
  return text;
}

/// `code`, with a drawing behind each of its functions.
std::string withDrawings(llvm::StringRef code) {
  std::shared_ptr<const SyntaxTree> tree = parseSource(code);
  std::string text;
  uint32_t copied = 0;
  for (uint32_t index = 0; index < tree->statementCount(); ++index) {
    Function function;
    function.node = tree->statement(index);
    ControlFlowGraph graph(*tree, function, [](SyntaxNode call) {
      return call.child(Field::Function).text() == "reset";
    });
    uint32_t end = function.node.range().end;
    text += (code.slice(copied, end) + "\n" + draw(graph)).str();
    copied = end + 1; // with its line end
  }
  return text;
}

/// `text` without the drawings.
std::string withoutDrawings(llvm::StringRef text) {
  std::string code;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    if (!line.starts_with(kDrawn))
      code += (line + "\n").str();
    text = rest;
  }
  return code;
}

std::vector<std::string> graphFiles() {
  std::vector<std::string> files;
  for (const auto &entry :
       std::filesystem::directory_iterator(FRAGLINT_SOURCE_DIR "/corpus/flow/graphs"))
    files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

class GraphDrawing : public testing::TestWithParam<std::string> {};

TEST_P(GraphDrawing, isAsDrawn) {
  std::string text = readText(GetParam());
  std::string drawn = withDrawings(withoutDrawings(text));
  if (std::getenv("FRAGLINT_UPDATE_GOLDENS"))
    std::ofstream(GetParam()) << drawn;
  else
    EXPECT_EQ(text, drawn);
}

INSTANTIATE_TEST_SUITE_P(Corpus, GraphDrawing, testing::ValuesIn(graphFiles()),
                         [](const auto &test) {
                           return std::filesystem::path(test.param).stem().string();
                         });

// --- What holds of every graph ---------------------------------------------------------------

void checkGraph(const ControlFlowGraph &graph) {
  for (BlockId id = 0; id < graph.blocks().size(); ++id) {
    for (FlowEdge edge : graph.block(id).successors) {
      ASSERT_LT(edge.target, graph.blocks().size());
      if (graph.isReachable(id)) {
        EXPECT_TRUE(llvm::is_contained(graph.block(edge.target).predecessors, id));
      }
    }
    for (BlockId predecessor : graph.block(id).predecessors)
      EXPECT_TRUE(graph.isReachable(predecessor));
  }
  EXPECT_TRUE(graph.block(graph.exit()).successors.empty());
  EXPECT_TRUE(graph.block(graph.raisedExit()).successors.empty());
}

/// The graph of the module body of `code`.
ControlFlowGraph moduleGraph(const SyntaxTree &tree) { return {tree, Function()}; }

std::string nested(unsigned levels, llvm::StringRef header, llvm::StringRef trailer) {
  std::string code;
  for (unsigned level = 0; level < levels; ++level)
    code += std::string(level, ' ') + header.str() + "\n";
  code += std::string(levels, ' ') + "x()\n";
  for (unsigned level = trailer.empty() ? 0 : levels; level-- > 0;)
    code += std::string(level, ' ') + trailer.str() + "\n" + std::string(level + 1, ' ') + "y()\n";
  return code;
}

TEST(ControlFlow, staysSmallHoweverFinallyIsNested) {
  // A `finally` inside a `finally` doubles for each way; the copies must not multiply.
  std::string code = "def f():\n while a:\n  try:\n   if b: return\n   if c: break\n  finally:\n";
  for (unsigned level = 0; level < 40; ++level)
    code += std::string(level + 3, ' ') + "try:\n" + std::string(level + 4, ' ') +
            "if b: return\n" + std::string(level + 3, ' ') + "finally:\n";
  code += std::string(44, ' ') + "y()\n";
  auto tree = parseSource(code);
  Function function;
  function.node = tree->statement(0);
  ControlFlowGraph graph(*tree, function);
  checkGraph(graph);
  EXPECT_LT(graph.blocks().size(), 20000u);
}

TEST(ControlFlow, nestsDeeply) {
  for (llvm::StringRef header : {"if a:", "while a:", "for a in b:", "with a:"}) {
    auto tree = parseSource(nested(99, header, ""));
    checkGraph(moduleGraph(*tree));
  }
  auto tree = parseSource(nested(99, "try:", "finally:"));
  checkGraph(moduleGraph(*tree));
}

TEST(ControlFlow, nestingPastTheLimitIsOneOpaqueElement) {
  auto tree = parseSource(nested(400, "if a:", ""));
  ControlFlowGraph graph = moduleGraph(*tree);
  checkGraph(graph);
  SyntaxNode innermost = tree->node(tree->nodeCount() - 1);
  EXPECT_EQ(graph.elementOf(innermost).kind(), NodeKind::IfStatement);
}

TEST(ControlFlow, longChainsNeedNoStack) {
  std::string code = "if a: pass\n";
  for (unsigned index = 0; index < 20000; ++index)
    code += "elif a: pass\n";
  auto tree = parseSource(code);
  checkGraph(moduleGraph(*tree));
}

// --- Where nodes are evaluated ---------------------------------------------------------------

struct Located {
  std::shared_ptr<const SyntaxTree> tree;
  ControlFlowGraph graph;
  explicit Located(llvm::StringRef code) : tree(parseSource(code)), graph(moduleGraph(*tree)) {}
  /// The innermost node with that text, of the first such place.
  SyntaxNode find(llvm::StringRef text) const {
    SyntaxNode found;
    for (uint32_t ordinal = 0; ordinal < tree->nodeCount() && !found; ++ordinal)
      if (tree->node(ordinal).text() == text)
        found = tree->node(ordinal);
    while (found.firstChild().text() == text)
      found = found.firstChild();
    EXPECT_TRUE(found) << "no node " << text.str();
    return found;
  }
  std::string elementOf(llvm::StringRef text) const {
    return shortText(graph.elementOf(find(text)));
  }
};

TEST(ElementOf, isTheStatementOrTheTest) {
  Located code("if a + 1:\n  x = b[2]\nfor i, j in g(3):\n  pass\nwith open(p) as f:\n  pass\n"
               "try:\n  pass\nexcept (E, F) as e:\n  pass\n");
  EXPECT_EQ(code.elementOf("1"), "a + 1");
  EXPECT_EQ(code.elementOf("2"), "x = b[2]");
  EXPECT_EQ(code.elementOf("j"), "i, j");
  EXPECT_EQ(code.elementOf("3"), "g(3)");
  EXPECT_EQ(code.elementOf("p"), "open(p) as f");
  EXPECT_EQ(code.elementOf("E"), "(E, F) as e");
}

TEST(ElementOf, knowsWhoseCodeANodeIs) {
  Located code("@deco(1)\ndef f(a=2):\n  return 3\nclass C(Base):\n  size = 4\n"
               "  def m(self, b=5):\n    return 6\ng = lambda c=7: 8\n");
  EXPECT_EQ(code.elementOf("1"), "@deco(1)");
  EXPECT_EQ(code.elementOf("2"), "@deco(1)");
  EXPECT_EQ(code.elementOf("3"), "");
  EXPECT_EQ(code.elementOf("Base"), "class C(Base):");
  EXPECT_EQ(code.elementOf("4"), "size = 4");
  EXPECT_EQ(code.elementOf("5"), "def m(self, b=5):");
  EXPECT_EQ(code.elementOf("6"), "");
  EXPECT_EQ(code.elementOf("7"), "g = lambda c=7: 8");
  EXPECT_EQ(code.elementOf("8"), "");
}

TEST(LoopOf, countsTheIterableOutAndTheTestIn) {
  Located code("while a:\n  for i in b:\n    c\n  else:\n    d\nelse:\n  e\n");
  const ControlFlowGraph &graph = code.graph;
  LoopId outer = graph.loopOf(code.find("a"));
  LoopId inner = graph.loopOf(code.find("c"));
  EXPECT_EQ(graph.loop(outer).node.kind(), NodeKind::WhileStatement);
  EXPECT_EQ(graph.loop(inner).parent, outer);
  EXPECT_EQ(graph.loopOf(code.find("b")), outer);
  EXPECT_EQ(graph.loopOf(code.find("i")), inner);
  EXPECT_EQ(graph.loopOf(code.find("d")), outer);
  EXPECT_EQ(graph.loopOf(code.find("e")), kNoId);
  EXPECT_EQ(graph.loopOf(graph.loop(inner).node), outer);
  EXPECT_EQ(graph.loopOf(graph.loop(outer).node), kNoId);
}

TEST(PointOf, prefersTheFinallyOfOrdinaryFlow) {
  Located code("while a:\n  try:\n    if b:\n      break\n  finally:\n    c\n");
  auto points = code.graph.pointsOf(code.find("c"));
  EXPECT_EQ(points.size(), 3u); // ordinary, `break`, exception
  BlockId ordinary = code.graph.pointOf(code.find("c")).block;
  EXPECT_EQ(code.graph.block(ordinary).successors.front().target, code.graph.loop(0).latch);
}

} // namespace
} // namespace fraglint
