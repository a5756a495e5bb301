#include "report/checkstyle_reporter.h"

#include "lint/rule.h"
#include "report/report_place.h"
#include "report/xml_text.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

CheckstyleReporter::CheckstyleReporter(llvm::raw_ostream &os, const ReportOptions &options)
    : os_(os), level_(options.level) {
  os_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
}

void CheckstyleReporter::file(const FileResult &result) {
  auto isShown = [this](const Diagnostic &one) { return one.severity >= level_; };
  if (llvm::none_of(result.diagnostics, isShown))
    return;
  os_ << "  <file name=\"" << xmlText(reportPath(*result.file)) << "\">\n";
  for (const Diagnostic &diagnostic : result.diagnostics) {
    if (!isShown(diagnostic))
      continue;
    ReportPlace place = reportPlace(diagnostic.location);
    llvm::StringRef severity =
        diagnostic.severity == Severity::Note ? "info" : severityName(diagnostic.severity);
    os_ << "    <error line=\"" << place.line << "\" column=\"" << place.column << "\" severity=\""
        << severity << "\" message=\"" << xmlText(diagnostic.message) << "\" source=\"fraglint."
        << diagnostic.rule->code << "\"/>\n";
  }
  os_ << "  </file>\n";
}

void CheckstyleReporter::finish() { os_ << "</checkstyle>\n"; }

} // namespace fraglint
