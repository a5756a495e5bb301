#pragma once
/// Whether a name still holds its old value while the new one is made.

#include "heap/facts.h"
#include "semantic/module.h"

#include <optional>

namespace fraglint {

/// The making of a value whose name is still bound to an older one.
struct Rebinding {
  SyntaxNode target;     ///< the name or attribute
  SyntaxNode assignment; ///< that binds it anew
  SymbolId symbol = kNoId;
  FunctionId function = kModuleBody; ///< whose code does it
  /// Other functions look at the name too: they may hold on to what it was bound to.
  bool isShared = false;
  /// What it was bound to has been given to a player, which may hold on to it as well.
  bool isPlayed = false;
};

/// Whether `made` is bound to a name, or to an attribute, only while that holds nothing: `if x is
/// None: x = made`.
bool isMadeOnce(const SemanticModel &model, SyntaxNode made);

/// The place where the value of `made` is bound to a name: as it is, `x = made`, or in another
/// form, `x = made.split()`, or a part of it where it is unpacked, `x, y = made`, or where that is
/// a list, `x = made["items"]`. Nothing where it goes elsewhere.
std::optional<Rebinding> rebindingOf(const Module &module, SyntaxNode made);

/// The earlier binding whose value may still be bound when `rebinding` evaluates its right
/// side: in its own function, from an earlier pass or an earlier call; null where there is none,
/// where something else holds the old value too, or where the new one is made of it.
const Binding *bindingStillHeld(const Module &module, const Rebinding &rebinding);

} // namespace fraglint
