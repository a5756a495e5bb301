#include "syntax/parse_history.h"

#include "syntax/tree_lowering.h"
#include "text/line_index.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cstdlib>
#include <tree_sitter/api.h>

namespace fraglint {

namespace {

bool isInsideCharacter(llvm::StringRef text, size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u;
}

/// Line and byte column of an offset, as tree-sitter counts them.
TSPoint pointAt(const LineIndex &lines, uint32_t offset) {
  Position position = lines.position(offset, ColumnUnit::Bytes);
  return {position.line, position.column};
}

/// The one edit that makes `now` of `before`: what is alike at both ends stays. A CR means
/// something else according to what follows it, so that it belongs to the edit behind it.
TSInputEdit difference(llvm::StringRef before, llvm::StringRef now) {
  size_t most = std::min(before.size(), now.size());
  size_t front = static_cast<size_t>(
      std::mismatch(before.begin(), before.begin() + most, now.begin()).first - before.begin());
  while (front > 0 && (isInsideCharacter(before, front) || isInsideCharacter(now, front) ||
                       before[front - 1] == '\r'))
    --front;
  size_t back = 0;
  while (back < most - front && before[before.size() - 1 - back] == now[now.size() - 1 - back])
    ++back;
  auto isBehindCr = [&](llvm::StringRef text) {
    return text.size() > back && text[text.size() - back - 1] == '\r';
  };
  while (back > 0 &&
         (isInsideCharacter(now, now.size() - back) || isBehindCr(before) || isBehindCr(now)))
    --back;
  TSInputEdit edit{};
  edit.start_byte = static_cast<uint32_t>(front);
  edit.old_end_byte = static_cast<uint32_t>(before.size() - back);
  edit.new_end_byte = static_cast<uint32_t>(now.size() - back);
  LineIndex linesBefore(before);
  LineIndex linesNow(now);
  edit.start_point = pointAt(linesNow, edit.start_byte);
  edit.old_end_point = pointAt(linesBefore, edit.old_end_byte);
  edit.new_end_point = pointAt(linesNow, edit.new_end_byte);
  return edit;
}

} // namespace

llvm::Expected<std::shared_ptr<const SyntaxTree>>
ParseHistory::parse(std::shared_ptr<const SourceFile> file, const ParseLimits &limits) {
  PythonParser parser(this);
  return TreeLowering::parse(std::move(file), limits, parser);
}

EditedTree ParseHistory::editedTo(llvm::StringRef text) const {
  if (!parsed_)
    return {};
  ParsedTree edited(ts_tree_copy(parsed_.get())); // so that the nodes of the last tree stay theirs
  TSInputEdit edit = difference(text_, text);
  ts_tree_edit(edited.get(), &edit);
  return {std::move(edited),
          {edit.start_byte, edit.old_end_byte},
          {edit.start_byte, edit.new_end_byte}};
}

void ParseHistory::remember(llvm::StringRef text, ParsedTree parsed,
                            std::vector<LoweredStatement> statements) {
  text_ = text.str();
  parsed_ = std::move(parsed);
  statements_ = std::move(statements);
}

UnchangedStatements::UnchangedStatements(const EditedTree &edited, const TSTree &parsed,
                                         llvm::ArrayRef<LoweredStatement> before)
    : before_(edited.before), now_(edited.now), statements_(before) {
  uint32_t count = 0;
  std::unique_ptr<TSRange, decltype(&std::free)> ranges(
      ts_tree_get_changed_ranges(edited.tree.get(), &parsed, &count), &std::free);
  for (const TSRange &range : llvm::ArrayRef(ranges.get(), count))
    changed_.push_back({range.start_byte, range.end_byte});
}

LoweredNodes UnchangedStatements::at(TextRange range) const {
  // What only touches a change may be read otherwise because of it.
  auto touches = [range](TextRange change) {
    return change.begin <= range.end && range.begin <= change.end;
  };
  if (touches(now_))
    return nullptr;
  const auto *change =
      llvm::partition_point(changed_, [&](TextRange one) { return one.end < range.begin; });
  if (change != changed_.end() && touches(*change))
    return nullptr;
  uint32_t was = range.begin < now_.begin ? range.begin : range.begin - now_.end + before_.end;
  const auto *found = llvm::partition_point(
      statements_, [was](const LoweredStatement &one) { return one.begin < was; });
  bool isSame = found != statements_.end() && found->begin == was &&
                found->nodes->front().end == range.length();
  return isSame ? found->nodes : nullptr;
}

} // namespace fraglint
