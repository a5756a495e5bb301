#pragma once
/// What all reports of a heap share: names of phases, places in the program, its largest requests.

#include "evaluator/evaluation.h"
#include "lint/program_target.h"

#include <string>
#include <vector>

namespace fraglint {

/// `load`, `set-up`, `pass 2`, `further passes`.
std::string phaseName(Phase phase, uint16_t pass);

/// Where a site begins.
struct SourcePlace {
  std::string file;
  uint32_t line = 0;   ///< from 1; 0: no line of the program
  uint32_t column = 0; ///< in characters, from 1

  /// `code.py:12`.
  std::string text() const;
};
SourcePlace placeOf(SyntaxNode site);

/// What said which target it is: `the usual board of its firmware: --target NAME takes yours`.
llvm::StringRef targetSourceText(TargetSource source);

/// Requests of all phases together, the largest first; its phase and its call path are those of
/// the largest. Hard and soft ones apart; what is asked for at one of several places is one.
std::vector<SiteCost> largestSites(const Evaluation &evaluation);

} // namespace fraglint
