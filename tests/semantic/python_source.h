#pragma once
/// Trees out of text, and texts out of files.

#include "syntax/syntax_tree.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace fraglint {

inline std::shared_ptr<const SyntaxTree> parseSource(llvm::StringRef code) {
  auto file = llvm::cantFail(SourceFile::decode("test.py", code));
  return llvm::cantFail(SyntaxTree::parse(std::move(file)));
}

inline std::string readText(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

} // namespace fraglint
