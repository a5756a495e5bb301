#include "syntax/indentation.h"

namespace fraglint {

namespace {

/// CPython's MAXINDENT.
constexpr size_t kMaxLevels = 100; // the module counts as one

} // namespace

IndentStep IndentStack::next(Indent indent) {
  uint32_t top = levels_.back().column;
  if (indent.column < top)
    return out(indent);
  if (indent.column == top)
    return IndentStep::Same;
  levels_.push_back(indent);
  return levels_.size() == kMaxLevels + 1 ? IndentStep::TooDeep : IndentStep::Deeper;
}

IndentStep IndentStack::out(Indent indent) {
  while (indent.column < levels_.back().column)
    levels_.pop_back();
  if (indent.column == levels_.back().column)
    return IndentStep::Out;
  levels_.push_back(indent);
  return IndentStep::NoSuchLevel;
}

} // namespace fraglint
