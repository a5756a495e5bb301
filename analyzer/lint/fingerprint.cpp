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

} // namespace

std::vector<std::string> fingerprints(const FileResult &result) {
  std::vector<std::string> prints;
  llvm::StringMap<unsigned> alike;
  for (const Diagnostic &diagnostic : result.diagnostics) {
    std::string key = diagnostic.rule->code.str() + '\0' +
                      llvm::sys::path::convert_to_slash(diagnostic.location.file->path()) + '\0' +
                      contentOf(diagnostic.location);
    key += '\0' + std::to_string(alike[key]++);
    prints.push_back(llvm::utohexstr(llvm::xxh3_64bits(key), /*LowerCase=*/true, /*Width=*/16));
  }
  return prints;
}

} // namespace fraglint
