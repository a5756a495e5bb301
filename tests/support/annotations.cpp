#include "support/annotations.h"

#include "lint/nearest_name.h"
#include "lint/rule_registry.h"
#include "syntax/line_scanner.h"
#include "text/line_index.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kBlanks(" \t\f\v");

bool isWordCharacter(char c) { return llvm::isAlnum(c) || c == '-' || c == '_'; }

llvm::StringRef takeWord(llvm::StringRef &text) {
  text = text.ltrim(kBlanks);
  llvm::StringRef word = text.take_while(isWordCharacter);
  text = text.drop_front(word.size());
  return word;
}

/// `text` up to the first of `stops` that stands in no "…".
llvm::StringRef takeOutsideQuotes(llvm::StringRef text, char stop) {
  bool isQuoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      isQuoted = !isQuoted;
    if (!isQuoted && text[i] == stop)
      return text.take_front(i);
  }
  return text;
}

/// Reads the annotations of one file, comment by comment.
class AnnotationReader {
public:
  AnnotationReader(llvm::StringRef text, const Rule *folderRule)
      : text_(text), folderRule_(folderRule), lines_(text) {}

  Annotations read() {
    ScannedLines scanned = scanLines(text_);
    firstCode_ =
        scanned.lines.empty() ? static_cast<uint32_t>(text_.size()) : scanned.lines.front().begin;
    for (const Comment &comment : scanned.comments)
      readComment(comment);
    return std::move(annotations_);
  }

private:
  /// Each `#` may start an annotation, also behind other words.
  void readComment(const Comment &comment) {
    line_ = lines_.lineAt(comment.range.begin);
    llvm::StringRef rest = text_.slice(comment.range.begin, comment.range.end);
    for (bool isFirst = true; rest.consume_front("#"); isFirst = false) {
      llvm::StringRef part = takeOutsideQuotes(rest, '#');
      readPart(part, comment, isFirst);
      // Prose may hold a lone quotation mark, which must not hide what follows it.
      rest =
          rest.drop_front(isAnnotation(part) ? part.size() : std::min(rest.find('#'), rest.size()));
    }
  }

  static bool isAnnotation(llvm::StringRef part) { return takeWord(part).starts_with("expect"); }

  void readPart(llvm::StringRef part, const Comment &comment, bool isFirst) {
    llvm::StringRef word = takeWord(part);
    part = part.trim(kBlanks);
    bool hasColon = part.consume_front(":");
    if (word == "target" && hasColon) {
      readTarget(part.trim(kBlanks), comment);
    } else if (word == "expect" || word == "expect-note") {
      bool isForNextLine = comment.ownLine && isFirst;
      readExpectations(part, hasColon, word == "expect-note", isForNextLine);
    } else if (word.starts_with("expect") && (hasColon || word.contains('-'))) {
      mistake("`# " + word + "` is no annotation: write `# expect` or `# expect-note`");
    }
  }

  void readTarget(llvm::StringRef name, const Comment &comment) {
    if (comment.range.begin > firstCode_)
      return mistake("`# target:` counts only before the first line of code");
    annotations_.target = findTarget(name);
    if (annotations_.target == nullptr)
      mistake("there is no target `" + name + "`" + didYouMean(nearestTargetNames(name)));
  }

  void readExpectations(llvm::StringRef list, bool hasColon, bool isNote, bool isForNextLine) {
    if (!hasColon && !list.empty())
      return mistake("a colon is missing before `" + list + "`");
    if (hasColon && list.trim(kBlanks).empty())
      return mistake("nothing follows the colon");
    Expectation expectation;
    expectation.line = (isForNextLine ? nextCodeLine() : line_) + 1;
    if (expectation.line > lines_.lineCount())
      return mistake("no line of code follows");
    do {
      llvm::StringRef item = takeOutsideQuotes(list, ';');
      list = list.drop_front(std::min(item.size() + 1, list.size()));
      readItem(item.trim(kBlanks), isNote, expectation);
    } while (!list.empty());
  }

  /// `rule-name "substring" "substring"`, each of which may be missing.
  void readItem(llvm::StringRef item, bool isNote, Expectation expectation) {
    llvm::StringRef name = takeWord(item);
    expectation.rule = name.empty() ? folderRule_ : findRule(name);
    if (expectation.rule == nullptr)
      return mistake(name.empty() ? "which rule? Files outside of corpus/rules must name it"
                                  : "there is no rule `" + name + "`");
    for (item = item.ltrim(kBlanks); item.consume_front("\""); item = item.ltrim(kBlanks)) {
      auto [quoted, behind] = item.split('"');
      if (quoted.size() == item.size() || quoted.empty())
        return mistake("a quotation mark is missing, or nothing stands between two");
      expectation.substrings.push_back(quoted.str());
      item = behind;
    }
    if (!item.empty())
      return mistake("`" + item +
                     "` makes no sense here: a rule's name and then \"parts of its "
                     "message\" are expected, with `;` before the next finding");
    bool isError = expectation.rule->severity == Severity::Error;
    expectation.severity = isNote ? Severity::Note : isError ? Severity::Error : Severity::Warning;
    annotations_.expectations.push_back(std::move(expectation));
  }

  uint32_t nextCodeLine() const {
    for (uint32_t line = line_ + 1; line < lines_.lineCount(); ++line) {
      TextRange range = lines_.lineRange(line);
      llvm::StringRef content = text_.slice(range.begin, range.end).ltrim(kBlanks);
      if (!content.empty() && !content.starts_with("#"))
        return line;
    }
    return lines_.lineCount();
  }

  void mistake(const llvm::Twine &what) {
    annotations_.mistakes.push_back(("line " + llvm::Twine(line_ + 1) + ": " + what).str());
  }

  llvm::StringRef text_;
  const Rule *folderRule_;
  LineIndex lines_;
  uint32_t firstCode_ = 0;
  uint32_t line_ = 0; ///< zero-based, of the comment at hand
  Annotations annotations_;
};

bool isMetBy(const Expectation &expectation, const Diagnostic &finding) {
  return expectation.rule == finding.rule && expectation.severity == finding.severity &&
         llvm::all_of(expectation.substrings, [&](const std::string &part) {
           return llvm::StringRef(finding.message).contains(part);
         });
}

/// Of one line: what is expected and what came.
struct LineFindings {
  std::vector<const Expectation *> expected;
  std::vector<const Diagnostic *> came;

  /// Takes out the pairs that fit. The choosiest expectation chooses first.
  void pairUp() {
    llvm::stable_sort(expected, [](const Expectation *a, const Expectation *b) {
      return llvm::join(a->substrings, "").size() > llvm::join(b->substrings, "").size();
    });
    llvm::erase_if(expected, [&](const Expectation *expectation) {
      auto match = llvm::find_if(
          came, [&](const Diagnostic *finding) { return isMetBy(*expectation, *finding); });
      if (match == came.end())
        return false;
      came.erase(match);
      return true;
    });
  }

  std::string text() const {
    std::string text;
    for (const Expectation *one : expected) {
      text += ("\n  expected: " + severityName(one->severity) + " " + one->rule->name).str();
      for (const std::string &part : one->substrings)
        text += " \"" + part + "\"";
    }
    if (expected.empty())
      text += "\n  expected: nothing";
    for (const Diagnostic *one : came)
      text += ("\n  came:     " + severityName(one->severity) + " " + one->rule->name + ": " +
               one->message)
                  .str();
    return came.empty() ? text + "\n  came:     nothing" : text;
  }
};

} // namespace

bool Annotations::expects(const Rule &rule) const {
  return llvm::any_of(expectations, [&](const Expectation &one) { return one.rule == &rule; });
}

Annotations readAnnotations(llvm::StringRef text, const Rule *folderRule) {
  return AnnotationReader(text, folderRule).read();
}

std::vector<std::string> disagreements(llvm::StringRef path, const Annotations &annotations,
                                       llvm::ArrayRef<Diagnostic> findings) {
  std::vector<std::string> texts;
  texts.reserve(annotations.mistakes.size());
  for (const std::string &mistake : annotations.mistakes)
    texts.push_back((path + ": " + mistake).str());

  std::map<uint32_t, LineFindings> byLine;
  for (const Expectation &expectation : annotations.expectations)
    byLine[expectation.line].expected.push_back(&expectation);
  for (const Diagnostic &finding : findings) {
    const Location &place = finding.location;
    byLine[place.file->lines().lineAt(place.range.begin) + 1].came.push_back(&finding);
  }
  for (auto &[line, both] : byLine) {
    both.pairUp();
    if (!both.expected.empty() || !both.came.empty())
      texts.push_back((path + ":" + llvm::Twine(line) + ":" + both.text()).str());
  }
  return texts;
}

} // namespace fraglint
