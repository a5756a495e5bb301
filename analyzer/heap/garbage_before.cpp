#include "heap/garbage_before.h"

#include "heap/rebuilding.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// `json.load(stream)` reads as it goes and asks for no run of the whole length.
bool isStreaming(const AllocationSite &site, const SemanticModel &model) {
  return site.node.kind() == NodeKind::Call && model.calleeName(site.node) == "json.load";
}

/// Garbage that waits where `site` settles, whether or not a collection before an earlier one
/// frees it.
Garbage uncollectedBefore(const AllocationSite &site, const HeapModel &heap) {
  bool isCandidate =
      heap.isLarge(site) && !heap.isTemporary(site) && site.kind != AllocationKind::Text &&
      site.kind != AllocationKind::LabelText && !site.node.enclosing(NodeKind::ExceptClause) &&
      !heap.survivesExhaustion(site.node) && !isStreaming(site, heap.module().model());
  if (!isCandidate || !heap.isHot(site.node) || !heap.staysOn(site))
    return {};
  if (std::optional<Rebuilding> again = rebuildingOf(site, heap);
      again && (again->repetition || again->object.kind == CostlyKind::Decoder))
    return {};
  Garbage waiting = heap.waitingAt(site);
  // Of its own older values FRG105 speaks where one is still bound or shown.
  bool isOwn = llvm::all_of(waiting.sites, [&](const AllocationSite *one) {
    return one == &site || !heap.isBigPiece(*one);
  });
  if (!waiting.isAtLeast(heap.target().largeBytes()) || (isOwn && heap.coexistence(site)))
    return {};
  return waiting;
}

/// Whether the collection that an earlier finding of the same function asks for frees all of it.
bool isCollectedForEarlier(const AllocationSite &site, const Garbage &waiting,
                           const HeapModel &heap) {
  return llvm::any_of(heap.allocationSites(), [&](const AllocationSite &other) {
    if (other.function != site.function || other.node.ordinal() >= site.node.ordinal() ||
        !heap.isLarge(other))
      return false;
    Garbage earlier = uncollectedBefore(other, heap);
    return !earlier.sites.empty() && llvm::all_of(waiting.sites, [&](const AllocationSite *one) {
      return !heap.isBigPiece(*one) || llvm::is_contained(earlier.sites, one);
    });
  });
}

} // namespace

Garbage garbageBefore(const AllocationSite &site, const HeapModel &heap) {
  Garbage waiting = uncollectedBefore(site, heap);
  if (waiting.sites.empty() || isCollectedForEarlier(site, waiting, heap))
    return {};
  return waiting;
}

} // namespace fraglint
