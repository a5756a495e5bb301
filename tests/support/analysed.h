#pragma once
/// A piece of Python, analysed up to the heap layer, for tests.

#include "heap/heap_model.h"
#include "semantic/module.h"
#include "syntax/syntax_tree.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace fraglint {

struct Analysed {
  explicit Analysed(llvm::StringRef code, llvm::StringRef target = "circuitpython/generic")
      : module(parse(code)), heap(module, *findTarget(target)) {}

  Module module;
  HeapModel heap;

  /// The site whose source text is `text`; the first one where several are the same.
  const AllocationSite *site(llvm::StringRef text) const {
    for (const AllocationSite &site : heap.allocationSites())
      if (site.node.text() == text)
        return &site;
    return nullptr;
  }
  /// The deletion of the name or attribute `target`; the first one.
  const Deletion *deletion(llvm::StringRef target) const {
    for (const Deletion &deletion : heap.deletions())
      if (deletion.target.text() == target)
        return &deletion;
    return nullptr;
  }
  /// One-based line of a node.
  uint32_t lineOf(SyntaxNode node) const {
    return module.tree().file().lines().lineAt(node.range().begin) + 1;
  }

private:
  static std::shared_ptr<const SyntaxTree> parse(llvm::StringRef code) {
    auto file = llvm::cantFail(SourceFile::decode("test.py", code));
    return llvm::cantFail(SyntaxTree::parse(std::move(file)));
  }
};

} // namespace fraglint
