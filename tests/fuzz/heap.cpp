/// Any bytes as a program that is evaluated: on some target, within small limits, and judged on a
/// heap of some size.

#include "evaluator/name_table.h"
#include "evaluator/verdict.h"
#include "expect.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {
namespace {

EvaluationLimits smallLimits() {
  EvaluationLimits limits;
  limits.steps = 200'000;
  limits.growingSteps = 50'000;
  limits.uncertainSteps = 100'000;
  limits.objects = 20'000;
  return limits;
}

void expectInterval(Interval bytes, llvm::StringRef what) {
  expect(bytes.lo >= 0 && bytes.lo <= bytes.hi, what);
}

void expectFigures(const Evaluation &evaluation) {
  for (const HeapEvent &event : evaluation.log.events) {
    expectInterval(event.bytes, "a request has bytes between bounds");
    expect(event.callPath < evaluation.log.calls.size(), "a call path is in the log");
    expect(event.reason < evaluation.log.reasons.size(), "a reason is in the log");
    expect(!evaluation.isExact || event.bytes.isExact() || NameTable::isOfNames(event),
           "an exact evaluation knows all bytes but those of names");
  }
  for (const SiteCost &site : evaluation.sites) {
    expectInterval(site.largest, "a site's largest request lies between bounds");
    expect(site.largest.hi <= site.total.hi, "all requests are no less than the largest");
  }
  for (const Peak *peak : {&evaluation.run, &evaluation.load, &evaluation.live})
    expectInterval(peak->figure.bytes, "a peak lies between bounds");
}

void evaluated(llvm::StringRef bytes) {
  auto file = SourceFile::decode("input.py", bytes);
  if (!file)
    return llvm::consumeError(file.takeError());
  auto tree = SyntaxTree::parse(std::move(*file));
  if (!tree)
    return llvm::consumeError(tree.takeError());
  Module program(std::move(*tree));
  const Target &target = allTargets()[bytes.size() % allTargets().size()];
  EvaluationLimits limits = smallLimits();
  Evaluation evaluation = evaluate(program, target, limits);
  expectFigures(evaluation);
  JudgedHeap heap = judgedHeap(target, 4096 + static_cast<int64_t>(bytes.size()) % 61 * 1024, true);
  HeapVerdict verdict = judge(program, target, limits, evaluation, heap);
  expect(!verdict.reason.empty(), "a verdict says why");
}

} // namespace
} // namespace fraglint

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fraglint::evaluated(llvm::toStringRef(llvm::ArrayRef(data, size)));
  return 0;
}
