#include "syntax/recovery.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <algorithm>
#include <optional>
#include <tree_sitter/api.h>

namespace fraglint {

namespace {

/// What has to stand before and behind a line for it to be a whole program.
struct Frame {
  llvm::StringRef before;
  llvm::StringRef after;
};

Frame frameOf(llvm::StringRef keyword, llvm::StringRef line) {
  Frame frame;
  frame.before = llvm::StringSwitch<llvm::StringRef>(keyword)
                     .Cases("elif", "else", "if x:pass\n")
                     .Cases("except", "finally", "try:pass\n")
                     .Case("case", "match x:\n ")
                     .Default("");
  frame.after = keyword == "match"      ? "\n case x:pass\n"
                : line.ends_with(":")   ? "pass\n"
                : line.starts_with("@") ? "\ndef f():pass\n"
                                        : "\n";
  return frame;
}

/// The first error in pre-order that holds no other; `root` must have one.
TSNode firstError(TSNode root) {
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  bool found = ts_tree_cursor_goto_first_child(&cursor);
  while (found) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    if (!ts_node_has_error(node))
      found = ts_tree_cursor_goto_next_sibling(&cursor);
    else if (ts_node_is_error(node) || ts_node_is_missing(node))
      break;
    else
      found = ts_tree_cursor_goto_first_child(&cursor);
  }
  TSNode error = ts_tree_cursor_current_node(&cursor);
  ts_tree_cursor_delete(&cursor);
  return error;
}

/// Overwrites one line of a text with something that parses and keeps blocks in place.
class LineMask {
public:
  LineMask(std::string &text, const LogicalLine &line, llvm::StringRef keyword)
      : text_(text), line_(line), keyword_(keyword.str()),
        keywordEnd_(static_cast<uint32_t>(keyword.end() - text.data())) {}

  void apply() {
    bool isHeader = line_.opensBlock && !keyword_.empty();
    if (!isHeader) // one long name
      write(line_.begin, "_", "");
    else if (line_.isOrphan)
      write(line_.begin, "if _", ":");
    else
      writeHeader();
  }

private:
  /// The line's own kind of header if there is room for it, else the nearest shorter one.
  void writeHeader() {
    llvm::StringRef begin = " _";
    llvm::StringRef end = keyword_ == "def" ? "():" : ":";
    if (keyword_ == "for")
      begin = " _ in _";
    else if (keyword_ == "try" || keyword_ == "finally" || keyword_ == "else")
      begin = "";
    bool isDone =
        write(keywordEnd_, begin, end) || write(line_.begin, keyword_ + begin.str(), end) ||
        (keyword_ == "for" && write(line_.begin, "while _", end)) || write(line_.begin, "try", ":");
    if (!isDone) // then the block is just indented too far, which tree-sitter takes
      write(line_.begin, "_", "");
  }

  /// Writes from `from` to the end of the line, as many `_` or blanks in the middle as it takes.
  /// False where there is no room.
  bool write(uint32_t from, llvm::StringRef begin, llvm::StringRef end) {
    if (line_.end - from < begin.size() + end.size())
      return false;
    std::fill(text_.begin() + from, text_.begin() + line_.end, begin.ends_with("_") ? '_' : ' ');
    llvm::copy(begin, text_.begin() + from);
    llvm::copy(end, text_.begin() + line_.end - static_cast<std::ptrdiff_t>(end.size()));
    return true;
  }

  std::string &text_;
  const LogicalLine &line_;
  std::string keyword_;
  uint32_t keywordEnd_;
};

/// The next node in pre-order that holds an error; what is inside an Error node does not count.
SyntaxNode nextWithError(SyntaxNode node) {
  node = node.kind() == NodeKind::Error ? node.firstAfter() : node.next();
  while (node && !node.hasError())
    node = node.firstAfter();
  return node;
}

} // namespace

Recovery::Recovery(llvm::StringRef text, const ScannedLines &lines, PythonParser &parser,
                   Deadline deadline)
    : lines_(lines), parser_(parser), deadline_(deadline), text_(textForParser(text)),
      tried_(lines.lines.size()) {}

void Recovery::trySuspects() {
  size_t next = 0;
  for (const SyntaxProblem &problem : lines_.problems)
    next = tryLines(problem.range, next);
}

void Recovery::tryErrors(const SyntaxTree &tree) {
  size_t next = 0;
  bool showsNone = true;
  for (uint32_t index = 0; index < tree.statementCount(); ++index)
    for (SyntaxNode node = tree.statement(index); node && node.hasError();
         node = nextWithError(node)) {
      if (node.kind() != NodeKind::Error)
        continue;
      showsNone = false;
      next = tryLines(node.range(), next);
    }
  for (size_t number = 0; showsNone && number < lines_.lines.size(); ++number)
    tryLine(number);
  llvm::sort(broken_,
             [](const BrokenLine &a, const BrokenLine &b) { return a.line.begin < b.line.begin; });
}

/// Tries all lines that `range` touches, from number `next` on; returns the first one behind.
size_t Recovery::tryLines(TextRange range, size_t next) {
  const std::vector<LogicalLine> &all = lines_.lines;
  // A token that is missing at the end of a line belongs to that line.
  auto first =
      std::partition_point(all.begin() + static_cast<std::ptrdiff_t>(next), all.end(),
                           [&](const LogicalLine &line) { return line.end < range.begin; });
  next = static_cast<size_t>(first - all.begin());
  for (; next < all.size() && all[next].begin < std::max(range.end, range.begin + 1); ++next)
    tryLine(next);
  return next;
}

void Recovery::tryLine(size_t number) {
  if (tried_[number])
    return;
  tried_[number] = true;
  const LogicalLine &line = lines_.lines[number];
  llvm::StringRef keyword = headerKeyword(text_, line);
  std::optional<TextRange> where;
  if (line.isOrphan)
    where = TextRange{line.begin, line.end};
  else
    where = errorAlone(line, keyword);
  if (!where)
    return;
  LineMask(text_, line, keyword).apply();
  broken_.push_back({{line.begin, line.end}, *where});
}

/// Where `line` is wrong if nothing stands around it but what it needs.
std::optional<TextRange> Recovery::errorAlone(const LogicalLine &line, llvm::StringRef keyword) {
  llvm::StringRef text = llvm::StringRef(text_).slice(line.begin, line.end);
  Frame frame = frameOf(keyword, text);
  std::string program = (frame.before + text + frame.after).str();
  ParsedTree parsed = parser_.parse(program, deadline_);
  if (!parsed || !ts_node_has_error(ts_tree_root_node(parsed.get())))
    return std::nullopt;
  TSNode error = firstError(ts_tree_root_node(parsed.get()));
  auto toFile = [&](uint32_t offset) {
    auto before = static_cast<uint32_t>(frame.before.size());
    return std::clamp(offset, before, before + line.end - line.begin) - before + line.begin;
  };
  TextRange where{toFile(ts_node_start_byte(error)), toFile(ts_node_end_byte(error))};
  return where.empty() ? TextRange{line.lastTokenBegin, line.end} : where;
}

} // namespace fraglint
