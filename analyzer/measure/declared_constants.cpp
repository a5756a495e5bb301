#include "measure/declared_constants.h"

#include "semantic/value_evaluator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

namespace fraglint {

namespace {

/// `const` is not looked up, and by no other name is it known.
bool isConstCall(SyntaxNode value) {
  return value.kind() == NodeKind::Call && value.child(Field::Function).text() == "const";
}

/// Also names of other things that are spelled the same: what the parser does not replace needs no
/// declaration and takes no harm from one.
void addNamesIn(SyntaxNode root, llvm::StringSet<> &names) {
  for (SyntaxNode node = root; node && root.contains(node); node = node.next())
    if (node.kind() == NodeKind::Identifier)
      names.insert(node.text());
}

} // namespace

void DeclaredConstants::add(SyntaxNode statement) {
  for (SyntaxNode node = statement; node; node = node.next()) {
    if (node.kind() != NodeKind::Assignment || node.parent().kind() == NodeKind::Assignment)
      continue;
    SyntaxNode name = node.child(Field::Left);
    if (name.kind() == NodeKind::Identifier &&
        isConstCall(withoutParentheses(node.child(Field::Right))))
      constants_.push_back({name.text(), node});
  }
}

std::string DeclaredConstants::declarationsFor(SyntaxNode statement) const {
  if (constants_.empty())
    return "";
  llvm::StringSet<> names;
  addNamesIn(statement, names);
  llvm::SmallVector<llvm::StringRef> declarations;
  for (const Constant &constant : llvm::reverse(constants_)) {
    if (!names.contains(constant.name))
      continue;
    addNamesIn(constant.declaration, names);
    declarations.push_back(constant.declaration.text());
  }
  if (declarations.empty())
    return "";
  // A branch that is parsed and not compiled stores nothing, neither what has no `_`.
  std::string line = "if 0:";
  for (llvm::StringRef one : llvm::reverse(declarations))
    (line += one) += ";";
  line.back() = '\n';
  return line;
}

} // namespace fraglint
