#pragma once
/// tree-sitter's parser, wrapped: text in, an owned TSTree out. Nothing above syntax/ sees it.

#include "syntax/thread_clock.h"

#include "llvm/ADT/StringRef.h"

#include <memory>

struct TSLanguage;
struct TSParser;
struct TSTree;

namespace fraglint {

class ParseHistory;
struct ParsedText;

/// The grammar. Static storage, never null.
const TSLanguage *pythonLanguage();

struct ParsedTreeDeleter {
  void operator()(TSTree *tree) const;
};
using ParsedTree = std::unique_ptr<TSTree, ParsedTreeDeleter>;

using Deadline = ThreadClock::time_point;

/// Parses any number of texts, one after another.
class PythonParser {
public:
  /// With a history (which must outlive it) it can parse the text that this is of, after an edit.
  explicit PythonParser(ParseHistory *history = nullptr);
  ~PythonParser();

  /// Parses UTF-8 `text`; byte offsets in the result are those of `text`. A lone CR ends a
  /// line, as in Python. Null where the deadline passed; the parser can be used again.
  ParsedTree parse(llvm::StringRef text, Deadline deadline);
  /// The same for the text that the history is of, edited, in less time. Without a history this is
  /// parse().
  ParsedText parseEdited(llvm::StringRef text, Deadline deadline);
  /// The same; null where the text has errors, where what the edit leaves alone may mean something
  /// else because of it, and where there is no history.
  ParsedText parseSound(llvm::StringRef text, Deadline deadline);
  /// Null where there is none.
  ParseHistory *history() const { return history_; }

private:
  struct Deleter {
    void operator()(TSParser *parser) const;
  };
  std::unique_ptr<TSParser, Deleter> parser_;
  ParseHistory *history_;
};

} // namespace fraglint
