#include "driver/heap_base.h"

#include "lint/file_path.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <vector>

namespace fraglint {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

/// Seconds after which git is given up.
constexpr unsigned kPatience = 60;
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

/// Runs git in a folder; what it reads and writes lies in `scratch` meanwhile.
class Git {
public:
  Git(std::string folder, std::string scratch)
      : folder_(std::move(folder)), scratch_(std::move(scratch)) {}

  /// What it prints; fails with the first line of what it complains.
  llvm::Expected<std::string> run(const std::vector<std::string> &words,
                                  llvm::StringRef input = "") {
    auto program = llvm::sys::findProgramByName("git");
    if (!program)
      return llvm::createStringError("git is not installed");
    std::string in = joined(scratch_, "in"), out = joined(scratch_, "out"),
                err = joined(scratch_, "err");
    if (llvm::Error error = writeFile(in, input))
      return error;
    std::vector<llvm::StringRef> arguments = {"git", "-C", folder_};
    arguments.insert(arguments.end(), words.begin(), words.end());
    std::string failure;
    int status = llvm::sys::ExecuteAndWait(
        *program, arguments, std::nullopt,
        {llvm::StringRef(in), llvm::StringRef(out), llvm::StringRef(err)}, kPatience, 0, &failure);
    if (status == 0)
      return text(out);
    std::string complaint = failure.empty() ? text(err) : failure;
    return llvm::createStringError(llvm::StringRef(complaint).split('\n').first.str());
  }

private:
  static std::string text(const std::string &file) {
    auto buffer = llvm::MemoryBuffer::getFile(file, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    return buffer ? (*buffer)->getBuffer().str() : "";
  }

  std::string folder_;
  std::string scratch_;
};

/// Takes the next answer of `git cat-file --batch` off the front: `ID blob SIZE`, the bytes, and a
/// line end. Nothing for what is no file.
std::optional<llvm::StringRef> takeBlob(llvm::StringRef &answers) {
  auto [header, rest] = answers.split('\n');
  answers = rest;
  auto [object, size] = header.rsplit(' ');
  size_t bytes = 0;
  if (!object.ends_with(" blob") || size.getAsInteger(10, bytes) || bytes > rest.size())
    return std::nullopt;
  answers = rest.drop_front(std::min(bytes + 1, rest.size()));
  return rest.take_front(bytes);
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
  Git git(path::parent_path(absolute).str(), joined(temporary_, "git"));
  auto prefix = git.run({"rev-parse", "--show-prefix"});
  if (!prefix)
    return llvm::createStringError(
        "there is no file or folder `" + revision +
        "`, and no git revision either: " + llvm::toString(prefix.takeError()));
  // What starts with a dash would be an option.
  auto commit = git.run({"rev-parse", "--verify", "--quiet",
                         (revision.front() == '-' ? "./" : "") + revision + "^{commit}"});
  if (!commit) {
    llvm::consumeError(commit.takeError());
    return llvm::createStringError("`" + revision +
                                   "` is neither a file, nor a folder, nor a git revision");
  }
  std::string id = llvm::StringRef(*commit).trim().str();
  auto listed = git.run({"ls-tree", "-r", "-z", "--name-only", id, "--", "."});
  if (!listed)
    return listed.takeError();
  std::vector<llvm::StringRef> names;
  std::string wanted;
  for (llvm::StringRef rest = *listed; !rest.empty() && names.size() < kMostFiles;) {
    llvm::StringRef name;
    std::tie(name, rest) = rest.split('\0');
    if (!name.ends_with(".py") || name.contains('\n'))
      continue;
    names.push_back(name);
    wanted += id + ":" + llvm::StringRef(*prefix).rtrim('\n').str() + name.str() + "\n";
  }
  auto blobs = git.run({"cat-file", "--batch"}, wanted);
  if (!blobs)
    return blobs.takeError();
  llvm::StringRef answers = *blobs;
  std::string files = joined(temporary_, "files");
  for (llvm::StringRef name : names)
    if (std::optional<llvm::StringRef> bytes = takeBlob(answers))
      if (llvm::Error error = writeFile(joined(files, name), *bytes))
        return error;
  entry_ = joined(files, path::filename(absolute));
  if (!fs::exists(entry_))
    return llvm::createStringError("`" + revision + "` has no " + entry);
  return llvm::Error::success();
}

} // namespace fraglint
