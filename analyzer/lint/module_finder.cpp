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

/// Empty for a relative name.
llvm::StringRef topOf(llvm::StringRef dotted) {
  return dotted.take_until([](char c) { return c == '.'; });
}

} // namespace

bool ModuleFinder::isFile(const std::string &path) {
  auto [known, isNew] = isFile_.try_emplace(path, false);
  if (isNew)
    known->second = store_.isFile(path);
  return known->second;
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

/// The files that a module may be, without their endings, in the order in which they are looked
/// for.
std::vector<std::string> ModuleFinder::placesOf(llvm::StringRef importer, llvm::StringRef name) {
  llvm::StringRef folder = path::parent_path(importer);
  std::vector<std::string> places;
  auto add = [&](const llvm::Twine &place, llvm::StringRef dotted) {
    places.push_back((place + (dotted.empty() ? "" : "/") + asPath(dotted)).str());
  };
  if (llvm::StringRef rest = name.ltrim('.'); rest.size() != name.size()) {
    for (size_t level = name.size() - rest.size(); level > 1; --level)
      folder = path::parent_path(folder);
    add(folder, rest);
    return places;
  }
  for (const std::string &around : foldersAround(folder))
    for (const char *below : {"", "/lib"})
      add(around + below, name);
  // `app.clients.clock` from `app/widgets/face.py`: folders need no `__init__.py` on a board.
  llvm::StringRef top = topOf(name);
  for (unsigned level = 0; level < kLevels && !path::filename(folder).empty(); ++level) {
    if (path::filename(folder) == top) {
      add(path::parent_path(folder), name);
      break;
    }
    folder = path::parent_path(folder);
  }
  return places;
}

std::string ModuleFinder::find(llvm::StringRef importer, llvm::StringRef name) {
  llvm::StringRef top = topOf(name);
  // Of asyncio all that evaluates programs knows the event loop itself.
  bool isSeen = known_ == KnownLibraries::BySource && top != "asyncio" && top != "uasyncio";
  if (!top.empty() && (isBuiltinModule(top) || (!isSeen && isKnownModule(top))))
    return {};
  bool isPackageOnly = name.ltrim('.').empty();
  for (const std::string &place : placesOf(importer, name)) {
    if (!isPackageOnly && isFile(place + ".py"))
      return place + ".py";
    if (std::string package = place + "/__init__.py"; isFile(package))
      return package;
  }
  return {};
}

bool ModuleFinder::isCompiled(llvm::StringRef importer, llvm::StringRef name) {
  return llvm::any_of(placesOf(importer, name), [this](const std::string &place) {
    return isFile(place + ".mpy") || isFile(place + "/__init__.mpy");
  });
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
