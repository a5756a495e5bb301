#pragma once
/// Who may include whom, as the build has it: the text that CMake writes from the add_layer()
/// lines.

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

#include <string>
#include <vector>

namespace fraglint {

class LayerGraph {
public:
  /// Lines of the form `syntax uses text libraries tree_sitter_python`.
  static LayerGraph read(llvm::StringRef lines);

  bool has(llvm::StringRef layer) const { return layers_.contains(layer); }

  /// What is wrong with the includes of a file of `layer`: one sentence each.
  std::vector<std::string> complaints(llvm::StringRef layer, llvm::StringRef source) const;

private:
  struct Layer {
    llvm::StringSet<> sees; ///< itself, what it uses and what that uses
    llvm::StringSet<> libraries;
  };

  bool mayInclude(const Layer &from, llvm::StringRef path) const;

  llvm::StringMap<Layer> layers_;
};

} // namespace fraglint
