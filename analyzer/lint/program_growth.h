#pragma once
/// Whether a program asks for more of its heap than it did before a change.

#include "evaluator/interpreter.h"
#include "heap/target.h"
#include "lint/budget.h"
#include "semantic/module.h"

#include "llvm/ADT/StringRef.h"

#include <vector>

namespace fraglint {

/// The figures of `fraglint heap` that surely grew: the least that it needs now is above the most
/// that it needed before. Where nothing bounded that, above the least, which is then all that is
/// sure of both.
std::vector<ProgramGrowth> programGrowth(const Module &before, const Module &now,
                                         const Target &target, const EvaluationLimits &limits);

} // namespace fraglint
