#pragma once
/// The structures of the Language Server Protocol that this server reads and writes, as values.

#include "text/edit.h"
#include "text/source_file.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

// --- Places --------------------------------------------------------------------------------------

/// A `file:` URI as an absolute path; any other one as a path in a folder that is not there, named
/// after its scheme.
std::string pathOfUri(llvm::StringRef uri);
/// The inverse, for absolute paths.
std::string uriOfPath(llvm::StringRef path);

struct LspRange {
  Position start;
  Position end;
  friend bool operator==(const LspRange &, const LspRange &) = default;
};

/// How both sides count columns.
struct PositionCodec {
  ColumnUnit unit = ColumnUnit::Utf16;

  /// `utf-8`, `utf-16` or `utf-32`.
  llvm::StringRef name() const;
  /// The first of the client's encodings that is worth having: `utf-8` if it is among them, else
  /// UTF-16, which every client speaks, else UTF-32.
  static PositionCodec negotiated(llvm::ArrayRef<std::string> offered);

  LspRange range(const SourceFile &file, TextRange range) const;
  /// Clamped to the text; where the ends are out of order, empty at the first.
  TextRange range(const LineIndex &lines, const LspRange &range) const;
};

bool fromJSON(const llvm::json::Value &value, Position &position, llvm::json::Path path);
bool fromJSON(const llvm::json::Value &value, LspRange &range, llvm::json::Path path);
llvm::json::Value toJSON(const LspRange &range);

// --- What clients send
// -----------------------------------------------------------------------------

/// What the client can do, of that which makes a difference here.
struct ClientCapabilities {
  std::vector<std::string> positionEncodings;
  bool pullsDiagnostics = false;
  bool refreshesDiagnostics = false;
  bool relatedInformation = false;
  bool codeDescription = false;
  bool diagnosticTags = false;
  bool diagnosticVersion = false;
  bool codeActionLiterals = false;
  bool resolvesEdits = false; ///< of code actions, so that they may come later
  bool preferredActions = false;
  bool documentChanges = false;
  bool markdownHover = false;
  bool showsHints = false;
  bool refreshesHints = false;
  bool watchesFiles = false; ///< takes registrations of watched files
  bool configuration = false;
  bool configurationChanges = false; ///< takes a registration for them
  bool workDoneProgress = false;
  bool applyEdit = false;
};
ClientCapabilities readCapabilities(const llvm::json::Value &params);

struct WorkspaceFolder {
  std::string path;
  std::string name;
};
/// Of `initialize`: the folders, else the root, else none.
std::vector<WorkspaceFolder> readFolders(const llvm::json::Object &params);
std::vector<WorkspaceFolder> readFolderList(const llvm::json::Array *folders);

/// One change of `textDocument/didChange`; without a range, of the whole text.
struct ContentChange {
  std::optional<LspRange> range;
  std::string text;
};
bool fromJSON(const llvm::json::Value &value, ContentChange &change, llvm::json::Path path);

/// `params.textDocument.uri`; empty where there is none.
std::string documentUri(const llvm::json::Value &params);
/// The value behind keys one in the other; null where one is missing.
const llvm::json::Value *at(const llvm::json::Value &value,
                            std::initializer_list<llvm::StringRef> keys);

// --- What clients get
// --------------------------------------------------------------------------------

/// An edit of `file`, as a `TextEdit`.
llvm::json::Value textEdit(const SourceFile &file, const Edit &edit, const PositionCodec &codec);

/// A `WorkspaceEdit` of one document; `version` where the client takes versioned changes.
llvm::json::Value workspaceEdit(llvm::StringRef uri, std::optional<int64_t> version,
                                llvm::json::Array edits);

} // namespace fraglint
