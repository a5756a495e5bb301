#pragma once
/// How much a heap of several areas is sure to serve, whatever is asked for in which order.

#include "evaluator/heap_shape.h"

#include <cstdint>

namespace fraglint {

struct HeapRoom {
  int64_t bytes = 0; ///< of all requests, in whole blocks
  int64_t areas = 1; ///< at most
};

/// Of a heap that is grown as far as it can be, for requests of at most so many bytes. No run lies
/// in two areas, so that each may have a rest that is too short for the largest; those that are
/// added have records and tables of their own, and the memory around them a rest that is too short
/// for another. Less than all where a request would still be served.
HeapRoom heapRoom(const HeapShape &shape, int64_t largest);

} // namespace fraglint
