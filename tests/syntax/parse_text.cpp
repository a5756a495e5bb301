#include "syntax/parse_text.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <algorithm>

namespace fraglint {

TreePointer parseText(llvm::StringRef text) {
  auto none = std::make_shared<const SyntaxTree>();
  llvm::Expected<std::shared_ptr<const SourceFile>> file = SourceFile::decode("test.py", text);
  if (!file) {
    ADD_FAILURE() << llvm::toString(file.takeError());
    return none;
  }
  llvm::Expected<TreePointer> tree = SyntaxTree::parse(*file);
  if (!tree) {
    ADD_FAILURE() << llvm::toString(tree.takeError());
    return none;
  }
  return *tree;
}

std::vector<std::string> problemsOf(const SyntaxTree &tree) {
  std::vector<std::string> result;
  for (const SyntaxProblem &problem : tree.problems()) {
    Position at = tree.file().lines().position(problem.range.begin, ColumnUnit::CodePoints);
    result.push_back(std::to_string(at.line + 1) + ":" + std::to_string(at.column + 1) + " " +
                     problem.message);
  }
  return result;
}

std::vector<std::string> problemsOf(llvm::StringRef text) { return problemsOf(*parseText(text)); }

std::string shapeOf(SyntaxNode root) {
  std::string result;
  std::vector<SyntaxNode> open;
  for (SyntaxNode node = root; node && root.contains(node); node = node.next()) {
    while (!open.empty() && !open.back().contains(node)) {
      result += ")";
      open.pop_back();
    }
    if (!open.empty())
      result += " ";
    if (node.field() != Field::None)
      result += fieldName(node.field()).str() + ":";
    result += node.hasError() ? "!(" : "(";
    result += kindName(node.kind());
    open.push_back(node);
  }
  return result + std::string(open.size(), ')');
}

std::string shapeOf(llvm::StringRef text) {
  TreePointer tree = parseText(text);
  std::string result;
  for (uint32_t index = 0; index < tree->statementCount(); ++index)
    result += (index ? " " : "") + shapeOf(tree->statement(index));
  return result;
}

SyntaxNode firstOf(const SyntaxTree &tree, NodeKind kind) {
  for (uint32_t ordinal = 0; ordinal < tree.nodeCount(); ++ordinal)
    if (tree.node(ordinal).kind() == kind)
      return tree.node(ordinal);
  return {};
}

namespace {

void expectSoundNode(SyntaxNode node, uint32_t size) {
  TextRange range = node.range();
  ASSERT_LE(range.begin, range.end);
  ASSERT_LE(range.end, size);
  ASSERT_NE(node.kind(), NodeKind::None);
  if (SyntaxNode parent = node.parent()) {
    ASSERT_TRUE(parent.range().contains(range));
    ASSERT_TRUE(parent.contains(node));
    ASSERT_TRUE(parent.hasError() || !node.hasError());
  }
  if (SyntaxNode child = node.firstChild()) {
    ASSERT_EQ(child.parent(), node);
    ASSERT_EQ(child, node.next());
  }
  if (SyntaxNode sibling = node.nextSibling()) {
    ASSERT_EQ(sibling.parent(), node.parent());
    ASSERT_EQ(sibling, node.firstAfter());
    ASSERT_LE(range.end, sibling.range().begin);
  }
}

} // namespace

void expectSound(const SyntaxTree &tree) {
  auto size = static_cast<uint32_t>(tree.file().text().size());
  uint32_t ordinal = 0;
  uint32_t end = 0;
  for (uint32_t index = 0; index < tree.statementCount(); ++index) {
    SyntaxNode statement = tree.statement(index);
    ASSERT_TRUE(isStatement(statement.kind()) || statement.kind() == NodeKind::Error);
    ASSERT_LE(end, statement.range().begin);
    end = statement.range().end;
    for (SyntaxNode node = statement; node; node = node.next(), ++ordinal) {
      ASSERT_EQ(node.ordinal(), ordinal);
      ASSERT_EQ(tree.node(ordinal), node);
      ASSERT_NO_FATAL_FAILURE(expectSoundNode(node, size));
    }
  }
  ASSERT_EQ(ordinal, tree.nodeCount());
  uint32_t last = 0;
  for (const SyntaxProblem &problem : tree.problems()) {
    ASSERT_LE(last, problem.range.begin);
    ASSERT_LE(problem.range.begin, problem.range.end);
    ASSERT_LE(problem.range.end, size);
    ASSERT_FALSE(problem.message.empty());
    last = problem.range.begin;
  }
  last = 0;
  for (const Comment &comment : tree.comments()) {
    ASSERT_LE(last, comment.range.begin);
    ASSERT_LE(comment.range.end, size);
    ASSERT_EQ(tree.file().text()[comment.range.begin], '#');
    last = comment.range.end;
  }
}

std::vector<std::string> corpusPaths(llvm::StringRef folder) {
  std::string top = std::string(FRAGLINT_SOURCE_DIR) + "/corpus/syntax/" + folder.str();
  std::vector<std::string> result;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(top, code), end; it != end && !code; it.increment(code))
    result.push_back(it->path());
  EXPECT_FALSE(code) << top << ": " << code.message();
  EXPECT_FALSE(result.empty()) << top;
  std::sort(result.begin(), result.end());
  return result;
}

std::string bytesOfFile(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  EXPECT_TRUE(static_cast<bool>(buffer)) << path;
  return buffer ? (*buffer)->getBuffer().str() : std::string();
}

} // namespace fraglint
