#pragma once
/// Constants as the firmware's parser folds them: what is folded is made before the program runs.

#include "evaluator/code.h"
#include "heap/firmware_profile.h"

#include "llvm/ADT/StringMap.h"

#include <optional>

namespace fraglint {

/// Folds the expressions of one file, in source order: `X = const(5)` makes X a constant from
/// there on.
class ConstantFolder {
public:
  explicit ConstantFolder(const FirmwareProfile &profile) : profile_(profile) {}

  /// The constant that an expression is folded to; nothing where it is evaluated at run time.
  std::optional<Constant> fold(SyntaxNode expression) const { return fold(expression, 0); }
  /// Truth of an expression that the firmware decides when it compiles.
  std::optional<bool> truth(SyntaxNode expression) const;

  /// What `const(…)` on the right side of an assignment to a name stands for; nothing for others.
  std::optional<Constant> declared(SyntaxNode value) const;
  void declare(llvm::StringRef name, Constant value);

private:
  /// `depth`: of nesting, which is bounded.
  std::optional<Constant> fold(SyntaxNode expression, unsigned depth) const;
  std::optional<Constant> foldNumber(SyntaxNode expression, unsigned depth) const;
  std::optional<Constant> foldBinary(SyntaxNode expression, unsigned depth) const;
  std::optional<Constant> foldUnary(SyntaxNode expression, unsigned depth) const;
  std::optional<Constant> foldTuple(SyntaxNode expression, unsigned depth) const;

  const FirmwareProfile &profile_;
  llvm::StringMap<Constant> names_;
};

/// Whether a literal, or a part of one that is concatenated, is an f-string.
bool isFormatted(SyntaxNode string);
/// Text or bytes of a literal without fields; concatenated ones, too.
std::optional<Constant> stringConstant(SyntaxNode literal);
/// What the characters of a literal's content mean, escapes resolved.
std::string decodeContent(llvm::StringRef content, bool isRaw, bool isBytes);

} // namespace fraglint
