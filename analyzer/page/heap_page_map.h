#pragma once
/// How a heap lies at one moment, as SVG in the spirit of `micropython.mem_info(1)`.

#include "page/heap_page_links.h"
#include "page/heap_picture.h"

#include "llvm/Support/raw_ostream.h"

namespace fraglint {

/// Blocks in rows, coloured by the line that owns them; beneath, to the same scale, the longest
/// free run and what was asked for. Large heaps are drawn in squares of several blocks.
void drawHeapMap(const HeapSnapshot &map, int64_t askedBytes, bool isFailed, HeapPageLinks &links,
                 llvm::raw_ostream &os);

/// What stands for an owner in classes of the page's style: `owner-0` for code, then the lettered
/// ones, `owner-other`.
std::string ownerClass(uint32_t owner);

} // namespace fraglint
