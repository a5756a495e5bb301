#include "server/document_store.h"

#include "llvm/Support/JSON.h"

namespace fraglint {

namespace {

/// What an editor holds is text already: an encoding that it names is of the file on disk. A byte
/// order mark that it hands on would be part of the first token.
std::shared_ptr<const SourceFile> fileOf(const std::string &path, llvm::StringRef text) {
  text.consume_front("\xEF\xBB\xBF");
  std::string valid = llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text);
  return std::make_shared<const SourceFile>(path, std::move(valid), SourceEncoding::Utf8, false);
}

} // namespace

void DocumentStore::open(llvm::StringRef uri, int64_t version, llvm::StringRef text) {
  std::string path = pathOfUri(uri);
  documents_[path] = {uri.str(), version, fileOf(path, text)};
}

bool DocumentStore::change(llvm::StringRef uri, int64_t version,
                           llvm::ArrayRef<ContentChange> changes, const PositionCodec &codec) {
  auto found = documents_.find(pathOfUri(uri));
  if (found == documents_.end())
    return false;
  std::shared_ptr<const SourceFile> file = found->second.file;
  for (const ContentChange &change : changes) {
    if (!change.range) {
      file = fileOf(found->first, change.text);
      continue;
    }
    TextRange range = codec.range(file->lines(), *change.range);
    std::string text;
    text.reserve(file->text().size() + change.text.size());
    text += file->text().take_front(range.begin);
    text += change.text;
    text += file->text().drop_front(range.end);
    file = fileOf(found->first, text);
  }
  found->second.version = version;
  found->second.file = std::move(file);
  return true;
}

bool DocumentStore::close(llvm::StringRef uri) { return documents_.erase(pathOfUri(uri)) != 0; }

const Document *DocumentStore::find(llvm::StringRef path) const {
  auto found = documents_.find(path.str());
  return found == documents_.end() ? nullptr : &found->second;
}

} // namespace fraglint
