#pragma once
/// A rule is constant data and one function, in one file of the folder `rules`. Everything
/// that is said about a rule anywhere (explanations, tables, editor help) derives from this.

#include "heap/facts.h"
#include "lint/budget.h"
#include "lint/diagnostic.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <variant>

namespace fraglint {

class RuleContext;

/// The kind of fact a rule subscribes to is the parameter of its function.
using RuleCheck = std::variant<
    void (*)(const AllocationSite &, RuleContext &), void (*)(const Deletion &, RuleContext &),
    void (*)(const CallSite &, RuleContext &), void (*)(const Loop &, RuleContext &),
    void (*)(const LabelWrite &, RuleContext &), void (*)(const GrowingText &, RuleContext &),
    void (*)(const SyntaxFault &, RuleContext &), void (*)(const SkippedFile &, RuleContext &),
    void (*)(const SuppressionFault &, RuleContext &), void (*)(const BoundedFile &, RuleContext &),
    void (*)(const ProgramGrowth &, RuleContext &)>;

enum class FixAvailability : uint8_t { None, Safe, Unsafe };

struct Rule {
  llvm::StringLiteral name; ///< file stem with dashes: `del-without-collect`
  llvm::StringLiteral code; ///< `FRG201`; never reused
  Severity severity;        ///< the default; a check may lower it to a note
  llvm::StringLiteral since; ///< version that brought it
  llvm::StringLiteral summary; ///< one sentence without final stop, for tables
  llvm::StringLiteral rationale; ///< Markdown: what it flags, why that hurts, what stays silent
  llvm::StringLiteral bad;  ///< a program on which this rule, and no other, reports
  llvm::StringLiteral good; ///< the same, mended: silent
  llvm::ArrayRef<llvm::StringLiteral> references; ///< titles or addresses of further reading
  FixAvailability fix;
  RuleCheck check;
};

} // namespace fraglint
