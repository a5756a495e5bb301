#pragma once
/// The documents that are open in the editor: their texts, as the client says them.

#include "server/protocol.h"
#include "text/source_file.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace fraglint {

/// One open document. Its text is shared and never changes: an edit makes another one.
struct Document {
  std::string uri; ///< as the client spells it
  int64_t version = 0;
  std::shared_ptr<const SourceFile> file; ///< under its absolute path; never null
};

/// By absolute path. Not thread-safe; what it gives out is immutable.
class DocumentStore {
public:
  using Map = std::map<std::string, Document>;

  void open(llvm::StringRef uri, int64_t version, llvm::StringRef text);
  /// Does changes one after another; places outside the text are clamped to it. False, and nothing
  /// is done, where no such document is open.
  bool change(llvm::StringRef uri, int64_t version, llvm::ArrayRef<ContentChange> changes,
              const PositionCodec &codec);
  /// False where it was not open.
  bool close(llvm::StringRef uri);

  /// Null where it is not open.
  const Document *find(llvm::StringRef path) const;
  const Map &all() const { return documents_; }

private:
  Map documents_;
};

} // namespace fraglint
