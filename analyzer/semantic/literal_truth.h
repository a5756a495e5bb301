#pragma once
/// Truth of literals: all that is known of a test before names have a meaning.

#include "syntax/syntax_tree.h"

#include <optional>

namespace fraglint {

/// Truth of `True`, `0`, `"text"`, `[]`, `not …` and the like; nothing where a name is involved.
std::optional<bool> literalTruth(SyntaxNode expression);

} // namespace fraglint
