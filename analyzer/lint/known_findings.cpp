#include "lint/known_findings.h"

#include "lint/fingerprint.h"
#include "lint/rule.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace fraglint {

namespace {

constexpr size_t kMostText = 80;

using Key = std::pair<std::string, std::string>; ///< rule and content

Key keyOf(const Diagnostic &diagnostic) {
  return {diagnostic.rule->code.str(), contentPrint(diagnostic)};
}

bool isWorthKnowing(const Diagnostic &diagnostic) {
  return !std::holds_alternative<void (*)(const SkippedFile &, RuleContext &)>(
      diagnostic.rule->check);
}

/// The first line of a finding, cut between characters.
std::string textOf(const Diagnostic &diagnostic) {
  const SourceFile &file = *diagnostic.location.file;
  TextRange line = file.lines().lineRange(file.lines().lineAt(diagnostic.location.range.begin));
  llvm::StringRef text = file.text().slice(line.begin, line.end).trim();
  if (text.size() <= kMostText)
    return text.str();
  size_t end = kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
    --end;
  return text.take_front(end).str() + "…";
}

} // namespace

KnownFindings knownFindings(llvm::ArrayRef<Diagnostic> diagnostics) {
  std::map<Key, KnownFinding> alike;
  for (const Diagnostic &diagnostic : diagnostics) {
    if (!isWorthKnowing(diagnostic))
      continue;
    Key key = keyOf(diagnostic);
    auto [entry, isNew] = alike.try_emplace(key);
    if (isNew)
      entry->second = {key.first, key.second, textOf(diagnostic), 1};
    else
      ++entry->second.count;
  }
  KnownFindings known;
  for (auto &[key, finding] : alike)
    known.push_back(std::move(finding));
  return known;
}

KnownFindings hideKnown(FileResult &result, llvm::ArrayRef<KnownFinding> known,
                        llvm::StringRef reason) {
  if (known.empty())
    return {};
  std::map<Key, KnownFinding> waiting;
  for (const KnownFinding &one : known) {
    auto [entry, isNew] = waiting.try_emplace({one.rule, one.content}, one);
    entry->second.count += isNew ? 0 : one.count;
  }
  std::vector<Diagnostic> left;
  for (Diagnostic &found : result.diagnostics) {
    auto alike = isWorthKnowing(found) ? waiting.find(keyOf(found)) : waiting.end();
    if (alike == waiting.end()) {
      left.push_back(std::move(found));
      continue;
    }
    if (--alike->second.count == 0)
      waiting.erase(alike);
    result.suppressed.push_back({std::move(found), SuppressionKind::Baseline, reason.str()});
  }
  result.diagnostics = std::move(left);
  KnownFindings gone;
  for (auto &[key, finding] : waiting)
    gone.push_back(std::move(finding));
  return gone;
}

KnownFindings without(llvm::ArrayRef<KnownFinding> known, llvm::ArrayRef<KnownFinding> gone) {
  KnownFindings left;
  for (KnownFinding one : known) {
    for (const KnownFinding &other : gone)
      if (one.rule == other.rule && one.content == other.content)
        one.count -= std::min(one.count, other.count);
    if (one.count != 0)
      left.push_back(std::move(one));
  }
  return left;
}

uint64_t countOf(llvm::ArrayRef<KnownFinding> known) {
  uint64_t count = 0;
  for (const KnownFinding &one : known)
    count += one.count;
  return count;
}

} // namespace fraglint
