#include "lint/suppressions.h"

#include "lint/nearest_name.h"
#include "lint/rule_registry.h"
#include "semantic/contract.h"
#include "syntax/comment_cover.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace fraglint {

namespace {

constexpr uint32_t kLastLine = kNoLine;
constexpr llvm::StringLiteral kBlanks(" \t\f\v");

bool isAboutSuppressions(const Rule &rule) {
  return std::holds_alternative<void (*)(const SuppressionFault &, RuleContext &)>(rule.check);
}

/// The rules that an argument silences. A wide one (`ALL`, a prefix) leaves out what is wrong
/// with suppressions: else it would silence the word that it is not needed.
llvm::SmallVector<const Rule *, 4> silencedBy(llvm::StringRef selector) {
  bool isNamed = findRule(selector) != nullptr;
  llvm::SmallVector<const Rule *, 4> rules;
  for (const Rule *rule : rulesMatching(selector))
    if (!isAlwaysOn(*rule) && (isNamed || !isAboutSuppressions(*rule)))
      rules.push_back(rule);
  return rules;
}

std::string nameOf(const Rule &rule) { return (rule.code + " (" + rule.name + ")").str(); }

} // namespace

Suppressions::Suppressions(const SyntaxTree &tree) : tree_(tree) {
  for (const Comment &comment : tree.comments())
    for (Directive &directive : directivesIn(comment, tree.file())) {
      if (isContractWord(directive.word))
        continue;
      Entry &entry = entries_.emplace_back();
      entry.word = wordOf(directive);
      entry.directive = std::move(directive);
      entry.comment = comment;
      addArguments(entry);
      setCoveredLines(entry);
    }
  pairRanges();
}

Suppressions::Word Suppressions::wordOf(const Directive &directive) {
  return llvm::StringSwitch<Word>(directive.word)
      .Case("ignore", Word::Ignore)
      .Case("ignore-file", Word::IgnoreFile)
      .Case("ignore-start", Word::IgnoreStart)
      .Case("ignore-end", Word::IgnoreEnd)
      .Case("noqa", Word::Noqa)
      .Default(Word::Unknown);
}

void Suppressions::addArguments(Entry &entry) {
  const Directive &directive = entry.directive;
  if (directive.arguments.empty())
    entry.arguments.push_back({"", silencedBy("ALL"), directive.range});
  for (auto [index, text] : llvm::enumerate(directive.arguments)) {
    // Other tools' codes share `noqa` with ours.
    if (entry.word == Word::Noqa && !llvm::StringRef(text).starts_with_insensitive("FRG"))
      continue;
    entry.arguments.push_back({text, silencedBy(text), directive.argumentRanges[index], index});
  }
}

void Suppressions::setCoveredLines(Entry &entry) const {
  uint32_t line = entry.word == Word::Ignore
                      ? coveredLine(entry.comment, tree_.file())
                      : tree_.file().lines().lineAt(entry.comment.range.begin);
  entry.firstLine = 1;
  entry.lastLine = 0;
  if (entry.directive.malformed)
    return;
  if (entry.word == Word::Ignore || entry.word == Word::Noqa || entry.word == Word::IgnoreStart) {
    entry.firstLine = line;
    entry.lastLine = entry.word == Word::IgnoreStart ? kLastLine : line;
  }
  if (entry.word == Word::IgnoreFile && entry.comment.ownLine) {
    entry.firstLine = 0;
    entry.lastLine = kLastLine;
  }
}

/// An end closes the latest open start, or the latest one that names the same rules.
void Suppressions::pairRanges() {
  llvm::SmallVector<Entry *, 4> open;
  for (Entry &entry : entries_) {
    if (entry.word == Word::IgnoreStart)
      open.push_back(&entry);
    if (entry.word != Word::IgnoreEnd)
      continue;
    const auto &wanted = entry.directive.arguments;
    auto start = std::find_if(open.rbegin(), open.rend(), [&](const Entry *candidate) {
      return wanted.empty() || candidate->directive.arguments == wanted;
    });
    if (start == open.rend())
      continue;
    (*start)->lastLine = tree_.file().lines().lineAt(entry.comment.range.begin);
    (*start)->closed = entry.closed = true;
    open.erase(std::next(start).base());
  }
}

Suppressions::Lines Suppressions::linesOf(TextRange range) const {
  const LineIndex &lines = tree_.file().lines();
  uint32_t place = lines.lineAt(range.begin);
  SyntaxNode statement = tree_.covering(range).statement();
  if (!statement)
    return {place, place, place};
  TextRange extent = headerRange(statement);
  if (isCompoundStatement(statement.kind()) && range.begin >= extent.end)
    return {place, place, place};
  return {place, lines.lineAt(extent.begin), lines.lineAt(extent.end)};
}

bool Suppressions::covers(const Entry &entry, const Lines &lines) {
  auto holds = [&](uint32_t line) { return entry.firstLine <= line && line <= entry.lastLine; };
  return holds(lines.place) || holds(lines.first) || holds(lines.last);
}

/// The first comment that silences the finding, with all that do marked as needed; null: none.
const Suppressions::Entry *Suppressions::silencing(const Diagnostic &diagnostic) {
  llvm::SmallVector<Lines, 4> path;
  auto add = [&](const Location &location) {
    if (location.file == tree_.sharedFile())
      path.push_back(linesOf(location.range));
  };
  add(diagnostic.location);
  for (const Note &note : diagnostic.notes)
    add(note.location);

  const Entry *first = nullptr;
  for (Entry &entry : entries_) {
    if (llvm::none_of(path, [&](const Lines &lines) { return covers(entry, lines); }))
      continue;
    for (Argument &argument : entry.arguments)
      if (llvm::is_contained(argument.rules, diagnostic.rule)) {
        argument.needed = true;
        first = first ? first : &entry;
      }
  }
  return first;
}

void Suppressions::filter(std::vector<Diagnostic> &diagnostics,
                          std::vector<SuppressedFinding> &silenced) {
  if (entries_.empty())
    return;
  std::vector<Diagnostic> left;
  for (Diagnostic &found : diagnostics)
    if (const Entry *entry = silencing(found))
      silenced.push_back({std::move(found), SuppressionKind::Comment, entry->directive.reason});
    else
      left.push_back(std::move(found));
  diagnostics = std::move(left);
}

// --- What is wrong with the comments ---------------------------------------------------------

bool Suppressions::isUnneeded(const Argument &argument, const Settings &settings) const {
  return !argument.needed && tree_.problems().empty() &&
         llvm::all_of(argument.rules, [&](const Rule *rule) {
           return settings.rules.contains(rule) && !isAboutSuppressions(*rule);
         });
}

/// Empty where nothing is wrong with the argument.
std::string Suppressions::argumentFault(const Entry &entry, const Argument &argument,
                                        const Settings &settings) const {
  if (entry.word == Word::IgnoreEnd || (entry.word == Word::Noqa && argument.text.empty()))
    return "";
  if (argument.rules.empty()) {
    if (const Rule *rule = findRule(argument.text))
      return nameOf(*rule) + " cannot be suppressed";
    return "`" + argument.text + "` is no rule" + didYouMean(nearestRule(argument.text));
  }
  if (!isUnneeded(argument, settings))
    return "";
  if (argument.text.empty())
    return "this suppression is not needed: there is no finding here";
  return "this suppression is not needed: there is no finding of " +
         (argument.rules.size() == 1 ? nameOf(*argument.rules.front()) : argument.text) + " here";
}

/// All that a `# fraglint:` comment can start with.
llvm::SmallVector<llvm::StringRef, 8> Suppressions::directiveWords() {
  llvm::SmallVector<llvm::StringRef, 8> words = {"ignore", "ignore-file", "ignore-start",
                                                 "ignore-end"};
  llvm::append_range(words, contractWords());
  return words;
}

/// What is wrong with the comment as a whole; empty where nothing is.
std::string Suppressions::commentFault(const Entry &entry, const Settings &settings) const {
  const Directive &directive = entry.directive;
  if (entry.word == Word::Unknown && !directive.word.empty())
    return "`" + directive.word + "` is no word that a `# fraglint:` comment can start with" +
           didYouMean(nearestName(directive.word, directiveWords()));
  if (directive.malformed)
    return "this comment cannot be read; write `# fraglint: ignore[FRG201] reason`";
  if (entry.word == Word::IgnoreFile && !entry.comment.ownLine)
    return "`ignore-file` counts only on a line of its own";
  if (entry.word == Word::IgnoreEnd && !entry.closed)
    return "this `ignore-end` has no `ignore-start` before it";
  if (entry.word == Word::IgnoreStart && !entry.closed)
    return "this `ignore-start` has no `ignore-end`, so it counts up to the end of the file";
  if (settings.requireReason && directive.reason.empty() && entry.word != Word::Noqa &&
      entry.word != Word::IgnoreEnd)
    return "this suppression must say why (`require-reason` is set): put the reason behind the "
           "bracket";
  return "";
}

void Suppressions::addArgumentFaults(const Entry &entry, const Settings &settings,
                                     std::vector<SuppressionFault> &faults) const {
  size_t firstOwn = faults.size();
  for (const Argument &argument : entry.arguments)
    if (std::string message = argumentFault(entry, argument, settings); !message.empty())
      faults.push_back({argument.range, std::move(message), argumentRemoval(entry, argument)});
  // Nothing in the comment is of use: it goes as a whole.
  if (faults.size() - firstOwn >= std::max<size_t>(entry.directive.arguments.size(), 1))
    for (SuppressionFault &fault : llvm::MutableArrayRef(faults).drop_front(firstOwn))
      fault.removal = wholeRemoval(entry);
}

std::vector<SuppressionFault> Suppressions::faults(const Settings &settings) const {
  std::vector<SuppressionFault> faults;
  for (const Entry &entry : entries_) {
    if (std::string message = commentFault(entry, settings); !message.empty()) {
      bool isUseless = entry.word == Word::IgnoreEnd;
      faults.push_back({entry.directive.range, std::move(message),
                        isUseless ? wholeRemoval(entry) : TextRange{}});
    }
    // Of a comment that silences nothing as it stands, its names are not judged.
    if (entry.firstLine <= entry.lastLine)
      addArgumentFaults(entry, settings, faults);
  }
  Contracts contracts(tree_);
  for (const Contract &contract : contracts.faulty())
    faults.push_back({contract.range, contract.fault, {}});
  return faults;
}

TextRange Suppressions::wholeRemoval(const Entry &entry) const {
  llvm::StringRef text = tree_.file().text();
  TextRange comment = entry.comment.range;
  TextRange directive = entry.directive.range;
  llvm::StringRef behind = text.slice(directive.end, comment.end);
  if (!behind.trim(kBlanks).empty()) { // other words follow: they close up
    size_t blanks = behind.size() - behind.ltrim(kBlanks).size();
    return {directive.begin, directive.end + static_cast<uint32_t>(blanks)};
  }
  const LineIndex &lines = tree_.file().lines();
  uint32_t line = lines.lineAt(comment.begin);
  if (entry.comment.ownLine && directive.begin == comment.begin)
    return lines.fullLineRange(line);
  uint32_t lineBegin = lines.lineRange(line).begin;
  llvm::StringRef kept = text.slice(lineBegin, directive.begin).rtrim(kBlanks);
  return {lineBegin + static_cast<uint32_t>(kept.size()), comment.end};
}

TextRange Suppressions::argumentRemoval(const Entry &entry, const Argument &argument) {
  const auto &ranges = entry.directive.argumentRanges;
  size_t index = argument.index;
  if (index + 1 < ranges.size())
    return {argument.range.begin, ranges[index + 1].begin};
  return {index > 0 ? ranges[index - 1].end : argument.range.begin, argument.range.end};
}

} // namespace fraglint
