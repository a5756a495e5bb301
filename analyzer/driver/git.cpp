#include "driver/git.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace fraglint {

namespace fs = llvm::sys::fs;

namespace {

/// Seconds after which git is given up.
constexpr unsigned kPatience = 60;

std::string textOf(const std::string &file) {
  auto buffer = llvm::MemoryBuffer::getFile(file, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

/// Takes the next answer of `git cat-file --batch` off the front: `ID blob SIZE`, the bytes, and a
/// line end. Nothing for what is no file.
std::optional<std::string> takeBlob(llvm::StringRef &answers) {
  auto [header, rest] = answers.split('\n');
  answers = rest;
  auto [object, size] = header.rsplit(' ');
  size_t bytes = 0;
  if (!object.ends_with(" blob") || size.getAsInteger(10, bytes) || bytes > rest.size())
    return std::nullopt;
  answers = rest.drop_front(std::min(bytes + 1, rest.size()));
  return rest.take_front(bytes).str();
}

} // namespace

llvm::Expected<std::unique_ptr<Git>> Git::open(std::string folder) {
  auto program = llvm::sys::findProgramByName("git");
  if (!program)
    return llvm::createStringError("git is not installed");
  llvm::SmallString<128> made;
  if (std::error_code error = fs::createUniqueDirectory("fraglint-git", made))
    return llvm::createStringError(error, "no folder for temporary files: " + error.message());
  std::unique_ptr<Git> git(new Git);
  git->program_ = std::move(*program);
  git->folder_ = std::move(folder);
  git->scratch_ = std::string(made);
  return git;
}

Git::~Git() {
  (void)fs::remove_directories(scratch_); // what is left of it, the system clears away
}

llvm::Expected<std::string> Git::run(const std::vector<std::string> &words, llvm::StringRef input) {
  std::string in = scratch_ + "/in", out = scratch_ + "/out", err = scratch_ + "/err";
  for (const std::string &file : {out, err}) // which a run writes over, and does not cut
    (void)fs::remove(file);
  std::error_code error;
  llvm::raw_fd_ostream os(in, error);
  if (error)
    return llvm::createStringError(error, in + ": " + error.message());
  os << input;
  os.close();
  std::vector<llvm::StringRef> arguments = {"git", "--no-optional-locks", "-C", folder_};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::string failure;
  int status = llvm::sys::ExecuteAndWait(
      program_, arguments, std::nullopt,
      {llvm::StringRef(in), llvm::StringRef(out), llvm::StringRef(err)}, kPatience, 0, &failure);
  if (status == 0)
    return textOf(out);
  std::string complaint = failure.empty() ? textOf(err) : failure;
  return llvm::createStringError(llvm::StringRef(complaint).split('\n').first.str());
}

std::optional<std::string> Git::commit(llvm::StringRef revision) {
  // What starts with a dash would be an option.
  auto id = run({"rev-parse", "--verify", "--quiet",
                 (revision.starts_with("-") ? "./" : "") + revision.str() + "^{commit}"});
  if (id)
    return llvm::StringRef(*id).trim().str();
  llvm::consumeError(id.takeError());
  return std::nullopt;
}

llvm::Expected<std::vector<std::optional<std::string>>>
Git::blobs(const std::vector<std::string> &names) {
  std::string wanted;
  for (const std::string &name : names)
    wanted += name + "\n";
  auto answered = run({"cat-file", "--batch"}, wanted);
  if (!answered)
    return answered.takeError();
  llvm::StringRef answers = *answered;
  std::vector<std::optional<std::string>> blobs;
  blobs.reserve(names.size());
  for (size_t index = 0; index < names.size(); ++index)
    blobs.push_back(takeBlob(answers));
  return blobs;
}

std::vector<llvm::StringRef> namesIn(llvm::StringRef answer) {
  std::vector<llvm::StringRef> names;
  while (!answer.empty()) {
    auto [name, rest] = answer.split('\0');
    names.push_back(name);
    answer = rest;
  }
  return names;
}

} // namespace fraglint
