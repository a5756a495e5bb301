#pragma once
/// Whether a heap serves what a program asks for. Only what is sure is said: more room does not
/// always mean success, and nobody knows which garbage outlives a collection.

#include "evaluator/evaluation.h"
#include "evaluator/heap_shape.h"
#include "evaluator/heap_trace.h"
#include "evaluator/possible_layout.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <string>

namespace fraglint {

enum class Verdict : uint8_t { Fits, AtRisk, WillFail };
/// `fits`, `at-risk`, `will-fail`.
llvm::StringRef verdictName(Verdict verdict);

/// The heap that is judged, as small and as large as it may be.
struct JudgedHeap {
  HeapShape least, most;
  Interval bytes; ///< for objects, in whole blocks
  int64_t utmost = Interval::kNoHi; ///< bytes that no heap that may be meant has more of
  bool isFirm = false; ///< it was measured, published or asked for: no estimate
};

/// A target's; in its place one of so many bytes, tables included, where it does not grow, else in
/// all. `isBoardKnown`: else the target is only the usual one of its family.
JudgedHeap judgedHeap(const Target &target, std::optional<int64_t> heapBytes, bool isBoardKnown);

/// A program's requests once more, to be served by simulated heaps. Its events are those of the
/// trace.
struct Rehearsal {
  HeapTrace trace;
  std::vector<HeapEvent> events;
  bool isExact = false; ///< each is sure to happen, and its bytes are known
};
/// Of so many passes of the loop that never ends; 0: of as many as were evaluated.
using Rehearse = llvm::function_ref<Rehearsal(unsigned passes)>;

struct HeapVerdict {
  Verdict verdict = Verdict::AtRisk;
  std::string reason; ///< in words
  /// Bytes of the heap beyond what must be in use at once: what is sure to be missing, where that
  /// is less than nothing and the program fails. Nothing where it is not known.
  std::optional<int64_t> margin;
  /// The request that fails, or the largest; bytes as asked for. Or where more is in use at once
  /// than there is: bytes in use, then.
  SyntaxNode site;
  Phase phase = Phase::Load;
  uint16_t pass = 0;
  int64_t bytes = 0;
  bool isInUse = false;
  /// The run that was there for it in one possible layout, in bytes; and that layout.
  std::optional<int64_t> largestFree;
  std::optional<PossibleLayout> layout;
};

/// `importBytes`: at most what compiling the other files of the program takes. `rehearse` is asked
/// where it may decide.
HeapVerdict judge(const Evaluation &evaluation, const JudgedHeap &heap, int64_t importBytes,
                  Rehearse rehearse);
/// The requests of a program that was evaluated for the target with these limits.
Rehearsal rehearse(const Module &program, const Target &target, const EvaluationLimits &limits,
                   const Evaluation &evaluation, unsigned passes);
/// Of such a program.
HeapVerdict judge(const Module &program, const Target &target, const EvaluationLimits &limits,
                  const Evaluation &evaluation, const JudgedHeap &heap);

} // namespace fraglint
