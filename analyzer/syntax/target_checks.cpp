#include "syntax/checks.h"

#include "llvm/ADT/SmallVector.h"

namespace fraglint {

namespace {

enum class Use : uint8_t { Assign, Delete };

bool isContainer(NodeKind kind) {
  switch (kind) {
  case NodeKind::List:
  case NodeKind::Tuple:
  case NodeKind::ListPattern:
  case NodeKind::TuplePattern:
  case NodeKind::PatternList:
  case NodeKind::ExpressionList:
    return true;
  default:
    return false;
  }
}

bool isSplat(NodeKind kind) {
  return kind == NodeKind::ListSplat || kind == NodeKind::ListSplatPattern;
}

bool isSimpleTarget(NodeKind kind) {
  return kind == NodeKind::Identifier || kind == NodeKind::Attribute || kind == NodeKind::Subscript;
}

/// `(a)`: tree-sitter takes it for a pattern of one, but it is just the name.
SyntaxNode insideParentheses(SyntaxNode node) {
  if (node.kind() != NodeKind::TuplePattern && node.kind() != NodeKind::ParenthesizedExpression)
    return {};
  SyntaxNode inner = node.firstChild();
  if (!inner || inner.nextSibling())
    return {};
  TextRange after{inner.range().end, node.range().end};
  llvm::StringRef rest = node.text().take_back(after.length());
  return rest.contains(',') ? SyntaxNode() : inner;
}

SyntaxNode withoutParentheses(SyntaxNode node) {
  while (SyntaxNode inner = insideParentheses(node))
    node = inner;
  return node;
}

llvm::StringRef whyNot(NodeKind kind) {
  switch (kind) {
  case NodeKind::Call:
    return "a call cannot";
  case NodeKind::Integer:
  case NodeKind::Float:
    return "a number cannot";
  case NodeKind::String:
  case NodeKind::ConcatenatedString:
    return "a string cannot";
  case NodeKind::True:
  case NodeKind::False:
  case NodeKind::NoneLiteral:
    return "a constant of the language cannot";
  default:
    return "this expression cannot";
  }
}

/// A target and all targets inside it.
class TargetCheck {
public:
  TargetCheck(Use use, Faults &faults) : use_(use), faults_(faults) {}

  void check(SyntaxNode target) {
    if (!target)
      return;
    pending_.push_back(target);
    if (isSplat(target.kind())) {
      faults_.add(target, use_ == Use::Delete ? "`*` has no meaning in `del`"
                                              : "a target with `*` needs others beside it, or a "
                                                "comma behind it");
      return;
    }
    while (!pending_.empty())
      checkOne(pending_.pop_back_val());
  }

private:
  void checkOne(SyntaxNode target) {
    target = withoutParentheses(target);
    NodeKind kind = target.kind();
    if (isSimpleTarget(kind) || kind == NodeKind::Error)
      return;
    if (isContainer(kind))
      return checkContainer(target);
    faults_.add(target, whyNot(kind) + llvm::Twine(use_ == Use::Delete
                                                       ? " be deleted"
                                                       : " be given a value; `==` compares"));
  }

  void checkContainer(SyntaxNode container) {
    bool hasSplat = false;
    for (SyntaxNode element : container.children()) {
      if (!isSplat(element.kind())) {
        pending_.push_back(element);
        continue;
      }
      if (hasSplat || use_ == Use::Delete)
        faults_.add(element, use_ == Use::Delete ? "`*` has no meaning in `del`"
                                                 : "only one target may have a `*`");
      hasSplat = true;
      pending_.push_back(element.firstChild());
    }
  }

  Use use_;
  Faults &faults_;
  llvm::SmallVector<SyntaxNode, 8> pending_;
};

void checkAssigned(SyntaxNode target, Faults &faults) {
  // `(*a) = b`: brackets alone make no list of targets.
  SyntaxNode inner = withoutParentheses(target);
  TargetCheck(Use::Assign, faults).check(isSplat(inner.kind()) ? inner : target);
}

/// `+=` and annotations take one target, not several.
void checkSingleTarget(SyntaxNode target, llvm::StringRef message, Faults &faults) {
  SyntaxNode inner = withoutParentheses(target);
  if (inner && inner.kind() != NodeKind::Error && !isSimpleTarget(inner.kind()))
    faults.add(target, message);
}

void checkAssignment(SyntaxNode node, Faults &faults) {
  SyntaxNode target = node.child(Field::Left);
  bool isAnnotated = static_cast<bool>(node.child(Field::Type));
  if (isAnnotated)
    checkSingleTarget(target, "only a single name can have a type annotation", faults);
  else
    checkAssigned(target, faults);
  SyntaxNode value = node.child(Field::Right);
  if (value.kind() == NodeKind::AugmentedAssignment)
    faults.add(value, "an assignment like `+=` cannot be part of another assignment");
  if (value.kind() != NodeKind::Assignment)
    return;
  if (isAnnotated || value.child(Field::Type))
    faults.add(value, "an assignment with a type annotation has one target only");
}

void checkAugmented(SyntaxNode node, Faults &faults) {
  checkSingleTarget(node.child(Field::Left),
                    "an assignment like `+=` takes one target, not several", faults);
  SyntaxNode value = node.child(Field::Right);
  if (value.kind() == NodeKind::Assignment || value.kind() == NodeKind::AugmentedAssignment)
    faults.add(value, "an assignment cannot be the value of another one like `+=`");
}

/// `… as target`, of `with` or `except`.
void checkAsTarget(SyntaxNode node, Faults &faults) {
  SyntaxNode target = node.child(NodeKind::AsPatternTarget).firstChild();
  if (node.parent().kind() != NodeKind::ExceptClause)
    return checkAssigned(target, faults);
  if (target && target.kind() != NodeKind::Identifier && target.kind() != NodeKind::Error)
    faults.add(target, "an exception can be given a plain name only");
}

} // namespace

void checkTargets(SyntaxNode node, Faults &faults) {
  switch (node.kind()) {
  case NodeKind::Assignment:
    return checkAssignment(node, faults);
  case NodeKind::AugmentedAssignment:
    return checkAugmented(node, faults);
  case NodeKind::ForStatement:
  case NodeKind::ForInClause:
    return checkAssigned(node.child(Field::Left), faults);
  case NodeKind::AsPattern:
    return checkAsTarget(node, faults);
  case NodeKind::DeleteStatement:
    return TargetCheck(Use::Delete, faults).check(node.firstChild());
  default:
    return;
  }
}

} // namespace fraglint
