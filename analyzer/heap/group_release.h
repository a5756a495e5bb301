#pragma once
/// What becomes garbage because something lets go of it: Groups that lose members or are taken off
/// the display, sessions that make their next request.

#include "heap/garbage_pile.h"
#include "semantic/semantic_model.h"

#include <optional>
#include <vector>

namespace fraglint {

/// Keeps what it worked out; not thread-safe. Refers to model and target, which must outlive it.
class GroupRelease {
public:
  GroupRelease(const SemanticModel &model, const Target &target)
      : model_(model), target_(target), emptied_(model.functions().size()) {}

  /// Releases from `pile` what Groups lose by evaluating `element`: by `group.pop()`, `del
  /// group[0]`, and by `display.root_group = other`. `isRepeated`: in a loop of its own, as in
  /// `while len(group): group.pop()`.
  void apply(SyntaxNode element, bool isRepeated, GarbagePile &pile) const;

private:
  void applyCall(SyntaxNode call, bool isRepeated, GarbagePile &pile) const;
  void applyShow(SyntaxNode assignment, GarbagePile &pile) const;
  void release(SyntaxNode container, GarbagePile::Loss loss, GarbagePile &pile) const;
  llvm::ArrayRef<SymbolId> emptiedBy(FunctionId function) const;
  bool isShownLocally(SymbolId group) const;

  const SemanticModel &model_;
  const Target &target_;
  /// By function: the parameters whose Groups it empties, worked out on demand.
  mutable std::vector<std::optional<llvm::SmallVector<SymbolId, 1>>> emptied_;
};

/// Whether `element` makes a request, for which the session of adafruit_requests lets go of the
/// last response.
bool asksSession(const SemanticModel &model, SyntaxNode element);

} // namespace fraglint
