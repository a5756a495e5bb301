#pragma once
/// tree-sitter's parser, wrapped: text in, an owned TSTree out. Nothing above syntax/ sees it.

#include "syntax/thread_clock.h"

#include "llvm/ADT/StringRef.h"

#include <memory>

struct TSLanguage;
struct TSParser;
struct TSTree;

namespace fraglint {

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
  PythonParser();

  /// Parses UTF-8 `text`; byte offsets in the result are those of `text`. A lone CR ends a
  /// line, as in Python. Null where the deadline passed; the parser can be used again.
  ParsedTree parse(llvm::StringRef text, Deadline deadline);

private:
  struct Deleter {
    void operator()(TSParser *parser) const;
  };
  std::unique_ptr<TSParser, Deleter> parser_;
};

} // namespace fraglint
