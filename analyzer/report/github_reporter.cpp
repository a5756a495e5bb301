#include "report/github_reporter.h"

#include "lint/rule.h"
#include "report/report_place.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/JSON.h"

namespace fraglint {

namespace {

llvm::StringRef commandFor(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "notice";
  }
  llvm_unreachable("all severities are listed");
}

/// A command ends with its line: line breaks are encoded, and so is what encodes them. In a
/// property, `:` and `,` would end it. The log is UTF-8; a path need not be.
std::string encoded(llvm::StringRef text, bool isProperty) {
  std::string result;
  for (char character : llvm::json::fixUTF8(text)) {
    if (character == '%')
      result += "%25";
    else if (character == '\r')
      result += "%0D";
    else if (character == '\n')
      result += "%0A";
    else if (isProperty && character == ':')
      result += "%3A";
    else if (isProperty && character == ',')
      result += "%2C";
    else
      result += character;
  }
  return result;
}

} // namespace

void GithubReporter::file(const FileResult &result) {
  for (const Diagnostic &diagnostic : result.diagnostics)
    if (diagnostic.severity >= level_)
      annotation(diagnostic);
}

void GithubReporter::annotation(const Diagnostic &diagnostic) {
  ReportPlace place = reportPlace(diagnostic.location);
  const Rule &rule = *diagnostic.rule;
  os_ << "::" << commandFor(diagnostic.severity)
      << " file=" << encoded(reportPath(*diagnostic.location.file), true) << ",line=" << place.line
      << ",endLine=" << place.endLine;
  // GitHub takes columns only of an annotation within one line.
  if (place.line == place.endLine)
    os_ << ",col=" << place.column << ",endColumn=" << place.endColumn;
  os_ << ",title=" << encoded((rule.code + " " + rule.name).str(), true)
      << "::" << encoded(diagnostic.message, false) << '\n';
}

} // namespace fraglint
