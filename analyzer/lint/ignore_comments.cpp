#include "lint/ignore_comments.h"

#include "syntax/comment_cover.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace fraglint {

namespace {

/// Longer lines are not made: the comment goes above.
constexpr uint32_t kMostColumns = 120;
constexpr llvm::StringLiteral kBlanks(" \t\f\v");

/// Finds the place for one comment.
class IgnorePlace {
public:
  IgnorePlace(const SyntaxTree &tree, const Diagnostic &finding, llvm::StringRef reason)
      : tree_(tree), code_(finding.rule->code),
        comment_(("# fraglint: ignore[" + finding.rule->code + "] " + reason).str()) {
    // As Suppressions sees it: what stands on these lines counts for the finding.
    TextRange range = finding.location.range;
    uint32_t place = lines().lineAt(range.begin);
    first_ = place;
    add(place);
    SyntaxNode statement = tree.covering(range).statement();
    if (!statement)
      return;
    TextRange header = headerRange(statement);
    if (isCompoundStatement(statement.kind()) && range.begin >= header.end)
      return;
    first_ = lines().lineAt(header.begin);
    add(first_);
    add(lines().lineAt(header.end));
  }

  std::optional<Edit> edit() const {
    if (auto merged = withinComment())
      return merged;
    for (uint32_t line : lines_)
      if (canTrail(line) && columnsOf(line) + 2 + comment_.size() <= kMostColumns)
        return behind(line);
    for (uint32_t line : {first_, lines_.front()})
      if (canStandAbove(line))
        return above(line);
    for (uint32_t line : lines_)
      if (canTrail(line))
        return behind(line);
    return std::nullopt;
  }

private:
  const LineIndex &lines() const { return tree_.file().lines(); }
  llvm::StringRef textOf(uint32_t line) const {
    TextRange range = lines().lineRange(line);
    return tree_.file().text().slice(range.begin, range.end);
  }
  void add(uint32_t line) {
    if (!llvm::is_contained(lines_, line))
      lines_.push_back(line);
  }

  /// Into the brackets of a comment that counts for the finding already.
  std::optional<Edit> withinComment() const {
    for (const Comment &comment : tree_.comments()) {
      if (!llvm::is_contained(lines_, coveredLine(comment, tree_.file())))
        continue;
      for (const Directive &directive : directivesIn(comment, tree_.file()))
        if (directive.word == "ignore" && !directive.malformed && !directive.arguments.empty()) {
          uint32_t end = directive.argumentRanges.back().end;
          return Edit{{end, end}, (", " + code_).str()};
        }
    }
    return std::nullopt;
  }

  /// Whether a place lies within a string, where a comment would be text.
  bool isInString(uint32_t offset) const {
    for (SyntaxNode node = tree_.covering({offset, offset}); node; node = node.parent())
      if (node.kind() == NodeKind::String && node.range().begin < offset &&
          offset < node.range().end)
        return true;
    return false;
  }
  bool hasComment(uint32_t line) const {
    TextRange range = lines().lineRange(line);
    return llvm::any_of(tree_.comments(), [&](const Comment &comment) {
      return range.begin <= comment.range.begin && comment.range.begin < range.end;
    });
  }
  bool canTrail(uint32_t line) const {
    return hasComment(line) ||
           (!textOf(line).ends_with("\\") && !isInString(lines().lineRange(line).end));
  }
  bool canStandAbove(uint32_t line) const {
    bool isContinued = line > 0 && textOf(line - 1).ends_with("\\");
    return !isContinued && !isInString(lines().lineRange(line).begin);
  }

  uint32_t columnsOf(uint32_t line) const {
    constexpr uint32_t kTab = 8;
    uint32_t end = lines().lineRange(line).end;
    auto tabs = static_cast<uint32_t>(textOf(line).count('\t'));
    return lines().position(end, ColumnUnit::CodePoints).column + tabs * (kTab - 1);
  }

  Edit behind(uint32_t line) const {
    TextRange range = lines().lineRange(line);
    auto kept = static_cast<uint32_t>(textOf(line).rtrim(kBlanks).size());
    return {{range.begin + kept, range.end}, "  " + comment_};
  }

  Edit above(uint32_t line) const {
    uint32_t begin = lines().lineRange(line).begin;
    llvm::StringRef indent =
        textOf(line).take_while([](char one) { return kBlanks.contains(one); });
    return {{begin, begin}, indent.str() + comment_ + lineEnd(line)};
  }

  /// How the lines around end; the last one of a file may not.
  std::string lineEnd(uint32_t line) const {
    for (uint32_t near : {line, line == 0 ? line : line - 1}) {
      llvm::StringRef end =
          tree_.file().text().slice(lines().lineRange(near).end, lines().fullLineRange(near).end);
      if (!end.empty())
        return end.str();
    }
    return "\n";
  }

  const SyntaxTree &tree_;
  llvm::StringRef code_;
  std::string comment_;
  llvm::SmallVector<uint32_t, 3> lines_; ///< that count, the finding's own first
  uint32_t first_; ///< of its statement
};

bool canBeSilenced(const Rule &rule) {
  return !isAlwaysOn(rule) &&
         !std::holds_alternative<void (*)(const SuppressionFault &, RuleContext &)>(rule.check);
}

/// The same findings, with comments in place of their fixes.
FileResult withIgnores(FileResult result, const Settings &settings, llvm::StringRef reason) {
  auto tree = SyntaxTree::parse(result.file, {settings.deadline});
  for (Diagnostic &finding : result.diagnostics) {
    finding.fix.reset();
    if (tree)
      if (auto edit = ignoreEdit(**tree, finding, reason))
        finding.fix = Fix{"Ignore it", Applicability::Safe, {std::move(*edit)}};
  }
  if (!tree)
    llvm::consumeError(tree.takeError());
  return result;
}

/// The lines of a file that are not empty, without comments and blanks at their ends.
llvm::Expected<std::vector<std::string>> codeOf(const std::shared_ptr<const SourceFile> &file,
                                                const Settings &settings) {
  auto tree = SyntaxTree::parse(file, {settings.deadline});
  if (!tree)
    return tree.takeError();
  const LineIndex &index = file->lines();
  std::vector<llvm::StringRef> lines;
  lines.reserve(index.lineCount());
  for (uint32_t line = 0; line < index.lineCount(); ++line)
    lines.push_back(file->text().slice(index.lineRange(line).begin, index.lineRange(line).end));
  for (const Comment &comment : (*tree)->comments()) {
    uint32_t line = index.lineAt(comment.range.begin);
    lines[line] = lines[line].take_front(comment.range.begin - index.lineRange(line).begin);
  }
  std::vector<std::string> code;
  for (llvm::StringRef line : lines)
    if (llvm::StringRef kept = line.rtrim(kBlanks); !kept.empty())
      code.push_back(kept.str());
  return code;
}

} // namespace

std::optional<Edit> ignoreEdit(const SyntaxTree &tree, const Diagnostic &finding,
                               llvm::StringRef reason) {
  if (!canBeSilenced(*finding.rule))
    return std::nullopt;
  return IgnorePlace(tree, finding, reason).edit();
}

llvm::Expected<FixedFile> silenceFile(const std::shared_ptr<const SourceFile> &file,
                                      FileResult result, const Settings &settings,
                                      llvm::StringRef reason, Relint relint) {
  uint32_t fixesDone = result.fixesDone;
  auto silenced = fixFile(file, withIgnores(result, settings, reason), settings,
                          Applicability::Safe, [&](const std::shared_ptr<const SourceFile> &next) {
                            return withIgnores(relint(next), settings, reason);
                          });
  if (!silenced)
    return silenced.takeError();
  uint32_t added = silenced->result.fixesDone;
  silenced->result = added == 0 ? std::move(result) : relint(silenced->file);
  silenced->result.fixesDone = fixesDone;
  silenced->result.ignoresAdded = added;
  if (added == 0)
    return silenced;
  auto before = codeOf(file, settings), after = codeOf(silenced->file, settings);
  if (!before || !after)
    return llvm::joinErrors(before.takeError(), after.takeError());
  if (*before != *after)
    return llvm::createStringError((file->path() +
                                    ": comments would change the program, so none is added; this "
                                    "is a mistake of fraglint, please report it")
                                       .str());
  return silenced;
}

} // namespace fraglint
