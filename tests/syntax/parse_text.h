#pragma once
/// Small tools for the tests of this folder: parse a piece of Python, print a tree, read the
/// files of corpus/syntax.

#include "syntax/syntax_tree.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace fraglint {

using TreePointer = std::shared_ptr<const SyntaxTree>;

/// Parses `text`, which must decode. Fails the test and gives an empty tree where that fails.
TreePointer parseText(llvm::StringRef text);

/// `LINE:COLUMN MESSAGE` of every problem, positions counted from 1 in characters.
std::vector<std::string> problemsOf(const SyntaxTree &tree);
std::vector<std::string> problemsOf(llvm::StringRef text);

/// The tree as nested brackets: `(if_statement condition:(identifier) …)`, an `!` before what
/// holds an error.
std::string shapeOf(SyntaxNode node);
/// All top-level statements, a blank between them.
std::string shapeOf(llvm::StringRef text);

/// The first node of that kind, in pre-order; null where there is none.
SyntaxNode firstOf(const SyntaxTree &tree, NodeKind kind);

/// Everything that must hold for any tree whatever its text: ranges nest and stay inside the
/// file, siblings are in order, ordinals are dense, navigation is consistent, problems are in
/// order and inside the file, errors reach all ancestors.
void expectSound(const SyntaxTree &tree);

/// All files in a folder below corpus/syntax, by name.
std::vector<std::string> corpusPaths(llvm::StringRef folder);
/// A file's bytes; fails the test where it cannot be read.
std::string bytesOfFile(const std::string &path);

} // namespace fraglint
