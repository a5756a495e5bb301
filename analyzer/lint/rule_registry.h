#pragma once
/// All rules of the folder `rules`. The table behind allRules() is written by the build from
/// the files of that folder: adding a rule edits nothing.

#include "lint/rule.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace fraglint {

/// Sorted by file stem; defined in the build's generated source.
llvm::ArrayRef<const Rule *> allRules();
/// The same, sorted by code: the order in which people are shown them.
llvm::SmallVector<const Rule *, 64> rulesByCode();

/// By code or name, in any case; null if there is none.
const Rule *findRule(llvm::StringRef codeOrName);
/// All rules that a selector means: a code, a name, a prefix of codes (`FRG2`), or `ALL`.
llvm::SmallVector<const Rule *, 8> rulesMatching(llvm::StringRef selector);
/// The code or name that `word` was probably meant to be; empty if none is near.
llvm::StringRef nearestRule(llvm::StringRef word);

} // namespace fraglint
