#include "support/corpus_files.h"

#include "lint/project.h"
#include "lint/rule_registry.h"
#include "text/source_encoding.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/PrettyStackTrace.h"

#include <algorithm>

namespace fraglint {

namespace fs = llvm::sys::fs;

namespace {

constexpr llvm::StringLiteral kTop(FRAGLINT_SOURCE_DIR "/");

/// The text, for its comments only: a file that is not what it says it is has comments, too.
std::string readableText(llvm::StringRef bytes) {
  auto file = SourceFile::decode("", bytes);
  if (file)
    return (*file)->text().str();
  llvm::consumeError(file.takeError());
  return llvm::cantFail(toUtf8(bytes, SourceEncoding::Latin1, 0));
}

} // namespace

std::string CorpusFile::path() const { return (kTop + name).str(); }

std::string CorpusFile::bytes() const {
  auto buffer = llvm::MemoryBuffer::getFile(path(), /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

const Rule *CorpusFile::folderRule() const {
  llvm::StringRef rest = name;
  if (!rest.consume_front("corpus/rules/"))
    return nullptr;
  std::string rule = rest.split('/').first.str();
  std::replace(rule.begin(), rule.end(), '_', '-');
  return findRule(rule);
}

Annotations CorpusFile::annotations() const {
  return readAnnotations(readableText(bytes()), folderRule());
}

Settings CorpusFile::settings() const { return allFindings(annotations().target); }

FileResult CorpusFile::lint() const { return lintBytes(path(), bytes(), settings()); }

std::vector<CorpusFile> corpusFiles(llvm::ArrayRef<llvm::StringRef> folders) {
  std::vector<CorpusFile> files;
  for (llvm::StringRef folder : folders) {
    std::error_code error;
    fs::recursive_directory_iterator file((kTop + "corpus/" + folder), error);
    for (fs::recursive_directory_iterator end; !error && file != end; file.increment(error))
      if (llvm::StringRef path = file->path(); path.ends_with(".py"))
        files.push_back({path.drop_front(kTop.size()).str()});
  }
  llvm::sort(files, [](const CorpusFile &a, const CorpusFile &b) { return a.name < b.name; });
  return files;
}

std::vector<std::string> ruleFolders() {
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator entry((kTop + "corpus/rules"), error);
  for (fs::directory_iterator end; !error && entry != end; entry.increment(error))
    if (fs::is_directory(entry->path()))
      names.push_back(llvm::sys::path::filename(entry->path()).str());
  llvm::sort(names);
  return names;
}

std::string stemOf(const Rule &rule) {
  std::string stem = rule.name.str();
  std::replace(stem.begin(), stem.end(), '-', '_');
  return stem;
}

Settings allFindings(const Target *target) {
  Settings settings = Settings::defaults();
  settings.level = Severity::Note;
  settings.target = target;
  return settings;
}

FileResult lintBytes(std::string path, llvm::StringRef bytes, const Settings &settings) {
  // A crash says which input it died of; `head -c` makes it out of a file that was cut.
  llvm::setBugReportMsg("");
  llvm::EnablePrettyStackTrace();
  llvm::PrettyStackTraceFormat input("%s, %zu bytes of it", path.c_str(), bytes.size());
  auto file = SourceFile::decode(path, bytes);
  if (!file)
    return skippedFile(std::move(path), llvm::toString(file.takeError()), settings);
  // Of firmware programs there may be more than one file.
  if (llvm::StringRef(path).contains("/corpus/firmware/"))
    return Project({{path, *file, &settings}}).lint(path);
  return lintFile(std::move(*file), settings);
}

std::ostream &operator<<(std::ostream &os, const CorpusFile &file) { return os << file.name; }

std::string testNameOf(llvm::StringRef text) {
  std::string name = text.str();
  for (char &c : name)
    if (!llvm::isAlnum(c))
      c = '_';
  return name;
}

} // namespace fraglint
