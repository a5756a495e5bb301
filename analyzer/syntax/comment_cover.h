#pragma once
/// The directives in a comment, and the code that it is about.

#include "syntax/syntax_tree.h"

#include <cstdint>
#include <limits>

namespace fraglint {

/// The directives of a comment, in order: each `# fraglint: …` in it, else a `# noqa`.
llvm::SmallVector<Directive, 1> directivesIn(const Comment &comment, const SourceFile &file);

/// Stands for no line.
inline constexpr uint32_t kNoLine = std::numeric_limits<uint32_t>::max();

/// The line (from 0) that a comment is about: its own or, where it stands alone, the next line of
/// code; kNoLine where none follows.
uint32_t coveredLine(const Comment &comment, const SourceFile &file);

/// The part of a statement that belongs to it alone: of a compound one only its header, since what
/// stands in its body has its own lines.
TextRange headerRange(SyntaxNode statement);

} // namespace fraglint
