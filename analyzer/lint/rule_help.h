#pragma once
/// What a rule says of itself, as Markdown: for documents, and for editors.

#include "lint/rule.h"

#include "llvm/Support/raw_ostream.h"

namespace fraglint {

/// What it finds and why, whether it can be mended, and its example.
void writeRuleHelp(llvm::raw_ostream &os, const Rule &rule);

/// One sentence on whether a fix can be had.
llvm::StringRef fixSentence(FixAvailability fix);

/// A rule's example may hold bytes that are no UTF-8, where that is its point.
std::string validUtf8(llvm::StringRef text);

} // namespace fraglint
