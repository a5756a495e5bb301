#pragma once
/// Where a finding is, in the terms of people: path, and lines and columns from 1.

#include "lint/diagnostic.h"

#include <cstdint>
#include <string>

namespace fraglint {

/// Columns count code points; the end is one past the last character.
struct ReportPlace {
  uint32_t line;
  uint32_t column;
  uint32_t endLine;
  uint32_t endColumn;
};

ReportPlace reportPlace(const SourceFile &file, TextRange range);
inline ReportPlace reportPlace(const Location &location) {
  return reportPlace(*location.file, location.range);
}

/// The file's path as it was given, with `/` between its parts.
std::string reportPath(const SourceFile &file);

/// `path:line:column`, safe for terminals.
std::string placeText(const Location &location);

} // namespace fraglint
