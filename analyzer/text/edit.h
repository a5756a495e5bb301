#pragma once
/// A replacement of an interval of text, and how several are applied at once.

#include "text/text_range.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace fraglint {

struct Edit {
  TextRange range;
  std::string replacement;
  friend bool operator==(const Edit &, const Edit &) = default;
};

/// `text` with all edits done. Edits may come in any order; insertions at one offset keep
/// theirs. Fails, without a partial result, where two edits overlap or one leaves the text.
llvm::Expected<std::string> applyEdits(llvm::StringRef text, llvm::ArrayRef<Edit> edits);

} // namespace fraglint
