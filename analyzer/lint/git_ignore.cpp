#include "lint/git_ignore.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Takes off the blanks at the end, but for one behind a `\`.
llvm::StringRef withoutTrailingBlanks(llvm::StringRef line) {
  llvm::StringRef kept = line.rtrim(' ');
  size_t backslashes = kept.size() - kept.rtrim('\\').size();
  return backslashes % 2 != 0 && kept.size() < line.size() ? line.take_front(kept.size() + 1)
                                                           : kept;
}

} // namespace

GitIgnore::GitIgnore(llvm::StringRef text) {
  text.consume_front("\xEF\xBB\xBF");
  while (!text.empty()) {
    llvm::StringRef line;
    std::tie(line, text) = text.split('\n');
    line.consume_back("\r");
    line = withoutTrailingBlanks(line);
    if (line.starts_with("#"))
      continue;
    bool keeps = line.consume_front("!");
    if (line.empty() || line == "/")
      continue;
    auto pattern = PathPattern::parse(line, /*allowBraces=*/false);
    if (!pattern) {
      llvm::consumeError(pattern.takeError());
      continue;
    }
    patterns_.push_back({std::move(*pattern), keeps});
  }
}

std::optional<bool> GitIgnore::verdict(llvm::StringRef path, bool isFolder) const {
  for (const Line &line : llvm::reverse(patterns_))
    if (line.pattern.matches(path, isFolder))
      return !line.keeps;
  return std::nullopt;
}

} // namespace fraglint
