#include "lint/file_discovery.h"

#include "lint/file_path.h"
#include "lint/git_ignore.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <cstdlib>
#include <memory>

namespace fraglint {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

/// The patterns of a folder's `.gitignore` and of those above it, which count less.
struct IgnoreChain {
  GitIgnore patterns;
  std::string folder;
  std::shared_ptr<const IgnoreChain> above;
};
using Ignores = std::shared_ptr<const IgnoreChain>;

Ignores withPatternsOf(const llvm::Twine &file, llvm::StringRef folder, Ignores above) {
  auto buffer =
      llvm::MemoryBuffer::getFile(file, /*IsText=*/false, /*RequiresNullTerminator=*/false,
                                  /*IsVolatile=*/true);
  if (!buffer) // absent, mostly; one that cannot be read hides nothing, as in git
    return above;
  GitIgnore patterns((*buffer)->getBuffer());
  if (patterns.empty())
    return above;
  return std::make_shared<const IgnoreChain>(
      IgnoreChain{std::move(patterns), folder.str(), std::move(above)});
}

bool isIgnored(const IgnoreChain *chain, llvm::StringRef path, bool isFolder) {
  for (; chain != nullptr; chain = chain->above.get())
    if (auto verdict = chain->patterns.verdict(pathBelow(chain->folder, path), isFolder))
      return *verdict;
  return false;
}

/// The file of patterns that git uses in all of an account's repositories.
std::string globalIgnoreFile() {
  llvm::SmallString<256> file;
  if (const char *xdg = std::getenv("XDG_CONFIG_HOME"); xdg != nullptr && *xdg != '\0')
    path::append(file, xdg, "git", "ignore");
  else if (const char *home = std::getenv("HOME"); home != nullptr && *home != '\0')
    path::append(file, home, ".config", "git", "ignore");
  return std::string(file);
}

/// What counts in `folder` before its own `.gitignore`: those of the folders above it up to the
/// top of its repository, and the repository's and the account's own lists.
Ignores ignoresAbove(llvm::StringRef folder) {
  llvm::SmallVector<llvm::StringRef, 8> between; // innermost first, without `folder`
  llvm::StringRef top = folder;
  while (!top.empty() && !fs::exists(top + "/.git")) {
    top = path::parent_path(top);
    between.push_back(top);
  }
  if (top.empty())
    return nullptr; // no repository: only the lists that are met on the way down
  Ignores ignores = withPatternsOf(globalIgnoreFile(), top, nullptr);
  ignores = withPatternsOf(top + "/.git/info/exclude", top, std::move(ignores));
  for (llvm::StringRef above : llvm::reverse(between))
    ignores = withPatternsOf(above + "/.gitignore", above, std::move(ignores));
  return ignores;
}

bool isProgram(llvm::StringRef name) {
  return name.ends_with(".py") || name == "code.txt" || name == "main.txt";
}

/// Walks folders with a stack of its own: nesting may be as deep as the file system allows.
class FolderWalk {
public:
  FolderWalk(Configuration &configuration, std::vector<DiscoveredFile> &files)
      : configuration_(configuration), files_(files) {}

  llvm::Error walk(const std::string &folder) {
    open_.push_back({folder, ignoresAbove(folder)});
    while (!open_.empty()) {
      Folder next = std::move(open_.back());
      open_.pop_back();
      if (llvm::Error error = enter(std::move(next)))
        return error;
    }
    return llvm::Error::success();
  }

private:
  struct Folder {
    std::string path; ///< absolute
    Ignores ignores;  ///< of the folders above
  };

  llvm::Error enter(Folder folder) {
    auto config = configuration_.forFolder(folder.path);
    if (!config)
      return config.takeError();
    Ignores ignores =
        withPatternsOf(folder.path + "/.gitignore", folder.path, std::move(folder.ignores));
    std::error_code error;
    for (fs::directory_iterator entry(folder.path, error, /*follow_symlinks=*/false), end;
         !error && entry != end; entry.increment(error))
      visit(*entry, **config, ignores);
    if (error)
      files_.push_back({folder.path, "cannot list the folder: " + error.message()});
    return llvm::Error::success();
  }

  void visit(const fs::directory_entry &entry, const FolderConfig &config, const Ignores &ignores) {
    fs::file_type type = entry.type();
    if (type == fs::file_type::type_unknown) { // some file systems do not tell
      fs::file_status status;
      if (fs::status(entry.path(), status, /*follow=*/false))
        return;
      type = status.type();
    }
    bool isFolder = type == fs::file_type::directory_file;
    bool isLink = type == fs::file_type::symlink_file;
    bool isFile =
        type == fs::file_type::regular_file || (isLink && fs::is_regular_file(entry.path()));
    if (!isFolder && !(isFile && isProgram(path::filename(entry.path()))))
      return;
    if (config.excludes(entry.path(), isFolder) || isIgnored(ignores.get(), entry.path(), isFolder))
      return;
    if (isFolder)
      open_.push_back({entry.path(), ignores});
    else
      files_.push_back({entry.path(), {}});
  }

  Configuration &configuration_;
  std::vector<DiscoveredFile> &files_;
  std::vector<Folder> open_;
};

/// Leaves one of several paths to the same file, which a link gives it another of: two would be
/// fixed at the same time. Links go before what they point to. Hard links are files of their own.
void dropLinks(std::vector<DiscoveredFile> &files) {
  llvm::StringSet<> taken;
  std::vector<bool> isLeft(files.size(), true);
  for (bool isLink : {false, true})
    for (size_t index = 0; index < files.size(); ++index) {
      const std::string &path = files[index].path;
      llvm::SmallString<256> real;
      if (fs::is_symlink_file(path) == isLink && !fs::real_path(path, real))
        isLeft[index] = taken.insert(real).second;
    }
  size_t index = 0;
  llvm::erase_if(files, [&](const DiscoveredFile &) { return !isLeft[index++]; });
}

} // namespace

llvm::Expected<std::vector<DiscoveredFile>> discoverFiles(llvm::ArrayRef<std::string> paths,
                                                          Configuration &configuration) {
  std::vector<DiscoveredFile> files;
  FolderWalk folders(configuration, files);
  for (const std::string &given : paths) {
    std::string absolute = absolutePath(given);
    if (fs::is_directory(absolute)) {
      if (llvm::Error error = folders.walk(absolute))
        return error;
      continue;
    }
    auto config = configuration.forFile(absolute);
    if (!config)
      return config.takeError();
    if (!(*config)->forcesExclude() || !(*config)->excludesInside(absolute))
      files.push_back({std::move(absolute), {}});
  }
  for (DiscoveredFile &file : files)
    file.path = displayPath(file.path);
  llvm::sort(files, [](const auto &a, const auto &b) { return a.path < b.path; });
  auto isDouble = [](const auto &a, const auto &b) { return a.path == b.path; };
  files.erase(std::unique(files.begin(), files.end(), isDouble), files.end());
  dropLinks(files);
  return files;
}

} // namespace fraglint
