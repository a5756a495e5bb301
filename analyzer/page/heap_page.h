#pragma once
/// `fraglint heap --format html`: one page that needs nothing beside itself, no script either.

#include "evaluator/evaluation.h"
#include "evaluator/verdict.h"
#include "lint/program_target.h"
#include "page/heap_picture.h"
#include "semantic/module.h"

#include "llvm/Support/raw_ostream.h"

#include <string>

namespace fraglint {

struct HeapPage {
  std::string path; ///< of the entry, as the user named it
  const Module &program;
  ProgramTarget target;
  const Evaluation &evaluation;
  const JudgedHeap &heap;
  bool isOtherHeap = false; ///< than the target's: --heap
  const HeapVerdict &verdict;
  const HeapPicture &picture;
};

/// A page of less than 2 MB, however much the program asks for.
void writeHeapPage(const HeapPage &page, llvm::raw_ostream &os);

} // namespace fraglint
