#include "semantic/call_traits.h"

namespace fraglint {

const LibraryRow *libraryRowOf(const SemanticModel &model, SyntaxNode call) {
  if (call.kind() != NodeKind::Call || model.calleeFunction(call) != kNoId)
    return nullptr;
  if (const LibraryRow *row = findLibrary(model.calleeName(call)))
    return row;
  SyntaxNode callee = call.child(Field::Function);
  if (callee.kind() != NodeKind::Attribute)
    return nullptr;
  return findMethod(model.typeOf(callee.child(Field::Object)).name,
                    callee.child(Field::Attribute).text());
}

bool callHas(const SemanticModel &model, SyntaxNode call, Trait trait) {
  const LibraryRow *row = libraryRowOf(model, call);
  return row && row->has(trait);
}

bool neverReturns(const SemanticModel &model, SyntaxNode call) {
  return callHas(model, call, Trait::SleepsForever) || model.calleeName(call) == "sys.exit";
}

llvm::StringRef lastNameOf(SyntaxNode call) {
  SyntaxNode callee = call.child(Field::Function);
  return callee.kind() == NodeKind::Attribute ? callee.child(Field::Attribute).text()
                                              : callee.text();
}

} // namespace fraglint
