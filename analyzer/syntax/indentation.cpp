#include "syntax/indentation.h"

namespace fraglint {

namespace {

/// CPython's MAXINDENT.
constexpr size_t kMaxLevels = 100; // the module counts as one

} // namespace

IndentStep IndentStack::next(Indent indent) {
  Indent top = levels_.back();
  if (indent.column < top.column)
    return out(indent);
  if (indent.column == top.column)
    return indent.tabsAsOne == top.tabsAsOne ? IndentStep::Same : IndentStep::Inconsistent;
  bool isConsistent = indent.tabsAsOne > top.tabsAsOne;
  levels_.push_back(indent);
  if (!isConsistent)
    return IndentStep::Inconsistent;
  return levels_.size() == kMaxLevels + 1 ? IndentStep::TooDeep : IndentStep::Deeper;
}

IndentStep IndentStack::out(Indent indent) {
  while (indent.column < levels_.back().column)
    levels_.pop_back();
  Indent top = levels_.back();
  if (indent.column != top.column) {
    levels_.push_back(indent);
    return IndentStep::NoSuchLevel;
  }
  return indent.tabsAsOne == top.tabsAsOne ? IndentStep::Out : IndentStep::Inconsistent;
}

} // namespace fraglint
