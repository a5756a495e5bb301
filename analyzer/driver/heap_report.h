#pragma once
/// What `fraglint heap` shows of an evaluation: text, JSON (`fraglint-heap/1`), and the log as JSON
/// lines.

#include "evaluator/evaluation.h"
#include "evaluator/verdict.h"
#include "heap/target.h"
#include "lint/program_target.h"
#include "page/heap_picture.h"

#include "llvm/Support/raw_ostream.h"

#include <string>

namespace fraglint {

struct HeapReport {
  std::string path;
  ProgramTarget target;
  const Evaluation &evaluation;
  const HeapVerdict &verdict;
  int64_t heapBytes = 0; ///< that the user judges it by; 0: the target's
  const HeapPicture *picture = nullptr; ///< null: no map is shown
};

void writeHeapText(const HeapReport &report, llvm::raw_ostream &os);
void writeHeapJson(const HeapReport &report, llvm::raw_ostream &os);
/// One JSON object a line for each event, in order.
void writeHeapLog(const Evaluation &evaluation, llvm::raw_ostream &os);

} // namespace fraglint
