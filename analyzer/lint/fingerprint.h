#pragma once
/// What tells a finding from others while code moves around it.

#include "lint/linter.h"

#include <string>
#include <vector>

namespace fraglint {

/// 16 hexadecimal digits of a finding's rule and the text of its lines: the same for findings that
/// are alike, in whatever file.
std::string contentPrint(const Diagnostic &diagnostic);

/// One for each finding of a file in their order, those that are suppressed last: 16 hexadecimal
/// digits of its rule, its path, the text of its lines and, of several that are alike, its place
/// among them. Line numbers, how far a line is indented and what stands around it have no part in
/// it.
std::vector<std::string> fingerprints(const FileResult &result);

} // namespace fraglint
