#pragma once
/// Where the firmware keeps each variable: in a frame, in a cell that closures share, or in a
/// dictionary.

#include "semantic/semantic_model.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

#include <vector>

namespace fraglint {

enum class Storage : uint8_t {
  Local,  ///< in the frame
  Cell,   ///< in the frame as a cell: inner functions use it
  Free,   ///< in a cell of a function around
  Global, ///< in the file's dictionary, or one of the firmware's own
  Named,  ///< in the dictionary of the class body that is being run, or else as Global
};

/// The variable by which methods know their class.
inline constexpr llvm::StringLiteral kOwnClass = "__class__";

/// Answers for one program.
class Variables {
public:
  explicit Variables(const SemanticModel &model);

  /// Where code of `scope` finds `name`.
  Storage storageOf(ScopeId scope, llvm::StringRef name) const;
  /// Variables of functions around that `scope` uses, or hands on to functions in it, in the order
  /// in which they first occur.
  llvm::ArrayRef<llvm::StringRef> freeIn(ScopeId scope) const;
  /// Scope of a definition, lambda, class body or comprehension; kNoId for other nodes.
  ScopeId scopeOf(SyntaxNode node) const;

private:
  bool isFunctionLike(ScopeId scope) const;
  bool binds(ScopeId scope, llvm::StringRef name) const;
  void capture(ScopeId user, llvm::StringRef name);
  void captureClass(ScopeId method);

  const SemanticModel &model_;
  llvm::DenseMap<uint32_t, ScopeId> scopeOfNode_; ///< by ordinal
  std::vector<llvm::StringSet<>> cells_; ///< by scope
  std::vector<llvm::SmallVector<llvm::StringRef, 2>> free_;
};

} // namespace fraglint
