#pragma once
/// What an expression asks of the heap, in the words that editors show.

#include "lint/linter.h"
#include "lint/rule.h"
#include "server/protocol.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include <optional>
#include <string>

namespace fraglint {

/// What to show where the pointer rests at `offset` of the analysed file: the help of a rule whose
/// code a comment names, else what the innermost expression there costs, else the first of its
/// line.
struct HoverText {
  TextRange range;
  std::string markdown;
};
std::optional<HoverText> hoverAt(const FileResult &result, const SyntaxTree &tree, uint32_t offset);

/// The cost behind each expression that begins in `range`, as `InlayHint`s.
llvm::json::Array costHints(const FileResult &result, TextRange range, const PositionCodec &codec);

} // namespace fraglint
