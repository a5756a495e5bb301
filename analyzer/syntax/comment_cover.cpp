#include "syntax/comment_cover.h"

namespace fraglint {

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
