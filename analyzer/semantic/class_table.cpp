#include "semantic/class_table.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {
/// Longer chains of bases are cut off: nobody writes them, and cycles end here too.
constexpr size_t kMaxLineage = 32;
} // namespace

void ClassTable::build() {
  auto count = static_cast<ClassId>(model_.classes_.size());
  for (ClassId id = 0; id < count; ++id)
    model_.classes_[id].family = id;
  for (ClassId id = 0; id < count; ++id)
    addBases(id);
  model_.families_.resize(count);
  for (ClassId id = 0; id < count; ++id) {
    model_.classes_[id].family = familyOf(id);
    model_.families_[model_.classes_[id].family].push_back(id);
    noteOverrides(id);
  }
}

/// What this class defines, its bases in this module may not mean when they say `self.x()`.
void ClassTable::noteOverrides(ClassId id) {
  for (ClassId base : lineage(model_, id))
    if (base != id)
      for (SymbolId symbol : model_.scopes_[model_.classes_[id].scope].symbols)
        model_.overridden_.insert(SemanticModel::nameKey(
            model_.classes_[base].scope, model_.intern(model_.symbols_[symbol].name)));
}

void ClassTable::addBases(ClassId id) {
  ClassInfo &info = model_.classes_[id];
  for (SyntaxNode base : info.node.child(Field::Superclasses).children()) {
    if (base.kind() == NodeKind::KeywordArgument)
      continue;
    ClassId known = model_.classNamed(base);
    if (known != kNoId) {
      info.bases.push_back(known);
      model_.classes_[familyOf(known)].family = familyOf(id);
    } else if (!info.foreignBase && base.text() != "object") {
      info.foreignBase = base;
    }
  }
}

/// The representative of a class's family; shortens the way there for the next time.
ClassId ClassTable::familyOf(ClassId id) {
  auto &classes = model_.classes_;
  while (classes[id].family != id) {
    classes[id].family = classes[classes[id].family].family;
    id = classes[id].family;
  }
  return id;
}

llvm::SmallVector<ClassId, 4> ClassTable::lineage(const SemanticModel &model, ClassId start) {
  llvm::SmallVector<ClassId, 4> line = {start};
  for (size_t next = 0; next < line.size(); ++next)
    for (ClassId base : model.classes()[line[next]].bases)
      if (line.size() < kMaxLineage && !llvm::is_contained(line, base))
        line.push_back(base);
  return line;
}

} // namespace fraglint
