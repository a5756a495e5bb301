#include "report/concise_reporter.h"

#include "lint/rule.h"
#include "report/printable_text.h"
#include "report/report_place.h"

namespace fraglint {

ConciseReporter::ConciseReporter(llvm::raw_ostream &os, const ReportOptions &options)
    : os_(os), level_(options.level), summary_(options.level) {}

void ConciseReporter::file(const FileResult &result) {
  summary_.add(result);
  for (const Diagnostic &diagnostic : result.diagnostics)
    if (diagnostic.severity >= level_)
      os_ << placeText(diagnostic.location) << ": " << diagnostic.rule->code << ' '
          << severityName(diagnostic.severity) << ": " << printable(diagnostic.message) << '\n';
}

void ConciseReporter::finish() { os_ << summary_.line() << '\n'; }

} // namespace fraglint
