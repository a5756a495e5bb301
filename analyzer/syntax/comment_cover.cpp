#include "syntax/comment_cover.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

llvm::SmallVector<Directive, 1> directivesIn(const Comment &comment, const SourceFile &file) {
  llvm::SmallVector<Directive, 1> directives;
  Comment rest = comment;
  while (std::optional<Directive> directive =
             parseDirective(rest, file.text().slice(rest.range.begin, rest.range.end))) {
    bool isFirst = directives.empty();
    if (directive->word == "noqa" && !isFirst)
      break;
    rest.range.begin = directive->range.end;
    // One in quotes is only spoken of.
    if (isFirst || llvm::isSpace(file.text()[directive->range.begin - 1]))
      directives.push_back(std::move(*directive));
  }
  return directives;
}

uint32_t coveredLine(const Comment &comment, const SourceFile &file) {
  const LineIndex &lines = file.lines();
  uint32_t line = lines.lineAt(comment.range.begin);
  if (!comment.ownLine)
    return line;
  for (++line; line < lines.lineCount(); ++line) {
    TextRange range = lines.lineRange(line);
    llvm::StringRef content = file.text().slice(range.begin, range.end).ltrim(" \t\f\v");
    if (!content.empty() && !content.starts_with("#"))
      return line;
  }
  return kNoLine;
}

TextRange headerRange(SyntaxNode statement) {
  TextRange header = statement.range();
  if (!isCompoundStatement(statement.kind()))
    return header;
  header.end = header.begin;
  for (SyntaxNode part : statement.children()) {
    if (part.kind() == NodeKind::Block)
      break;
    header.end = part.range().end;
  }
  return header;
}

} // namespace fraglint
