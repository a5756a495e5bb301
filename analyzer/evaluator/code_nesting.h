#pragma once
/// Nesting of syntax to which code is built; what lies deeper is not evaluated.

#include "evaluator/code_builder.h"

namespace fraglint {

/// The operator that is spelled so: `+`, `//`.
BinaryOperator binaryOperatorOf(llvm::StringRef text);
llvm::SmallVector<SyntaxNode, 4> itemsOf(SyntaxNode list);
/// `*rest`, as a target or in a display.
bool isStarred(SyntaxNode target);

class CodeBuilder::Nesting {
public:
  explicit Nesting(CodeBuilder &builder) : builder_(builder) { ++builder_.nesting_; }
  ~Nesting() { --builder_.nesting_; }
  Nesting(const Nesting &) = delete;
  Nesting &operator=(const Nesting &) = delete;
  bool isTooDeep() const { return builder_.nesting_ > kMost; }

private:
  static constexpr unsigned kMost = 150;
  CodeBuilder &builder_;
};

/// Jumps that are emitted while it lives meet at its label.
class CodeBuilder::JoinAt {
public:
  JoinAt(CodeBuilder &builder, Label label) : builder_(builder), before_(builder.join_) {
    builder.join_ = label;
  }
  ~JoinAt() { builder_.join_ = before_; }
  JoinAt(const JoinAt &) = delete;
  JoinAt &operator=(const JoinAt &) = delete;

private:
  CodeBuilder &builder_;
  Label before_;
};

} // namespace fraglint
