#include "lint/assumption.h"

#include "lint/nearest_name.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace {

/// Longer files are not analysed, either.
constexpr uint64_t kMostBytes = 8U << 20;

std::string spelled(const Assumption &assumption, llvm::StringRef file, uint32_t line) {
  return "`" + file.str() + ":" + std::to_string(line) + "=" + std::to_string(assumption.most) +
         "`";
}

/// The lines of the file at `path` that an assumption can be about; none where it cannot be read.
std::vector<uint32_t> linesOf(const std::string &path) {
  auto source = SourceFile::read(path, kMostBytes);
  if (!source) {
    llvm::consumeError(source.takeError());
    return {};
  }
  auto tree = SyntaxTree::parse(std::move(*source));
  if (!tree) {
    llvm::consumeError(tree.takeError());
    return {};
  }
  return statementLines(**tree);
}

std::string mistakeOf(const Assumption &assumption, llvm::ArrayRef<std::string> paths) {
  bool isKnown = false;
  uint32_t nearest = 0;
  auto distance = [&](uint32_t line) {
    return line > assumption.line ? line - assumption.line : assumption.line - line;
  };
  for (const std::string &path : paths) {
    if (!assumption.isAbout(path))
      continue;
    isKnown = true;
    for (uint32_t line : linesOf(path))
      if (nearest == 0 || distance(line) < distance(nearest))
        nearest = line;
  }
  std::string start = "--assume: " + spelled(assumption, assumption.file, assumption.line) + ": ";
  if (isKnown && nearest == assumption.line)
    return "";
  if (isKnown && nearest == 0)
    return start + "there is no statement in this file";
  if (isKnown)
    return start + "there is no statement on line " + std::to_string(assumption.line) +
           "; the nearest is " + spelled(assumption, assumption.file, nearest);
  llvm::SmallVector<llvm::StringRef> names;
  for (llvm::StringRef path : paths)
    names.push_back(llvm::sys::path::filename(path));
  llvm::StringRef name = nearestName(llvm::sys::path::filename(assumption.file), names);
  if (name.empty() && names.size() == 1)
    name = names.front();
  return start + "no file of the program is called so" + didYouMean(name);
}

} // namespace

llvm::Expected<Assumption> readAssumption(llvm::StringRef text) {
  auto [place, most] = text.rsplit('=');
  auto [file, line] = place.rsplit(':');
  Assumption assumption;
  assumption.file = file.str();
  bool isRead = !file.empty() && !line.getAsInteger(10, assumption.line) &&
                !most.getAsInteger(10, assumption.most);
  if (!isRead || assumption.line == 0 || assumption.most < 0)
    return llvm::createStringError("`" + text.str() +
                                   "` cannot be read; write FILE:LINE=N, as in `code.py:12=64`");
  return assumption;
}

llvm::Error assumptionsMistake(llvm::ArrayRef<Assumption> assumptions,
                               llvm::ArrayRef<std::string> paths) {
  std::vector<std::string> mistakes;
  for (const Assumption &assumption : assumptions)
    if (std::string mistake = mistakeOf(assumption, paths); !mistake.empty())
      mistakes.push_back(std::move(mistake));
  if (mistakes.empty())
    return llvm::Error::success();
  return llvm::createStringError(llvm::join(mistakes, "\n"));
}

} // namespace fraglint
