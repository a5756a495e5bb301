#pragma once
/// What can be done about findings: their fixes, a comment that silences them, all fixes at once.

#include "server/finding_report.h"
#include "server/protocol.h"
#include "server/workspace.h"

#include "llvm/Support/JSON.h"

#include <optional>
#include <string>

namespace fraglint {

/// The kind under which editors run all fixes when a file is saved.
inline constexpr llvm::StringLiteral kFixAllKind("source.fixAll.fraglint");

/// A question for code actions: where in which document, for which client.
struct ActionQuestion {
  std::string uri;
  std::optional<int64_t> version; ///< where the client takes versioned edits
  TextRange range;
  std::vector<std::string> only; ///< kinds that are wanted; empty: all

  /// Whether actions of `kind` are wanted: `source` wants `source.fixAll.fraglint`.
  bool wants(llvm::StringRef kind) const;
};

/// The fixes and silencing comments for what is found in the range, as `CodeAction`s.
llvm::json::Array quickFixes(const ActionQuestion &question, const Analysis &analysis,
                             const ClientCapabilities &client, const PositionCodec &codec,
                             UriOf uriOf);

/// Whether some safe fix can be done in the file.
bool hasSafeFix(const Analysis &analysis);

/// The edit that turns `file` into `fixed`: what is alike at both ends stays.
Edit replacementEdit(const SourceFile &file, llvm::StringRef fixed);

} // namespace fraglint
