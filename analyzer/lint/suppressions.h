#pragma once
/// Comments that silence findings: `# fraglint: ignore[FRG201] reason` on a line or above it,
/// `ignore-file`, `ignore-start` … `ignore-end`, and `# noqa`.

#include "heap/facts.h"
#include "lint/diagnostic.h"
#include "lint/rule.h"
#include "lint/settings.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <vector>

namespace fraglint {

/// The suppressions of one file; remembers which of them were needed. Refers to the tree.
///
/// A comment silences a finding when any place of the finding's path (its own range or that of
/// a note) lies in what the comment covers: its own line or, standing alone, the next line of
/// code; its whole file; the lines between start and end. A comment on the first or last line
/// of a statement counts for all of that statement.
class Suppressions {
public:
  explicit Suppressions(const SyntaxTree &tree);

  /// Moves the findings that a comment silences.
  void filter(std::vector<Diagnostic> &diagnostics, std::vector<SuppressedFinding> &silenced);

  /// What is wrong with the comments themselves, contracts (semantic/contract.h) included. Ask
  /// after filter(): a comment that silenced nothing is a fault, unless the rules it names are
  /// switched off or the file is so broken that they may have missed something.
  std::vector<SuppressionFault> faults(const Settings &settings) const;

private:
  /// One name in a comment's brackets, or the whole comment where it has none.
  struct Argument {
    std::string text; ///< as written; empty for "all rules"
    llvm::SmallVector<const Rule *, 4> rules;
    TextRange range;
    size_t index = 0; ///< among the directive's arguments
    bool needed = false;
  };
  enum class Word : uint8_t { Ignore, IgnoreFile, IgnoreStart, IgnoreEnd, Noqa, Unknown };
  struct Entry {
    Word word = Word::Ignore;
    Directive directive;
    Comment comment;
    uint32_t firstLine = 0; ///< of what it covers; firstLine > lastLine covers nothing
    uint32_t lastLine = 0;
    bool closed = false; ///< an IgnoreStart with its end, an IgnoreEnd with its start
    llvm::SmallVector<Argument, 2> arguments;
  };
  /// The line a place starts in, and the first and last line of the statement it lies in.
  struct Lines {
    uint32_t place;
    uint32_t first;
    uint32_t last;
  };

  static Word wordOf(const Directive &directive);
  static void addArguments(Entry &entry);
  void setCoveredLines(Entry &entry) const;
  void pairRanges();
  Lines linesOf(TextRange range) const;
  static bool covers(const Entry &entry, const Lines &lines);
  const Entry *silencing(const Diagnostic &diagnostic);

  bool isUnneeded(const Argument &argument, const Settings &settings) const;
  std::string argumentFault(const Entry &entry, const Argument &argument,
                            const Settings &settings) const;
  static llvm::SmallVector<llvm::StringRef, 8> directiveWords();
  std::string commentFault(const Entry &entry, const Settings &settings) const;
  void addArgumentFaults(const Entry &entry, const Settings &settings,
                         std::vector<SuppressionFault> &faults) const;
  TextRange wholeRemoval(const Entry &entry) const;
  static TextRange argumentRemoval(const Entry &entry, const Argument &argument);

  const SyntaxTree &tree_;
  std::vector<Entry> entries_; ///< in source order
};

} // namespace fraglint
