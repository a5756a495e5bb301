#pragma once
/// What a rule says of itself, in the forms that the commands print.

#include "lint/rule.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace fraglint {

/// `safe`, `unsafe`, or `none`.
llvm::StringRef fixName(FixAvailability fix);

/// The attributes of one rule; the caller opens and closes the object.
void writeRuleJson(llvm::json::OStream &json, const Rule &rule);
void writeRuleMarkdown(llvm::raw_ostream &os, const Rule &rule);
void writeRuleText(llvm::raw_ostream &os, const Rule &rule);

} // namespace fraglint
