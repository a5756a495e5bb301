#include "syntax/parse_history.h"

#include "syntax/tree_lowering.h"
#include "text/line_index.h"

#include <algorithm>
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

ParsedTree ParseHistory::editedTo(llvm::StringRef text) const {
  if (!parsed_)
    return nullptr;
  ParsedTree edited(ts_tree_copy(parsed_.get())); // so that the nodes of the last tree stay theirs
  TSInputEdit edit = difference(text_, text);
  ts_tree_edit(edited.get(), &edit);
  return edited;
}

void ParseHistory::remember(llvm::StringRef text, ParsedTree parsed) {
  text_ = text.str();
  parsed_ = std::move(parsed);
}

} // namespace fraglint
