#pragma once
/// Conditions that ask whether a name has a value yet.

#include "syntax/syntax_tree.h"

namespace fraglint {

/// The name or attribute that `x is None`, `x == None` or `not x` asks about; null for any other
/// condition.
SyntaxNode askedForNone(SyntaxNode condition);

} // namespace fraglint
