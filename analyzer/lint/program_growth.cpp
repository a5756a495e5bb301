#include "lint/program_growth.h"

#include "evaluator/evaluation.h"

namespace fraglint {

namespace {

/// The innermost place in the entry's own file on the way to a peak.
TextRange placeOf(const Module &program, const Evaluation &evaluation, const Peak &peak) {
  auto isInEntry = [&](SyntaxNode node) { return program.model().fileOf(node) == 0; };
  SyntaxNode place = innermostOnPath(evaluation.log, peak.callPath, peak.site, isInEntry);
  return place ? place.range() : TextRange{};
}

} // namespace

std::vector<ProgramGrowth> programGrowth(const Module &before, const Module &now,
                                         const Target &target, const EvaluationLimits &limits) {
  Evaluation old = evaluate(before, target, limits), present = evaluate(now, target, limits);
  std::vector<ProgramGrowth> growth;
  auto compare = [&](ProgramGrowth::Figure figure, const Peak &was, const Peak &is) {
    Interval base = was.figure.bytes;
    // Where it was given up, more may have followed.
    if (!base.hasHi() && !old.isComplete)
      return;
    int64_t bytes = is.figure.bytes.lo - (base.hasHi() ? base.hi : base.lo);
    if (bytes > 0)
      growth.push_back(
          {figure, was.figure, is.figure, bytes, placeOf(now, present, is), target.largeBytes()});
  };
  compare(ProgramGrowth::Figure::Contiguous, old.headline(), present.headline());
  compare(ProgramGrowth::Figure::Live, old.live, present.live);
  return growth;
}

} // namespace fraglint
