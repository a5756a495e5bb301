#include "page/heap_page_links.h"

#include "page/markup.h"

namespace fraglint {

HeapPageLinks::HeapPageLinks(const SemanticModel &model) {
  llvm::StringRef entry = model.files().front().tree->file().path();
  folder_ = entry.substr(0, entry.rfind('/') + 1).str();
  for (uint32_t file = 0; file < model.files().size(); ++file)
    files_.try_emplace(model.files()[file].tree->file().path(), file);
}

std::string HeapPageLinks::nameOf(llvm::StringRef path) const {
  path.consume_front(folder_);
  return path.str();
}

std::string HeapPageLinks::textOf(const SourcePlace &place) const {
  return place.line ? nameOf(place.file) + ":" + std::to_string(place.line) : "no line";
}

std::string HeapPageLinks::idOf(uint32_t file, uint32_t line) {
  return (file == 0 ? "" : "F" + std::to_string(file + 1)) + "L" + std::to_string(line);
}

std::string HeapPageLinks::addressOf(const SourcePlace &place) {
  auto file = files_.find(place.file);
  if (place.line == 0 || file == files_.end())
    return "";
  linked_.emplace(file->second, place.line);
  return "#" + idOf(file->second, place.line);
}

std::string HeapPageLinks::link(const SourcePlace &place) {
  return link(place, escaped(textOf(place)));
}

std::string HeapPageLinks::link(const SourcePlace &place, llvm::StringRef markup) {
  std::string address = addressOf(place);
  return address.empty() ? markup.str() : "<a href=\"" + address + "\">" + markup.str() + "</a>";
}

} // namespace fraglint
