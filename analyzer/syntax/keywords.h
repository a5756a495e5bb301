#pragma once
/// Python's keywords, and what each says about the line it stands in.

#include "llvm/ADT/StringRef.h"

namespace fraglint {

/// Whether `word` can never be a name. `match`, `case` and `type` can.
bool isKeyword(llvm::StringRef word);

/// Whether a line that starts with `word` needs a colon: `if`, `else`, `def`, …
bool opensBlock(llvm::StringRef word);

/// Whether `word` starts statements and stands in no expression.
bool startsStatementOnly(llvm::StringRef word);

/// Whether a line cannot end with `word`.
bool wantsMore(llvm::StringRef word);

} // namespace fraglint
