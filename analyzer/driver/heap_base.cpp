#include "driver/heap_base.h"

#include "driver/git.h"
#include "lint/file_path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <vector>

namespace fraglint {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

/// Programs have fewer files.
constexpr size_t kMostFiles = 2000;

std::string joined(llvm::StringRef folder, llvm::StringRef name) {
  llvm::SmallString<256> whole(folder);
  path::append(whole, name);
  return std::string(whole);
}

llvm::Error writeFile(const std::string &file, llvm::StringRef bytes) {
  if (std::error_code error = fs::create_directories(path::parent_path(file)))
    return llvm::createStringError(error, file + ": " + error.message());
  std::error_code error;
  llvm::raw_fd_ostream os(file, error);
  if (error)
    return llvm::createStringError(error, file + ": " + error.message());
  os << bytes;
  return llvm::Error::success();
}

} // namespace

llvm::Expected<std::unique_ptr<HeapBase>> HeapBase::find(const std::string &entry,
                                                         const std::string &base) {
  std::unique_ptr<HeapBase> found(new HeapBase);
  if (base.empty())
    return llvm::createStringError("name a file, a folder or a git revision");
  if (fs::is_directory(base)) {
    found->entry_ = joined(base, path::filename(entry));
    if (!fs::exists(found->entry_))
      return llvm::createStringError("there is no " + found->entry_);
    return found;
  }
  if (fs::exists(base)) {
    found->entry_ = base;
    return found;
  }
  if (llvm::Error error = found->readRevision(entry, base))
    return error;
  return found;
}

HeapBase::~HeapBase() {
  if (!temporary_.empty())
    (void)fs::remove_directories(temporary_); // what is left of it, the system clears away
}

/// The Python files in the folder of the entry and below it, as they were. The work tree and the
/// index stay as they are.
llvm::Error HeapBase::readRevision(const std::string &entry, const std::string &revision) {
  llvm::SmallString<128> made;
  if (std::error_code error = fs::createUniqueDirectory("fraglint", made))
    return llvm::createStringError(error, "no folder for temporary files: " + error.message());
  temporary_ = std::string(made);
  std::string absolute = absolutePath(entry);
  auto git = Git::open(path::parent_path(absolute).str());
  if (!git)
    return git.takeError();
  auto prefix = (*git)->run({"rev-parse", "--show-prefix"});
  if (!prefix)
    return llvm::createStringError(
        "there is no file or folder `" + revision +
        "`, and no git revision either: " + llvm::toString(prefix.takeError()));
  std::optional<std::string> id = (*git)->commit(revision);
  if (!id)
    return llvm::createStringError("`" + revision +
                                   "` is neither a file, nor a folder, nor a git revision");
  auto listed = (*git)->run({"ls-tree", "-r", "-z", "--name-only", *id, "--", "."});
  if (!listed)
    return listed.takeError();
  std::vector<llvm::StringRef> names;
  std::vector<std::string> wanted;
  for (llvm::StringRef name : namesIn(*listed)) {
    if (!name.ends_with(".py") || name.contains('\n') || names.size() == kMostFiles)
      continue;
    names.push_back(name);
    wanted.push_back(*id + ":" + llvm::StringRef(*prefix).rtrim('\n').str() + name.str());
  }
  auto blobs = (*git)->blobs(wanted);
  if (!blobs)
    return blobs.takeError();
  std::string files = joined(temporary_, "files");
  for (auto [name, bytes] : llvm::zip(names, *blobs))
    if (bytes)
      if (llvm::Error error = writeFile(joined(files, name), *bytes))
        return error;
  entry_ = joined(files, path::filename(absolute));
  if (!fs::exists(entry_))
    return llvm::createStringError("`" + revision + "` has no " + entry);
  return llvm::Error::success();
}

} // namespace fraglint
