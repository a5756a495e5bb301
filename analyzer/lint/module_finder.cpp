#include "lint/module_finder.h"

#include "semantic/firmware.h"
#include "semantic/known_library.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace path = llvm::sys::path;

namespace {

/// Levels above a file that its program's folder may be.
constexpr unsigned kLevels = 4;
/// A folder of more files is a collection, not a program.
constexpr size_t kMaxFiles = 200;

/// `a.b` -> `a/b`.
std::string asPath(llvm::StringRef dotted) {
  std::string text = dotted.str();
  std::replace(text.begin(), text.end(), '.', '/');
  return text;
}

} // namespace

bool ModuleFinder::isFile(const std::string &path) {
  auto [known, isNew] = isFile_.try_emplace(path, false);
  if (isNew)
    known->second = store_.isFile(path);
  return known->second;
}

std::string ModuleFinder::moduleIn(llvm::StringRef folder, llvm::StringRef dotted) {
  std::string base = folder.str() + (dotted.empty() ? "" : "/" + asPath(dotted));
  if (!dotted.empty() && isFile(base + ".py"))
    return base + ".py";
  std::string package = base + "/__init__.py";
  return isFile(package) ? package : std::string();
}

std::vector<std::string> ModuleFinder::foldersAround(llvm::StringRef folder) {
  std::vector<std::string> folders = {folder.str()};
  for (unsigned level = 0; level < kLevels; ++level) {
    llvm::StringRef last = folders.back();
    bool isInside = path::filename(last) == "lib" || isFile(last.str() + "/__init__.py");
    if (!isInside || path::parent_path(last).empty())
      break;
    folders.push_back(path::parent_path(last).str());
  }
  return folders;
}

std::string ModuleFinder::find(llvm::StringRef importer, llvm::StringRef name) {
  llvm::StringRef folder = path::parent_path(importer);
  if (llvm::StringRef rest = name.ltrim('.'); rest.size() != name.size()) {
    for (size_t level = name.size() - rest.size(); level > 1; --level)
      folder = path::parent_path(folder);
    return moduleIn(folder, rest);
  }
  llvm::StringRef top = name.take_until([](char c) { return c == '.'; });
  if (isBuiltinModule(top) || isKnownModule(top))
    return {};
  for (const std::string &around : foldersAround(folder))
    for (const char *below : {"", "/lib"})
      if (std::string file = moduleIn(around + below, name); !file.empty())
        return file;
  // `app.clients.clock` from `app/widgets/face.py`: folders need no `__init__.py` on a board.
  for (unsigned level = 0; level < kLevels && !path::filename(folder).empty(); ++level) {
    if (path::filename(folder) == top)
      return moduleIn(path::parent_path(folder), name);
    folder = path::parent_path(folder);
  }
  return {};
}

const std::vector<std::string> &ModuleFinder::filesIn(llvm::StringRef folder) {
  auto [known, isNew] = filesIn_.try_emplace(folder);
  std::vector<std::string> &files = known->second;
  if (!isNew)
    return files;
  files = store_.pythonFilesIn(folder.str());
  if (files.size() > kMaxFiles)
    files.clear();
  llvm::sort(files);
  return files;
}

} // namespace fraglint
