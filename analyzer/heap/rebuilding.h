#pragma once
/// Whether a program makes an object again and again that it could keep.

#include "heap/costly_object.h"
#include "heap/heap_model.h"

#include <optional>

namespace fraglint {

struct Rebuilding {
  CostlyObject object;
  /// The loop whose passes make it; nothing where events do.
  std::optional<Repetition> repetition;
  /// Whether every pass waits for something, so that they may be few.
  bool waits = false;
  /// The same file is loaded each time.
  bool isSame = false;
};

/// How `site` makes one of the costly objects anew: on the passes of a loop, or, of pictures and
/// decoders, whenever something happens. Nothing where it makes another one that stays beside
/// the earlier ones, where a pass takes 5 s or more or has a long loop of its own (but for
/// decoders), where it is made only while there is none, of bitmaps that are dead by the end of
/// their pass, and where the last one is still bound or shown (Coexistence), unless that is a label
/// or of the same file.
std::optional<Rebuilding> rebuildingOf(const AllocationSite &site, const HeapModel &heap);

} // namespace fraglint
