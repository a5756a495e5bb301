#include "driver/base_files.h"

#include "driver/git.h"
#include "lint/file_path.h"
#include "lint/import_scan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace path = llvm::sys::path;

namespace {

bool isProgram(llvm::StringRef name) {
  return name.ends_with(".py") || path::filename(name) == "code.txt" ||
         path::filename(name) == "main.txt";
}

/// Why there is no such commit here, for those who can do something about it.
llvm::Error missing(Git &git, const std::string &what, const std::string &revision) {
  auto shallow = git.run({"rev-parse", "--is-shallow-repository"});
  bool isShallow = shallow && llvm::StringRef(*shallow).trim() == "true";
  if (!shallow)
    llvm::consumeError(shallow.takeError());
  if (isShallow)
    return llvm::createStringError(what + ": this clone is shallow; get the rest of it first, by "
                                          "`git fetch --unshallow` (in GitHub Actions by "
                                          "`fetch-depth: 0` of actions/checkout)");
  return llvm::createStringError(what +
                                 "; `git fetch origin` may bring it, after which a branch "
                                 "is called `origin/" +
                                 revision + "`");
}

} // namespace

llvm::Expected<std::unique_ptr<BaseFiles>>
BaseFiles::find(const std::string &folder, const std::string &revision, const FileStore &disk) {
  auto inFolder = Git::open(folder);
  if (!inFolder)
    return inFolder.takeError();
  // From `folder` up: the way there may lead through links.
  auto up = (*inFolder)->run({"rev-parse", "--show-cdup"});
  if (!up)
    return llvm::createStringError(displayPath(folder) +
                                   " lies in no git repository that can be "
                                   "read (" +
                                   llvm::toString(up.takeError()) + ")");
  std::unique_ptr<BaseFiles> base(new BaseFiles(disk));
  base->top_ = absolutePath(folder + "/" + llvm::StringRef(*up).rtrim('\n').str());
  auto git = Git::open(base->top_);
  if (!git)
    return git.takeError();
  if (!(*git)->commit("HEAD"))
    return llvm::createStringError("there is no commit yet to compare with");
  std::optional<std::string> other = (*git)->commit(revision);
  if (!other)
    return missing(**git, "there is no revision `" + revision + "` here", revision);
  auto common = (*git)->run({"merge-base", *other, "HEAD"});
  if (!common) {
    llvm::consumeError(common.takeError());
    return missing(**git, "`" + revision + "` and HEAD have no commit in common", revision);
  }
  base->commit_ = llvm::StringRef(*common).trim().str();
  if (llvm::Error error = base->readTree(**git))
    return error;
  if (llvm::Error error = base->readChanges(**git))
    return error;
  base->commit_.resize(std::min<size_t>(base->commit_.size(), 12));
  return base;
}

std::string BaseFiles::absolute(llvm::StringRef name) const { return top_ + "/" + name.str(); }

llvm::Error BaseFiles::readTree(Git &git) {
  auto listed = git.run({"ls-tree", "-r", "-z", "--full-tree", commit_});
  if (!listed)
    return listed.takeError();
  for (llvm::StringRef line : namesIn(*listed)) { // `MODE TYPE ID<tab>NAME`
    auto [facts, name] = line.split('\t');
    if (facts.contains(" commit "))
      modules_.push_back(absolute(name));
    else if (isProgram(name))
      files_.insert(absolute(name));
  }
  return llvm::Error::success();
}

llvm::Error BaseFiles::readChanges(Git &git) {
  auto listed = git.run({"diff", "--no-ext-diff", "--no-relative", "--ignore-submodules", "-M",
                         "-z", "--name-status", commit_, "--"});
  auto untracked = git.run({"ls-files", "--others", "--exclude-standard", "-z"});
  if (!listed || !untracked)
    return llvm::joinErrors(listed.takeError(), untracked.takeError());
  std::vector<llvm::StringRef> changed, appeared;
  // `M`, name; `R100`, old name, new name.
  std::vector<llvm::StringRef> words = namesIn(*listed);
  for (size_t at = 0; at + 1 < words.size(); at += 2) {
    llvm::StringRef status = words[at], name = words[at + 1];
    bool hasTwo = status.starts_with("R") || status.starts_with("C");
    if (hasTwo && at + 2 < words.size()) {
      llvm::StringRef now = words[++at + 1];
      renamed_[absolute(now)] = absolute(name);
      appeared.push_back(now);
      if (status.starts_with("C"))
        continue;
    }
    (status == "A" ? appeared : changed).push_back(name);
  }
  llvm::append_range(appeared, namesIn(*untracked));
  for (llvm::StringRef name : appeared)
    if (isProgram(name))
      changed_[absolute(name)] = std::nullopt;
  llvm::erase_if(changed, [](llvm::StringRef name) {
    return !isProgram(name) || name.contains('\n'); // which would end a question to git
  });
  std::vector<std::string> wanted;
  wanted.reserve(changed.size());
  for (llvm::StringRef name : changed)
    wanted.push_back(commit_ + ":" + name.str());
  auto blobs = git.blobs(wanted);
  if (!blobs)
    return blobs.takeError();
  for (auto [name, bytes] : llvm::zip(changed, *blobs))
    changed_[absolute(name)] = std::move(bytes);
  return llvm::Error::success();
}

std::string BaseFiles::pathThen(llvm::StringRef path) const {
  if (auto old = renamed_.find(path); old != renamed_.end())
    return old->second;
  bool isOfModule = llvm::any_of(
      modules_, [&](llvm::StringRef folder) { return !pathBelow(folder, path).empty(); });
  return files_.contains(path) || isOfModule ? path.str() : "";
}

llvm::Expected<std::shared_ptr<const SourceFile>>
BaseFiles::read(const std::string &path, const std::string &shown, uint64_t maxBytes) const {
  auto found = changed_.find(path);
  if (found == changed_.end())
    return disk_.read(path, shown, maxBytes);
  if (!found->second)
    return llvm::createStringError("it was not there");
  if (found->second->size() > maxBytes)
    return llvm::createStringError("it was too long");
  return SourceFile::decode(shown, *found->second);
}

llvm::Expected<std::shared_ptr<const SyntaxTree>>
BaseFiles::parse(const std::shared_ptr<const SourceFile> &file, const ParseLimits &limits) const {
  return disk_.parse(file, limits);
}

std::vector<std::string> BaseFiles::modulesImportedBy(const std::string &path) const {
  auto found = changed_.find(path);
  if (found == changed_.end())
    return disk_.modulesImportedBy(path);
  return found->second ? importedModules(*found->second) : std::vector<std::string>();
}

bool BaseFiles::isFile(const std::string &path) const {
  auto found = changed_.find(path);
  return found == changed_.end() ? disk_.isFile(path) : found->second.has_value();
}

std::vector<std::string> BaseFiles::pythonFilesIn(const std::string &folder) const {
  std::vector<std::string> files = disk_.pythonFilesIn(folder);
  llvm::erase_if(files, [&](const std::string &file) { return changed_.contains(file); });
  for (const auto &[file, bytes] : changed_)
    if (bytes && path::parent_path(file) == folder && path::extension(file) == ".py")
      files.push_back(file);
  return files;
}

} // namespace fraglint
