#pragma once

#include "evaluator/evaluation.h"
#include "support/parsed.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace fraglint {

/// Evaluates a program of one file on the build of the logs, unless another target is named.
struct Evaluated {
  explicit Evaluated(llvm::StringRef code, llvm::StringRef target = "micropython/unix-32",
                     unsigned passes = 3, bool callsFunctions = false) {
    EvaluationLimits limits;
    limits.passes = passes;
    limits.callsFunctions = callsFunctions;
    module = std::make_unique<Module>(Parsed(code).tree);
    evaluation = evaluate(*module, *findTarget(target), limits);
  }

  uint32_t lineOf(SyntaxNode site) const {
    return module->tree().file().lines().lineAt(site.range().begin) + 1;
  }
  /// Bytes of the hard requests that line makes, in order.
  std::vector<int64_t> requestsOf(uint32_t line) const {
    std::vector<int64_t> bytes;
    for (const HeapEvent &event : evaluation.log.events)
      if (event.site && lineOf(event.site) == line && event.isHard && !event.reason &&
          (event.kind == EventKind::Request || event.kind == EventKind::Resize))
        bytes.push_back(event.bytes.lo);
    return bytes;
  }
  /// What a site of that line asks for at most, over all phases.
  Interval largestOf(uint32_t line) const {
    Interval largest = Interval::exactly(0);
    for (const SiteCost &site : evaluation.sites)
      if (site.site && lineOf(site.site) == line && site.isHard)
        largest = {std::max(largest.lo, site.largest.lo), std::max(largest.hi, site.largest.hi)};
    return largest;
  }

  std::unique_ptr<const Module> module;
  Evaluation evaluation;
};

} // namespace fraglint
