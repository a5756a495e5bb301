#include "report/junit_reporter.h"

#include "lint/rule.h"
#include "report/report_place.h"
#include "report/xml_text.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

void writeFailure(llvm::raw_ostream &os, llvm::StringRef path, const Diagnostic &diagnostic) {
  ReportPlace place = reportPlace(diagnostic.location);
  const Rule &rule = *diagnostic.rule;
  std::string message = xmlText(diagnostic.message);
  os << "    <testcase name=\"" << rule.code << ' ' << rule.name << " at line " << place.line
     << ", column " << place.column << "\" classname=\"" << path << "\" time=\"0\">\n"
     << "      <failure message=\"" << message << "\" type=\"" << severityName(diagnostic.severity)
     << "\">" << path << ':' << place.line << ':' << place.column << ": " << message
     << "</failure>\n    </testcase>\n";
}

} // namespace

/// A file without findings is a test that passed, so that a clean run is not an empty one.
void JunitReporter::file(const FileResult &result) {
  std::string path = xmlText(reportPath(*result.file));
  auto isShown = [this](const Diagnostic &one) { return one.severity >= level_; };
  auto failed = static_cast<uint64_t>(llvm::count_if(result.diagnostics, isShown));
  uint64_t tests = failed == 0 ? 1 : failed;
  tests_ += tests;
  failures_ += failed;
  llvm::raw_string_ostream os(suites_);
  os << "  <testsuite name=\"" << path << "\" tests=\"" << tests << "\" failures=\"" << failed
     << "\" errors=\"0\" time=\"0\">\n";
  if (failed == 0)
    os << "    <testcase name=\"no findings\" classname=\"" << path << "\" time=\"0\"/>\n";
  for (const Diagnostic &diagnostic : result.diagnostics)
    if (isShown(diagnostic))
      writeFailure(os, path, diagnostic);
  os << "  </testsuite>\n";
}

void JunitReporter::finish() {
  os_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"fraglint\" tests=\""
      << tests_ << "\" failures=\"" << failures_ << "\" errors=\"0\" time=\"0\">\n"
      << suites_ << "</testsuites>\n";
}

} // namespace fraglint
