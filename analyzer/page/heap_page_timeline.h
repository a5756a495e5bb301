#pragma once
/// How a heap fills, request by request, as SVG.

#include "page/heap_page_links.h"
#include "page/heap_picture.h"

#include "llvm/Support/raw_ostream.h"

namespace fraglint {

struct TimelineSubject {
  const HeapPicture &picture;
  const Evaluation &evaluation;
  const HeapVerdict &verdict;
  Interval heapBytes; ///< of the heap that is judged
};

/// Above, what is in use against the heap's size; below, each request against the longest free run.
/// Of many requests, the drawing keeps the least and the most of each step along the axis.
void drawTimeline(const TimelineSubject &subject, HeapPageLinks &links, llvm::raw_ostream &os);

} // namespace fraglint
