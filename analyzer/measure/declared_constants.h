#pragma once
/// What `const()` declares, for a program that is compiled in pieces.

#include "syntax/syntax_tree.h"

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace fraglint {

/// The firmware's parser (py/parse.c) replaces a name by its value from `NAME = const(…)` to the
/// end of what is compiled at once, whatever scopes lie between, folds what is made of it, and
/// stores none whose name begins with `_`. So what is compiled by itself declares the constants
/// that it names anew.
class DeclaredConstants {
public:
  /// Those that `statement` declares, for what is compiled behind it.
  void add(SyntaxNode statement);

  /// A line that declares what `statement` names and runs nothing; empty where it names none.
  std::string declarationsFor(SyntaxNode statement) const;

private:
  struct Constant {
    llvm::StringRef name;
    SyntaxNode declaration;
  };
  std::vector<Constant> constants_; ///< in source order: each is made of earlier ones
};

} // namespace fraglint
