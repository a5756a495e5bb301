#include "lint/fingerprint.h"

#include "lint/rule.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

namespace fraglint {

namespace {

/// The lines of a finding without what people change about them: spaces.
std::string contentOf(const Location &location) {
  const LineIndex &lines = location.file->lines();
  llvm::StringRef text = location.file->text();
  TextRange first = lines.lineRange(lines.lineAt(location.range.begin));
  TextRange last =
      lines.lineRange(lines.lineAt(std::max(location.range.begin, location.range.end)));
  std::string content;
  for (char one : text.slice(first.begin, last.end))
    if (!llvm::isSpace(one))
      content += one;
  return content;
}

std::string printOf(llvm::StringRef key) {
  return llvm::utohexstr(llvm::xxh3_64bits(key), /*LowerCase=*/true, /*Width=*/16);
}

} // namespace

std::string contentPrint(const Diagnostic &diagnostic) {
  return printOf(diagnostic.rule->code.str() + '\0' + contentOf(diagnostic.location));
}

std::vector<std::string> fingerprints(const FileResult &result) {
  std::vector<std::string> prints;
  llvm::StringMap<unsigned> alike;
  auto add = [&](const Diagnostic &diagnostic) {
    std::string key = diagnostic.rule->code.str() + '\0' +
                      llvm::sys::path::convert_to_slash(diagnostic.location.file->path()) + '\0' +
                      contentOf(diagnostic.location);
    key += '\0' + std::to_string(alike[key]++);
    prints.push_back(printOf(key));
  };
  for (const Diagnostic &diagnostic : result.diagnostics)
    add(diagnostic);
  for (const SuppressedFinding &one : result.suppressed)
    add(one.diagnostic);
  return prints;
}

} // namespace fraglint
