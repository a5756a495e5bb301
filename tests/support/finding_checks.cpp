#include "support/finding_checks.h"

#include "lint/rule.h"
#include "lint/settings.h"
#include "syntax/line_scanner.h"
#include "syntax/syntax_tree.h"
#include "text/edit.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

namespace fraglint {

namespace {

/// Enough to fall into every kind of token of a small file, few enough to take no time.
constexpr size_t kTruncations = 150;

uint32_t lineOf(const Location &place) { return place.file->lines().lineAt(place.range.begin); }

std::string describe(const Location &place) {
  std::string text = place.file->path().str();
  for (uint32_t offset : {place.range.begin, place.range.end}) {
    Position position = place.file->lines().position(offset, ColumnUnit::Bytes);
    text += ":" + std::to_string(position.line + 1) + ":" + std::to_string(position.column + 1);
  }
  return text;
}

std::vector<std::string> describeAll(const FileResult &result) {
  std::vector<std::string> texts;
  texts.reserve(result.diagnostics.size());
  for (const Diagnostic &finding : result.diagnostics)
    texts.push_back(describe(finding));
  return texts;
}

/// The places of a finding's path that lie in its own file.
std::vector<Location> pathOf(const Diagnostic &finding) {
  std::vector<Location> places = {finding.location};
  for (const Note &note : finding.notes)
    if (note.location.file == finding.location.file)
      places.push_back(note.location);
  return places;
}

size_t countOf(const Rule *rule, const FileResult &result) {
  return static_cast<size_t>(llvm::count_if(
      result.diagnostics, [&](const Diagnostic &finding) { return finding.rule == rule; }));
}

size_t syntaxProblems(const FileResult &result) {
  auto tree = SyntaxTree::parse(result.file);
  if (tree)
    return (*tree)->problems().size();
  llvm::consumeError(tree.takeError());
  return 0;
}

// --- Well-formed findings --------------------------------------------------------------------

bool isInsideCharacter(llvm::StringRef text, uint32_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80;
}

/// Empty where the place and its words are well formed.
std::string malformation(const Location &place, llvm::StringRef message) {
  llvm::StringRef text = place.file->text();
  TextRange range = place.range;
  if (range.begin > range.end || range.end > text.size())
    return "the range " + std::to_string(range.begin) + ".." + std::to_string(range.end) +
           " is not inside the file";
  if (isInsideCharacter(text, range.begin) || isInsideCharacter(text, range.end))
    return "the range cuts a character in two at " + describe(place);
  if (message.trim().empty())
    return "a message is empty";
  if (message.find_first_of("\r\n") != llvm::StringRef::npos)
    return "a message has more than one line: " + message.str();
  return "";
}

// --- Fixes -----------------------------------------------------------------------------------

/// Empty where the fix is within what its rule declares.
std::string undeclared(const Diagnostic &finding) {
  FixAvailability declared = finding.rule->fix;
  if (declared == FixAvailability::None)
    return "the rule declares no fix";
  if (declared == FixAvailability::Safe && finding.fix->applicability != Applicability::Safe)
    return "the rule declares its fixes safe, this one is not";
  if (finding.fix->title.empty() || finding.fix->edits.empty())
    return "the fix has no title or no edits";
  return "";
}

/// The bytes of the finding's file with its fix done.
llvm::Expected<std::string> mended(const Diagnostic &finding) {
  const SourceFile &file = *finding.location.file;
  auto text = applyEdits(file.text(), finding.fix->edits);
  if (!text)
    return text.takeError();
  return file.encode(*text);
}

bool movesItsCode(const Diagnostic &finding) {
  return llvm::any_of(finding.fix->edits, [&](const Edit &edit) {
    return edit.range.intersects(finding.location.range);
  });
}

/// Does the fixes of one rule, one after the other, until none is left; at most `rounds`.
FileResult mendedToTheEnd(FileResult result, const Rule *rule, size_t rounds, Lint lint) {
  while (rounds-- > 0) {
    auto next = llvm::find_if(result.diagnostics, [&](const Diagnostic &finding) {
      return finding.rule == rule && finding.fix;
    });
    if (next == result.diagnostics.end())
      break;
    auto bytes = mended(*next);
    if (!bytes) {
      llvm::consumeError(bytes.takeError());
      break;
    }
    result = lint(*bytes);
  }
  return result;
}

std::string fixFault(const Diagnostic &finding, const FileResult &result, Lint lint) {
  if (std::string fault = undeclared(finding); !fault.empty())
    return fault;
  auto bytes = mended(finding);
  if (!bytes)
    return "the fix cannot be done: " + llvm::toString(bytes.takeError());
  FileResult after = lint(*bytes);
  if (syntaxProblems(after) > syntaxProblems(result))
    return "the fix leaves something that is not valid Python";
  size_t before = countOf(finding.rule, result);
  if (countOf(finding.rule, after) < before)
    return "";
  // Code that moves out of an inner loop may be reported again in the outer one, and move again.
  if (movesItsCode(finding) &&
      countOf(finding.rule, mendedToTheEnd(after, finding.rule, 2 * before, lint)) < before)
    return "";
  return "the fix does not remove the finding";
}

// --- Suppressions ----------------------------------------------------------------------------

/// The first and last line of what a comment must stand beside to speak of a place: the
/// statement around it; of a compound one the header only.
std::pair<uint32_t, uint32_t> linesAround(const SyntaxTree &tree, TextRange range) {
  const LineIndex &lines = tree.file().lines();
  TextRange extent = range;
  if (SyntaxNode statement = tree.covering(range).statement()) {
    TextRange whole = statement.range();
    if (isCompoundStatement(statement.kind()))
      if (SyntaxNode block = statement.child(NodeKind::Block))
        whole.end = block.range().begin;
    if (whole.contains(range))
      extent = whole;
  }
  return {lines.lineAt(extent.begin), lines.lineAt(extent.end)};
}

/// One suppression comment at the end of one line, which is to silence `target`.
struct Trial {
  const FileResult &before;
  const Diagnostic &target;
  uint32_t line;

  std::string comment() const {
    return ("  # fraglint: ignore[" + target.rule->code + "] test").str();
  }

  /// The file with the comment; empty where none can stand there: inside a string, behind a
  /// backslash, or where a comment holds a directive already.
  std::string text() const {
    const SourceFile &file = *before.file;
    uint32_t end = file.lines().lineRange(line).end;
    std::string text = file.text().str();
    text.insert(end, comment());
    ScannedLines scanned = scanLines(text);
    auto holder = llvm::find_if(scanned.comments, [&](const Comment &one) {
      return one.range.end == end + comment().size();
    });
    if (holder == scanned.comments.end() ||
        scanned.problems.size() > scanLines(file.text()).problems.size())
      return "";
    auto directive = parseDirective(
        *holder, llvm::StringRef(text).slice(holder->range.begin, holder->range.end));
    bool isOurs = directive && directive->word == "ignore" && directive->reason == "test";
    return isOurs ? text : "";
  }

  /// Whether the finding must go: it is the target, or has a place on the line just as well.
  bool mustSilence(const Diagnostic &finding) const {
    auto isHere = [&](const Location &place) { return lineOf(place) == line; };
    return &finding == &target ||
           (finding.rule == target.rule && llvm::any_of(pathOf(finding), isHere));
  }

  /// Whether the finding may go: a statement that it speaks of begins or ends on the line.
  bool maySilence(const Diagnostic &finding, const SyntaxTree &tree) const {
    auto isNear = [&](const Location &place) {
      auto [first, last] = linesAround(tree, place.range);
      return lineOf(place) == line || first == line || last == line;
    };
    return finding.rule == target.rule && llvm::any_of(pathOf(finding), isNear);
  }

  /// A fix that moves the line moves the comment on it too.
  static std::string describeWithoutFix(Diagnostic finding) {
    finding.fix.reset();
    return describe(finding);
  }

  Complaints compare(const FileResult &after, const SyntaxTree &tree) const {
    Complaints complaints;
    std::string suppression = "a suppression in line " + std::to_string(line + 1) + ": ";
    std::vector<std::string> remaining;
    remaining.reserve(after.diagnostics.size());
    for (const Diagnostic &finding : after.diagnostics)
      remaining.push_back(describeWithoutFix(finding));
    for (const Diagnostic &finding : before.diagnostics) {
      auto same = llvm::find(remaining, describeWithoutFix(finding));
      bool isGone = same == remaining.end();
      if (!isGone)
        remaining.erase(same);
      if (!isGone && mustSilence(finding))
        complaints.push_back("not silenced by " + suppression + describe(finding));
      if (isGone && !maySilence(finding, tree))
        complaints.push_back("silenced by " + suppression + describe(finding));
    }
    for (const std::string &text : remaining)
      complaints.push_back(("new with " + suppression).append(text));
    return complaints;
  }
};

/// Nothing where no comment can stand at the end of the line.
std::optional<Complaints> trySuppression(const Trial &trial, const SyntaxTree &tree, Lint lint) {
  std::string text = trial.text();
  if (text.empty())
    return std::nullopt;
  auto bytes = trial.before.file->encode(text);
  if (!bytes)
    return Complaints{llvm::toString(bytes.takeError())};
  return trial.compare(lint(*bytes), tree);
}

/// What is wrong with a suppression stands in the very comment that would have to silence it.
bool isAboutSuppressions(const Rule &rule) {
  return std::holds_alternative<void (*)(const SuppressionFault &, RuleContext &)>(rule.check);
}

} // namespace

std::string describe(const Diagnostic &finding) {
  std::string text = (severityName(finding.severity) + " " + finding.rule->code).str() + " " +
                     describe(finding.location) + ": " + finding.message;
  for (const Note &note : finding.notes)
    text += "\n    " + describe(note.location) + ": " + note.message;
  if (finding.cost)
    text += "\n    cost: " + finding.cost->text();
  if (!finding.fix)
    return text;
  text += "\n    fix: " + finding.fix->title;
  for (const Edit &edit : finding.fix->edits)
    text +=
        "\n    " + describe(Location{finding.location.file, edit.range}) + ": " + edit.replacement;
  return text;
}

Complaints malformedFindings(const FileResult &result) {
  Complaints complaints;
  auto look = [&](const Location &place, llvm::StringRef message) {
    if (std::string fault = malformation(place, message); !fault.empty())
      complaints.push_back(fault);
  };
  for (const Diagnostic &finding : result.diagnostics) {
    look(finding.location, finding.message);
    for (const Note &note : finding.notes)
      look(note.location, note.message);
    if (finding.fix)
      for (const Edit &edit : finding.fix->edits)
        look({finding.location.file, edit.range}, finding.fix->title);
  }
  return complaints;
}

Complaints disorder(const FileResult &result) {
  Complaints complaints;
  auto orderOf = [](const Diagnostic &finding) {
    return std::make_tuple(finding.location.range, llvm::StringRef(finding.rule->code),
                           llvm::StringRef(finding.message));
  };
  for (size_t i = 1; i < result.diagnostics.size(); ++i)
    if (!(orderOf(result.diagnostics[i - 1]) < orderOf(result.diagnostics[i])))
      complaints.push_back("not in order, or there twice: " + describe(result.diagnostics[i]));
  return complaints;
}

Complaints instability(const FileResult &result, llvm::StringRef bytes, Lint lint) {
  std::vector<std::string> first = describeAll(result);
  std::vector<std::string> second = describeAll(lint(bytes));
  if (first == second)
    return {};
  return {"the first analysis says\n" + llvm::join(first, "\n") + "\nand the second\n" +
          llvm::join(second, "\n")};
}

Complaints fixFaults(const FileResult &result, Lint lint) {
  Complaints complaints;
  for (const Diagnostic &finding : result.diagnostics)
    if (finding.fix)
      if (std::string fault = fixFault(finding, result, lint); !fault.empty())
        complaints.push_back(fault + ": " + describe(finding));
  return complaints;
}

Complaints suppressionFaults(const FileResult &result, Lint lint) {
  auto tree = SyntaxTree::parse(result.file);
  if (!tree) {
    llvm::consumeError(tree.takeError());
    return {};
  }
  Complaints complaints;
  std::set<std::pair<const Rule *, uint32_t>> tried;
  for (const Diagnostic &finding : result.diagnostics) {
    if (isAlwaysOn(*finding.rule) || isAboutSuppressions(*finding.rule))
      continue;
    for (const Location &place : pathOf(finding)) {
      if (!tried.insert({finding.rule, lineOf(place)}).second)
        continue;
      auto found = trySuppression({result, finding, lineOf(place)}, **tree, lint);
      // A line that ends inside a string: beside the statement's last line, then.
      if (!found)
        found = trySuppression({result, finding, linesAround(**tree, place.range).second}, **tree,
                               lint);
      llvm::append_range(complaints, found.value_or(Complaints()));
    }
  }
  return complaints;
}

Complaints truncationFaults(llvm::StringRef bytes, Lint lint) {
  Complaints complaints;
  size_t count = std::min(bytes.size(), kTruncations);
  for (size_t i = 0; i < count; ++i) {
    size_t length = bytes.size() * i / count;
    FileResult result = lint(bytes.take_front(length));
    Complaints found = malformedFindings(result);
    llvm::append_range(found, disorder(result));
    for (const std::string &complaint : found)
      complaints.push_back("cut after " + std::to_string(length) + " bytes: " + complaint);
  }
  return complaints;
}

} // namespace fraglint
