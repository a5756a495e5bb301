#pragma once
/// The tables of the page: the largest requests, the phases, what is not known.

#include "page/heap_page.h"
#include "page/heap_page_links.h"
#include "page/heap_page_source.h"

namespace fraglint {

/// Leaves in `marks` the way back from each line.
void writeLargest(const HeapPage &page, HeapPageLinks &links, LineMarks &marks,
                  llvm::raw_ostream &os);
void writeFunctions(const HeapPage &page, HeapPageLinks &links, llvm::raw_ostream &os);
void writePhases(const HeapPage &page, HeapPageLinks &links, llvm::raw_ostream &os);
/// Number of reasons why something is not known.
size_t countUnknown(const Evaluation &evaluation);
void writeUnknown(const HeapPage &page, HeapPageLinks &links, llvm::raw_ostream &os);

/// `called from code.py:9 › code.py:4`, with links; empty where no call was under way.
std::string callPathMarkup(const RequestLog &log, uint32_t path, HeapPageLinks &links);

} // namespace fraglint
