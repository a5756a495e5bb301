#pragma once
/// Findings of an earlier state of a file, which are not reported again while they last.

#include "lint/linter.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

/// Findings of one file that are alike: of one rule, with the same text in their lines.
struct KnownFinding {
  std::string rule;    ///< code
  std::string content; ///< contentPrint()
  std::string text;    ///< for people: the first of their lines, cut
  uint64_t count = 1;
  friend auto operator<=>(const KnownFinding &, const KnownFinding &) = default;
};

/// Those of one file, in order.
using KnownFindings = std::vector<KnownFinding>;

/// What is to be known of findings of one file from now on. That a file was not analysed (FRG002)
/// is no finding to get used to, and left out.
KnownFindings knownFindings(llvm::ArrayRef<Diagnostic> diagnostics);

/// Moves the findings that are known to those that are suppressed, for this reason: of several that
/// are alike the first ones, wherever they stand now. Gives what is known and was not found.
KnownFindings hideKnown(FileResult &result, llvm::ArrayRef<KnownFinding> known,
                        llvm::StringRef reason);

/// What is left of `known` without `gone`.
KnownFindings without(llvm::ArrayRef<KnownFinding> known, llvm::ArrayRef<KnownFinding> gone);

/// How many findings these are.
uint64_t countOf(llvm::ArrayRef<KnownFinding> known);

} // namespace fraglint
