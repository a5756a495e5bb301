#pragma once
/// What one parse of an edited document leaves for the next.

#include "syntax/parser.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

using LoweredNodes = std::shared_ptr<const std::vector<LoweredNode>>;

/// A top-level statement as it was lowered.
struct LoweredStatement {
  LoweredNodes nodes; ///< not marked by anything that was found later
  uint32_t begin;
};

/// What has to be parsed of a text to know its statements: a run of whole top-level statements of
/// the last text, as they are now. What stands in front of them and behind is as it was.
struct EditedPart {
  TextRange range;
  llvm::ArrayRef<LoweredStatement> before; ///< the statements in front of it
  llvm::ArrayRef<LoweredStatement> behind; ///< those behind it, where they were
  llvm::ArrayRef<Comment> commentsBefore; ///< likewise
  llvm::ArrayRef<Comment> commentsBehind;
  uint32_t shift = 0; ///< how far those behind have moved, modulo 2^32
  bool isRestValid = false; ///< whether nothing was wrong with that text
};

/// What was parsed of a text, and what is known of the rest.
struct ParsedText {
  ParsedTree tree; ///< null where there is none
  EditedPart part; ///< that the tree is of; places in the tree count from its begin
};

/// Remembers what the last text that parsed without an error was parsed to. A statement of it
/// means the same in the next text as long as no edit touches it. Not thread-safe; of
/// one document.
class ParseHistory {
public:
  /// The same tree as SyntaxTree::parse gives, made of what has changed since the last time.
  llvm::Expected<std::shared_ptr<const SyntaxTree>> parse(std::shared_ptr<const SourceFile> file,
                                                          const ParseLimits &limits = {});

  /// What to parse of `text`. If that has no errors, the statements of the whole text are what it
  /// is parsed to with those before and behind; else all has to be parsed. Nothing where there was
  /// no text. Lives as long as the last text is the same.
  std::optional<EditedPart> editedPartOf(llvm::StringRef text) const;
  /// From now on this text, without errors of the parser, is the last one. `isValid`: nothing else
  /// is wrong with it, either, and it is as it stands in the file.
  void remember(llvm::StringRef text, std::vector<LoweredStatement> statements,
                std::vector<Comment> comments, bool isValid);

private:
  std::optional<std::string> text_; ///< nothing at first
  std::vector<LoweredStatement> statements_;
  std::vector<Comment> comments_;
  bool isValid_ = false;
};

} // namespace fraglint
