#include "report/report_place.h"

#include "report/printable_text.h"

#include "llvm/Support/Path.h"

namespace fraglint {

ReportPlace reportPlace(const SourceFile &file, TextRange range) {
  Position begin = file.lines().position(range.begin, ColumnUnit::CodePoints);
  Position end = file.lines().position(range.end, ColumnUnit::CodePoints);
  return {begin.line + 1, begin.column + 1, end.line + 1, end.column + 1};
}

std::string reportPath(const SourceFile &file) {
  return llvm::sys::path::convert_to_slash(file.path());
}

std::string placeText(const Location &location) {
  ReportPlace place = reportPlace(location);
  return printable(reportPath(*location.file)) + ':' + std::to_string(place.line) + ':' +
         std::to_string(place.column);
}

} // namespace fraglint
