#pragma once
/// How the classes of a module inherit from one another.

#include "semantic/semantic_model.h"

#include "llvm/ADT/SmallVector.h"

namespace fraglint {

class ClassTable {
public:
  explicit ClassTable(SemanticModel &model) : model_(model) {}
  /// Fills in bases, foreign bases and families. Names must be resolved.
  void build();

  /// The class and its bases in this module, nearest first; each once, cut off at a limit.
  static llvm::SmallVector<ClassId, 4> lineage(const SemanticModel &model, ClassId start);

private:
  void addBases(ClassId id);
  ClassId familyOf(ClassId id);
  void noteOverrides(ClassId id);

  SemanticModel &model_;
};

} // namespace fraglint
