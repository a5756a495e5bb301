#include "text/edit.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Fails where an edit leaves `text` or where two of `sorted` overlap.
llvm::Error check(llvm::StringRef text, llvm::ArrayRef<const Edit *> sorted) {
  uint32_t doneUpTo = 0;
  for (const Edit *edit : sorted) {
    TextRange range = edit->range;
    if (range.begin > range.end || range.end > text.size())
      return llvm::createStringError("an edit of bytes %u to %u leaves the text of %zu bytes",
                                     range.begin, range.end, text.size());
    if (range.begin < doneUpTo)
      return llvm::createStringError("two edits overlap at byte %u", range.begin);
    doneUpTo = range.end;
  }
  return llvm::Error::success();
}

} // namespace

llvm::Expected<std::string> applyEdits(llvm::StringRef text, llvm::ArrayRef<Edit> edits) {
  llvm::SmallVector<const Edit *> sorted;
  for (const Edit &edit : edits)
    sorted.push_back(&edit);
  // At one offset insertions come before the replacement of what follows, in the given order.
  llvm::stable_sort(sorted, [](const Edit *a, const Edit *b) {
    if (a->range.begin != b->range.begin)
      return a->range.begin < b->range.begin;
    return a->range.empty() && !b->range.empty();
  });
  if (llvm::Error error = check(text, sorted))
    return error;

  std::string result;
  uint32_t copiedUpTo = 0;
  for (const Edit *edit : sorted) {
    result += text.slice(copiedUpTo, edit->range.begin);
    result += edit->replacement;
    copiedUpTo = edit->range.end;
  }
  result += text.substr(copiedUpTo);
  return result;
}

} // namespace fraglint
