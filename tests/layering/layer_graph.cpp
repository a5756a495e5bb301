#include "layering/layer_graph.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

#include <cassert>

namespace fraglint {

namespace {

/// Headers that belong to a library which a layer must name on its add_layer() line.
struct LibraryHeaders {
  llvm::StringLiteral prefix;
  llvm::StringLiteral owner;
};
constexpr LibraryHeaders kLibraryHeaders[] = {
    {"tree_sitter/", "tree_sitter_python"},
    {"CLI/", "CLI11"},
    {"toml++/", "tomlplusplus"},
};

/// Only these may call the operating system directly; the others stay portable.
constexpr llvm::StringLiteral kSystemLayers[] = {"device", "driver"};
constexpr llvm::StringLiteral kSystemHeaders[] = {"sys/",   "unistd.h", "fcntl.h",  "pwd.h",
                                                  "poll.h", "dlfcn.h",  "spawn.h",  "termios.h",
                                                  "linux/", "netdb.h",  "pthread.h"};

/// The path of an `#include` line; empty for any other line.
llvm::StringRef includedPath(llvm::StringRef line) {
  line = line.ltrim();
  if (!line.consume_front("#"))
    return {};
  line = line.ltrim();
  if (!line.consume_front("include"))
    return {};
  return line.ltrim().ltrim("<\"").take_until([](char c) { return c == '>' || c == '"'; });
}

bool startsWithAny(llvm::StringRef path, llvm::ArrayRef<llvm::StringLiteral> prefixes) {
  return llvm::any_of(prefixes, [&](llvm::StringRef prefix) { return path.starts_with(prefix); });
}

} // namespace

LayerGraph LayerGraph::read(llvm::StringRef lines) {
  LayerGraph graph;
  // A layer's line stands before or after those of the layers it uses: the direct edges first, then
  // their closure.
  for (llvm::StringRef line : llvm::split(lines, '\n')) {
    if (line.empty())
      continue;
    auto [name, rest] = line.split(" uses ");
    auto [uses, libraries] = rest.split(" libraries ");
    Layer &layer = graph.layers_[name];
    layer.sees.insert(name);
    for (llvm::StringRef used : llvm::split(uses, ' '))
      if (!used.empty())
        layer.sees.insert(used);
    for (llvm::StringRef library : llvm::split(libraries, ' '))
      if (!library.empty())
        layer.libraries.insert(library);
  }
  // What is used further down, until nothing new turns up.
  for (bool grown = true; grown;) {
    grown = false;
    for (auto &entry : graph.layers_) {
      Layer &layer = entry.second;
      llvm::SmallVector<llvm::StringRef, 16> seen(layer.sees.keys());
      for (llvm::StringRef name : seen) {
        auto used = graph.layers_.find(name);
        assert(used != graph.layers_.end() && "an add_layer() line names a layer that is none");
        for (llvm::StringRef further : used->second.sees.keys())
          grown |= layer.sees.insert(further).second;
      }
    }
  }
  return graph;
}

bool LayerGraph::mayInclude(const Layer &from, llvm::StringRef path) const {
  for (const LibraryHeaders &headers : kLibraryHeaders)
    if (path.starts_with(headers.prefix))
      return from.libraries.contains(headers.owner);
  if (startsWithAny(path, kSystemHeaders))
    return llvm::any_of(kSystemLayers,
                        [&](llvm::StringRef name) { return from.sees.contains(name); });
  llvm::StringRef folder = path.split('/').first;
  return !has(folder) || from.sees.contains(folder);
}

std::vector<std::string> LayerGraph::complaints(llvm::StringRef layer,
                                                llvm::StringRef source) const {
  std::vector<std::string> found;
  const Layer &from = layers_.find(layer)->second;
  for (llvm::StringRef line : llvm::split(source, '\n')) {
    llvm::StringRef path = includedPath(line);
    if (!path.empty() && !mayInclude(from, path))
      found.push_back(layer.str() + " may not include " + path.str());
  }
  return found;
}

} // namespace fraglint
