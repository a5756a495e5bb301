#pragma once
/// The program's files as tables, with what each line asks for.

#include "page/heap_page_links.h"
#include "semantic/module.h"

#include "llvm/Support/raw_ostream.h"

#include <map>
#include <string>

namespace fraglint {

/// Marks behind lines, as markup, by the ids of the lines: the way back from the listing.
using LineMarks = std::map<std::string, std::string>;

/// All lines that `links` knows are shown. Of long programs the others only where they ask for
/// much, or stand beside such a line.
void writeListing(const Module &program, const Evaluation &evaluation, const HeapPageLinks &links,
                  const LineMarks &marks, llvm::raw_ostream &os);

} // namespace fraglint
