#include "lint/project.h"

#include "lint/file_path.h"
#include "lint/import_scan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include <deque>

namespace fraglint {

namespace {

/// A file is judged in this many of its programs: a library's examples are alike.
constexpr size_t kMaxPrograms = 8;
/// Programs of more files are cut off: what is missing counts as unknown.
constexpr size_t kMaxFiles = 100;

bool hasEntryName(llvm::StringRef path) {
  return llvm::is_contained({"code.py", "main.py", "boot.py", "code.txt", "main.txt"},
                            llvm::sys::path::filename(path));
}

} // namespace

Project::Project(std::vector<ProjectFile> files, const FileStore &store) : store_(&store) {
  for (ProjectFile &file : files)
    given_[absolutePath(file.path)] = std::move(file);
  ModuleFinder finder(store);
  for (const auto &[path, file] : given_)
    addFile(path, finder);
  addImporters(finder);
}

/// The modules that a file imports; none where it cannot be read.
std::vector<std::string> Project::modulesOf(const Path &path) const {
  auto given = given_.find(path);
  if (given != given_.end() && given->second.content)
    return importedModules(given->second.content->text());
  return store_->modulesImportedBy(path);
}

/// Reads what a file imports, and the files that it imports in turn.
void Project::addFile(const Path &path, ModuleFinder &finder) {
  std::vector<Path> waiting = {path};
  while (!waiting.empty()) {
    Path next = std::move(waiting.back());
    waiting.pop_back();
    auto [entry, isNew] = imports_.try_emplace(next);
    if (!isNew)
      continue;
    for (const std::string &module : modulesOf(next)) {
      Path file = finder.find(next, module);
      if (file.empty() || file == next)
        continue;
      entry->second[module] = file;
      importers_[file].insert(next);
      waiting.push_back(std::move(file));
    }
  }
}

/// The files around the given ones that import them.
void Project::addImporters(ModuleFinder &finder) {
  std::set<std::string> folders;
  for (const auto &[path, file] : given_)
    for (std::string &folder : finder.foldersAround(llvm::sys::path::parent_path(path)))
      folders.insert(std::move(folder));
  for (const std::string &folder : folders)
    for (const std::string &file : finder.filesIn(folder))
      addFile(file, finder);
}

std::vector<std::string> Project::files() const {
  std::vector<std::string> paths;
  paths.reserve(imports_.size());
  for (const auto &[path, imports] : imports_)
    paths.push_back(path);
  return paths;
}

bool Project::isEntry(const Path &path) const {
  auto importers = importers_.find(path);
  return importers == importers_.end() || importers->second.empty() || hasEntryName(path);
}

std::vector<Project::Path> Project::entriesOf(const Path &path) const {
  std::vector<Path> entries;
  std::set<Path> seen = {path};
  std::deque<Path> waiting = {path};
  for (; !waiting.empty() && entries.size() < kMaxPrograms; waiting.pop_front()) {
    if (isEntry(waiting.front()))
      entries.push_back(waiting.front());
    if (auto importers = importers_.find(waiting.front()); importers != importers_.end())
      for (const Path &importer : importers->second)
        if (seen.insert(importer).second)
          waiting.push_back(importer);
  }
  if (entries.empty()) // files that only import one another
    entries.push_back(path);
  return entries;
}

std::vector<Project::Path> Project::filesOf(const Path &entry) const {
  std::vector<Path> files = {entry};
  std::set<Path> seen = {entry};
  for (size_t next = 0; next < files.size(); ++next)
    if (auto imports = imports_.find(files[next]); imports != imports_.end())
      for (const auto &[module, file] : imports->second)
        if (files.size() < kMaxFiles && seen.insert(file).second)
          files.push_back(file);
  return files;
}

std::map<Project::Path, FileResult>
Project::run(const std::vector<Path> &files,
             const std::shared_ptr<const SourceFile> &content) const {
  Path replaced = content ? absolutePath(content->path()) : Path();
  const Settings *anySettings = nullptr;
  for (const Path &file : files)
    if (auto given = given_.find(file); given != given_.end() && !anySettings)
      anySettings = given->second.settings;

  std::map<Path, FileResult> results;
  ProgramInput program;
  program.store = store_;
  std::map<Path, uint32_t> numbers;
  std::vector<Path> paths;
  for (const Path &file : files) {
    auto given = given_.find(file);
    bool isGiven = given != given_.end();
    const Settings *settings = isGiven ? given->second.settings : nullptr;
    std::shared_ptr<const SourceFile> source = isGiven ? given->second.content : nullptr;
    if (file == replaced)
      source = content;
    if (!source) {
      std::string shown = isGiven ? given->second.path : displayPath(file);
      auto read = store_->read(file, shown, anySettings->maxBytes);
      if (!read) {
        std::string reason = llvm::toString(read.takeError());
        if (settings)
          results[file] = skippedFile(shown, std::move(reason), *settings);
        continue;
      }
      source = std::move(*read);
    }
    if (source->text().size() > anySettings->maxBytes) {
      if (settings)
        results[file] = lintFile(source, *settings);
      continue;
    }
    numbers[file] = static_cast<uint32_t>(paths.size());
    paths.push_back(file);
    program.files.push_back({std::move(source), settings});
  }
  for (const Path &file : paths) {
    auto &names = program.imports.emplace_back();
    if (auto imports = imports_.find(file); imports != imports_.end())
      for (const auto &[module, imported] : imports->second)
        if (auto number = numbers.find(imported); number != numbers.end())
          names[module] = number->second;
  }
  if (paths.empty())
    return results;
  std::vector<FileResult> linted = lintProgram(program);
  for (size_t index = 0; index < paths.size(); ++index)
    if (program.files[index].settings)
      results[paths[index]] = std::move(linted[index]);
  return results;
}

FileResult Project::lintShared(const Path &entry, const std::vector<Path> &files,
                               const Path &path) const {
  std::shared_ptr<Shared> shared;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    std::shared_ptr<Shared> &slot = shared_[entry];
    if (!slot)
      slot = std::make_shared<Shared>();
    shared = slot;
  }
  std::call_once(shared->once, [&] { shared->results = run(files, nullptr); });
  std::lock_guard<std::mutex> lock(mutex_);
  FileResult result = std::move(shared->results[path]);
  shared->results.erase(path);
  if (shared->results.empty())
    shared_.erase(entry);
  return result;
}

FileResult Project::lintIn(const Path &path,
                           const std::shared_ptr<const SourceFile> &content) const {
  std::vector<FileResult> results;
  for (const Path &entry : entriesOf(path)) {
    std::vector<Path> files = filesOf(entry);
    if (!llvm::is_contained(files, path)) // cut off
      files = {path};
    auto isGiven = [this](const Path &file) { return given_.count(file) != 0; };
    if (!content && files.front() == entry && llvm::count_if(files, isGiven) > 1)
      results.push_back(lintShared(entry, files, path));
    else
      results.push_back(std::move(run(files, content)[path]));
  }
  return mergeResults(std::move(results));
}

FileResult Project::lint(llvm::StringRef path) const { return lintIn(absolutePath(path), nullptr); }

FileResult Project::lint(const std::shared_ptr<const SourceFile> &content) const {
  return lintIn(absolutePath(content->path()), content);
}

} // namespace fraglint
