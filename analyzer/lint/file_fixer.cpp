#include "lint/file_fixer.h"

#include "lint/file_writing.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <limits>

namespace fraglint {

namespace fs = llvm::sys::fs;

namespace {

/// Fixes settle within two or three rounds; more means that two rules undo each other.
constexpr int kMaxRounds = 16;

bool touch(const Edit &a, const Edit &b) {
  return a.range.begin <= b.range.end && b.range.begin <= a.range.end;
}

/// Whether `edit` can be done beside `chosen`; something they have in common is no obstacle.
bool fits(const Edit &edit, llvm::ArrayRef<Edit> chosen) {
  return llvm::none_of(chosen,
                       [&](const Edit &other) { return touch(edit, other) && !(edit == other); });
}

bool canBeDone(const Diagnostic &diagnostic, FixSelection selection) {
  return diagnostic.fix && !diagnostic.fix->edits.empty() &&
         diagnostic.fix->applicability <= selection.upTo && diagnostic.severity >= selection.level;
}

size_t syntaxProblems(std::shared_ptr<const SourceFile> file, const Settings &settings) {
  auto tree = SyntaxTree::parse(std::move(file), {settings.deadline});
  if (tree)
    return (*tree)->problems().size();
  llvm::consumeError(tree.takeError());
  return std::numeric_limits<size_t>::max();
}

/// The file with its text changed; encoding and byte order mark stay.
llvm::Expected<std::shared_ptr<const SourceFile>> withEdits(const SourceFile &file,
                                                            llvm::ArrayRef<Edit> edits) {
  llvm::Expected<std::string> text = applyEdits(file.text(), edits);
  if (!text)
    return text.takeError();
  llvm::Expected<std::string> bytes = file.encode(*text);
  if (!bytes)
    return bytes.takeError();
  return SourceFile::decode(file.path().str(), *bytes);
}

llvm::Error cannotFix(const SourceFile &file, const std::string &why) {
  return llvm::createStringError((file.path() + ": " + why).str());
}

} // namespace

std::vector<Edit> compatibleEdits(llvm::ArrayRef<Diagnostic> diagnostics, FixSelection selection,
                                  uint32_t &doneCount) {
  std::vector<Edit> chosen;
  doneCount = 0;
  for (const Diagnostic &diagnostic : diagnostics) {
    if (!canBeDone(diagnostic, selection))
      continue;
    const auto &edits = diagnostic.fix->edits;
    if (!llvm::all_of(edits, [&](const Edit &edit) { return fits(edit, chosen); }))
      continue;
    ++doneCount;
    for (const Edit &edit : edits)
      if (!llvm::is_contained(chosen, edit))
        chosen.push_back(edit);
  }
  return chosen;
}

llvm::Expected<FixedFile> fixFile(const std::shared_ptr<const SourceFile> &file, FileResult result,
                                  const Settings &settings, Applicability upTo, Relint relint) {
  FixSelection selection = {upTo, settings.level};
  FixedFile fixed = {file, std::move(result)};
  uint32_t done = 0;
  for (int round = 0;; ++round) {
    uint32_t doneNow = 0;
    std::vector<Edit> edits = compatibleEdits(fixed.result.diagnostics, selection, doneNow);
    if (edits.empty())
      break;
    if (round == kMaxRounds)
      return cannotFix(*file, "the fixes do not come to an end, so none is done; this is a "
                              "mistake of fraglint, please report it");
    auto next = withEdits(*fixed.file, edits);
    if (!next)
      return cannotFix(*file, "the fixes cannot be done: " + llvm::toString(next.takeError()));
    fixed.file = std::move(*next);
    fixed.result = relint(fixed.file);
    done += doneNow;
  }
  if (done != 0 && syntaxProblems(fixed.file, settings) > syntaxProblems(file, settings))
    return cannotFix(*file, "the fixes would leave something that is not valid Python, so none "
                            "is done; this is a mistake of fraglint, please report it");
  fixed.result.fixesDone = done;
  return fixed;
}

llvm::Expected<FixedFile> fixFile(const std::shared_ptr<const SourceFile> &file, FileResult result,
                                  const Settings &settings, Applicability upTo) {
  return fixFile(
      file, std::move(result), settings, upTo,
      [&](const std::shared_ptr<const SourceFile> &next) { return lintFile(next, settings); });
}

llvm::Error writeFixed(const SourceFile &original, const SourceFile &fixed) {
  llvm::SmallString<256> path;
  fs::file_status status;
  std::error_code code = fs::real_path(original.path(), path);
  if (!code)
    code = fs::status(path, status);
  if (code)
    return cannotFix(original, "cannot write the fixes: " + code.message());
  if (!(status.permissions() & fs::owner_write) || fs::access(path, fs::AccessMode::Write))
    return cannotFix(original, "cannot write the fixes: the file is write-protected");

  auto current = SourceFile::read(original.path().str(), std::numeric_limits<uint64_t>::max());
  if (!current)
    return cannotFix(original, "cannot write the fixes: " + llvm::toString(current.takeError()));
  if ((*current)->text() != original.text())
    return cannotFix(original, "the file changed while it was analysed; nothing was fixed");
  llvm::Expected<std::string> bytes = fixed.encode(fixed.text());
  if (!bytes)
    return cannotFix(original, "cannot write the fixes: " + llvm::toString(bytes.takeError()));
  if (llvm::Error error = replaceFile(path, &status, *bytes))
    return cannotFix(original, "cannot write the fixes: " + llvm::toString(std::move(error)));
  return llvm::Error::success();
}

} // namespace fraglint
