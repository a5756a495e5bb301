#include "server/code_actions.h"

#include "syntax/comment_cover.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace json = llvm::json;

namespace {

constexpr llvm::StringLiteral kQuickFix("quickfix");

/// Where people write why.
constexpr llvm::StringLiteral kReason("<reason>");

bool touches(TextRange a, TextRange b) { return a.begin <= b.end && b.begin <= a.end; }

/// The blanks at the start of a line.
llvm::StringRef indentOf(const SourceFile &file, uint32_t line) {
  TextRange range = file.lines().lineRange(line);
  llvm::StringRef text = file.text().slice(range.begin, range.end);
  return text.take_while([](char c) { return c == ' ' || c == '\t' || c == '\f'; });
}

llvm::StringRef lineEndOf(const SourceFile &file, uint32_t line) {
  TextRange range = file.lines().lineRange(line);
  llvm::StringRef end = file.text().slice(range.end, file.lines().fullLineRange(line).end);
  return end.empty() ? "\n" : end;
}

/// A comment of its own above the statement that the finding lies in: it counts for all of it, and
/// nothing that is inside a string or behind a backslash can hinder it.
std::optional<Edit> silencingEdit(const Diagnostic &finding, const Analysis &analysis) {
  const SourceFile &file = *analysis.result.file;
  if (!analysis.tree || isAlwaysOn(*finding.rule))
    return std::nullopt;
  uint32_t offset = finding.location.range.begin;
  SyntaxNode statement = analysis.tree->covering({offset, offset}).statement();
  uint32_t line = file.lines().lineAt(statement ? statement.range().begin : offset);
  uint32_t begin = file.lines().fullLineRange(line).begin;
  std::string comment = indentOf(file, line).str() + "# fraglint: ignore[" +
                        finding.rule->code.str() + "] " + kReason.str() +
                        lineEndOf(file, line).str();
  return Edit{{begin, begin}, std::move(comment)};
}

/// Makes actions for one question.
class ActionWriter {
public:
  ActionWriter(const ActionQuestion &question, const Analysis &analysis,
               const ClientCapabilities &client, const PositionCodec &codec, UriOf uriOf)
      : question_(question), analysis_(analysis), client_(client), codec_(codec), uriOf_(uriOf) {}

  void add(const Diagnostic &finding) {
    if (finding.fix)
      addAction(finding, finding.fix->title, finding.fix->edits,
                finding.fix->applicability == Applicability::Safe);
    if (auto edit = silencingEdit(finding, analysis_))
      addAction(finding, "Ignore " + finding.rule->code.str() + " here, with a reason", *edit,
                /*isPreferred=*/false);
  }
  json::Array take() { return std::move(actions_); }

private:
  void addAction(const Diagnostic &finding, llvm::StringRef title, llvm::ArrayRef<Edit> edits,
                 bool isPreferred) {
    json::Array changes;
    for (const Edit &edit : edits)
      changes.push_back(textEdit(*analysis_.result.file, edit, codec_));
    json::Object action{
        {"title", title.str()},
        {"kind", kQuickFix},
        {"diagnostics", json::Array{diagnosticJson(finding, client_, codec_, uriOf_)}},
        {"edit", workspaceEdit(question_.uri, question_.version, std::move(changes))}};
    if (isPreferred && client_.preferredActions)
      action["isPreferred"] = true;
    actions_.push_back(std::move(action));
  }

  const ActionQuestion &question_;
  const Analysis &analysis_;
  const ClientCapabilities &client_;
  const PositionCodec &codec_;
  UriOf uriOf_;
  json::Array actions_;
};

} // namespace

bool ActionQuestion::wants(llvm::StringRef kind) const {
  return only.empty() || llvm::any_of(only, [&](llvm::StringRef wanted) {
           return kind.consume_front(wanted) && (kind.empty() || kind.front() == '.');
         });
}

json::Array quickFixes(const ActionQuestion &question, const Analysis &analysis,
                       const ClientCapabilities &client, const PositionCodec &codec, UriOf uriOf) {
  ActionWriter writer(question, analysis, client, codec, uriOf);
  if (question.wants(kQuickFix))
    for (const Diagnostic &finding : analysis.result.diagnostics)
      if (touches(finding.location.range, question.range))
        writer.add(finding);
  return writer.take();
}

bool hasSafeFix(const Analysis &analysis) {
  return llvm::any_of(analysis.result.diagnostics, [](const Diagnostic &finding) {
    return finding.fix && finding.fix->applicability == Applicability::Safe;
  });
}

Edit replacementEdit(const SourceFile &file, llvm::StringRef fixed) {
  llvm::StringRef text = file.text();
  auto isInside = [](llvm::StringRef of, size_t at) { // a character that takes several bytes
    return at < of.size() && (static_cast<unsigned char>(of[at]) & 0xC0u) == 0x80u;
  };
  size_t most = std::min(text.size(), fixed.size());
  size_t front = 0;
  while (front < most && text[front] == fixed[front])
    ++front;
  while (front > 0 && (isInside(text, front) || isInside(fixed, front)))
    --front;
  size_t back = 0;
  while (back < most - front && text[text.size() - 1 - back] == fixed[fixed.size() - 1 - back])
    ++back;
  while (back > 0 && (isInside(text, text.size() - back) || isInside(fixed, fixed.size() - back)))
    --back;
  return {{static_cast<uint32_t>(front), static_cast<uint32_t>(text.size() - back)},
          fixed.slice(front, fixed.size() - back).str()};
}

} // namespace fraglint
