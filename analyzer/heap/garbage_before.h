#pragma once
/// Garbage that should be collected before something large settles beyond it.

#include "heap/heap_model.h"

namespace fraglint {

/// What waits as `site` makes something large that stays, in code that runs again and again, if a
/// collection there helps its place. Empty where one collection before an earlier allocation does
/// for both, and where it is best not made again at all (Rebuilding).
Garbage garbageBefore(const AllocationSite &site, const HeapModel &heap);

} // namespace fraglint
