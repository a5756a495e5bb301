#include "syntax/parse_history.h"

#include "syntax/tree_lowering.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <iterator>

namespace fraglint {

namespace {

/// How many bytes two texts begin with in common. Most of a long text is, so that it is compared in
/// large pieces first.
size_t commonFront(llvm::StringRef a, llvm::StringRef b) {
  constexpr size_t kPiece = 256;
  size_t most = std::min(a.size(), b.size());
  size_t at = 0;
  while (at + kPiece <= most && a.substr(at, kPiece) == b.substr(at, kPiece))
    at += kPiece;
  while (at < most && a[at] == b[at])
    ++at;
  return at;
}

/// How many they end with, likewise.
size_t commonBack(llvm::StringRef a, llvm::StringRef b) {
  constexpr size_t kPiece = 256;
  size_t most = std::min(a.size(), b.size());
  size_t count = 0;
  while (count + kPiece <= most &&
         a.drop_back(count).take_back(kPiece) == b.drop_back(count).take_back(kPiece))
    count += kPiece;
  while (count < most && a[a.size() - 1 - count] == b[b.size() - 1 - count])
    ++count;
  return count;
}

/// Whether a statement that begins there is read alike whatever stands in front of it, as long as
/// that is whole statements: at the begin of a line that no backslash joins to the one before. What
/// tree-sitter makes of a line's end differs in front of a string.
bool standsAlone(llvm::StringRef text, uint32_t begin) {
  llvm::StringRef before = text.take_front(begin);
  if (llvm::StringRef("\"'`").contains(text[begin]))
    return false;
  if (before.empty())
    return true;
  if (!before.consume_back("\n") && before.back() != '\r')
    return false;
  before.consume_back("\r");
  return !before.ends_with("\\");
}

} // namespace

llvm::Expected<std::shared_ptr<const SyntaxTree>>
ParseHistory::parse(std::shared_ptr<const SourceFile> file, const ParseLimits &limits) {
  PythonParser parser(this);
  return TreeLowering::parse(std::move(file), limits, parser);
}

/// Reading is left to right, so that a statement whose first byte lies in front of an edit begins
/// where it did. Behind the edit one begins where it did if what stands in front of it is whole
/// statements, that is, has no errors by itself.
std::optional<EditedPart> ParseHistory::editedPartOf(llvm::StringRef text) const {
  if (!text_)
    return std::nullopt;
  llvm::StringRef last = *text_;
  size_t front = commonFront(last, text);
  size_t back = commonBack(last.drop_front(front), text.drop_front(front));
  size_t editEnd = last.size() - back;
  EditedPart part;
  part.isRestValid = isValid_;
  part.shift = static_cast<uint32_t>(text.size() - last.size());

  const LoweredStatement *all = statements_.data();
  const LoweredStatement *first = llvm::partition_point(
      llvm::ArrayRef(statements_), [&](const LoweredStatement &one) { return one.begin < front; });
  const LoweredStatement *behind = first;
  const LoweredStatement *end = all + statements_.size();
  while (first != all && !standsAlone(last, std::prev(first)->begin))
    --first;
  if (first != all)
    --first;
  part.range.begin = first == all ? 0 : first->begin;
  // The line end in front of it has to be there as it was, too.
  while (behind != end &&
         (behind->begin <= editEnd || !standsAlone(text, behind->begin + part.shift)))
    ++behind;
  part.range.end = behind == end ? static_cast<uint32_t>(text.size()) : behind->begin + part.shift;
  part.before = {all, first};
  part.behind = {behind, end};
  llvm::ArrayRef<Comment> comments = comments_;
  auto startsBefore = [](uint32_t offset) {
    return [offset](const Comment &comment) { return comment.range.begin < offset; };
  };
  part.commentsBefore = {comments.begin(),
                         llvm::partition_point(comments, startsBefore(part.range.begin))};
  if (behind != end)
    part.commentsBehind = {llvm::partition_point(comments, startsBefore(behind->begin)),
                           comments.end()};
  return part;
}

void ParseHistory::remember(llvm::StringRef text, std::vector<LoweredStatement> statements,
                            std::vector<Comment> comments, bool isValid) {
  text_ = text.str();
  comments_ = std::move(comments);
  isValid_ = isValid;
  statements_ = std::move(statements);
}

} // namespace fraglint
