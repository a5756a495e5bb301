#pragma once
/// What is true of the findings of any file, whatever they say. Each check gives complaints, so
/// that it can itself be tried on results that are wrong.

#include "lint/linter.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace fraglint {

using Complaints = std::vector<std::string>;

/// Analyses bytes that stand in place of the file under test.
using Lint = llvm::function_ref<FileResult(llvm::StringRef bytes)>;

/// Everything that a finding says, places as line and column: two are the same when their texts
/// are.
std::string describe(const Diagnostic &finding);

/// Ranges of findings and notes that leave their file or split a character; messages that are
/// empty or longer than a line.
Complaints malformedFindings(const FileResult &result);
/// Findings that are not in order, or twice there.
Complaints disorder(const FileResult &result);
/// What a second analysis says otherwise than `result`.
Complaints instability(const FileResult &result, llvm::StringRef bytes, Lint lint);
/// Fixes that cannot be done, are more than their rule declares, leave new syntax problems or
/// do not remove their finding; each is done by itself.
Complaints fixFaults(const FileResult &result, Lint lint);
/// A comment that silences a finding's rule, put at the end of the line of the finding or of one
/// of its notes, must silence the finding, and nothing that has no place on that line.
Complaints suppressionFaults(const FileResult &result, Lint lint);
/// What is wrong with the findings when the file ends too early. Whether anything crashes.
Complaints truncationFaults(llvm::StringRef bytes, Lint lint);

} // namespace fraglint
