#pragma once
/// A piece of Python with its tree and its names, for tests.

#include "semantic/semantic_model.h"

#include "llvm/Support/Error.h"

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>

namespace fraglint {

/// For failure messages: `[0, 9]`, `[1, -]`.
inline void PrintTo(const Interval &interval, std::ostream *os) {
  auto bound = [](int64_t value) {
    return value == Interval::kNoLo || value == Interval::kNoHi ? "-" : std::to_string(value);
  };
  *os << '[' << bound(interval.lo) << ", " << bound(interval.hi) << ']';
}

struct Parsed {
  explicit Parsed(llvm::StringRef code) : tree(parse(code)), model(*tree) {}

  std::shared_ptr<const SyntaxTree> tree;
  SemanticModel model;

  /// The innermost node whose text is exactly `text`; the one after `skip` others. Fails the
  /// test where there is none.
  SyntaxNode node(llvm::StringRef text, unsigned skip = 0) const {
    for (uint32_t ordinal = 0; ordinal < tree->nodeCount(); ++ordinal) {
      SyntaxNode candidate = tree->node(ordinal);
      bool isInnermost = candidate.firstChild().range() != candidate.range();
      if (isInnermost && candidate.text() == text && skip-- == 0)
        return candidate;
    }
    ADD_FAILURE() << "no such node: " << text.str();
    return {};
  }
  /// The expression that is the last top-level statement, or inside it where it is a
  /// definition or compound statement: the last expression statement of all.
  SyntaxNode last() const {
    for (uint32_t ordinal = tree->nodeCount(); ordinal-- != 0;)
      if (tree->node(ordinal).kind() == NodeKind::ExpressionStatement)
        return tree->node(ordinal).firstChild();
    ADD_FAILURE() << "no expression statement";
    return {};
  }
  /// The symbol of a module-level name.
  SymbolId global(llvm::StringRef name) const { return model.symbolNamed(kModuleScope, name); }

private:
  static std::shared_ptr<const SyntaxTree> parse(llvm::StringRef code) {
    auto file = llvm::cantFail(SourceFile::decode("test.py", code));
    return llvm::cantFail(SyntaxTree::parse(std::move(file)));
  }
};

} // namespace fraglint
