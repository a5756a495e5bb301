#pragma once
/// The heap of a target, as the allocator that is simulated takes it.

#include "evaluator/heap_shape.h"
#include "heap/target.h"

namespace fraglint {

/// Of a heap that has `heapBytes` for objects in all, a figure of `Target::heapBytes`: its areas at
/// start, and where it grows, outside of them what is left of the figure in one run. The areas that
/// the firmware's build fixes have their size whatever the figure is.
HeapShape heapShapeOf(const Target &target, int64_t heapBytes);
/// Of one area of that many bytes, tables included, which does not grow (`-X heapsize`), with the
/// target's tables and rules.
HeapShape oneAreaOf(const Target &target, int64_t areaBytes);

} // namespace fraglint
