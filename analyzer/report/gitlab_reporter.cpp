#include "report/gitlab_reporter.h"

#include "lint/fingerprint.h"
#include "lint/rule.h"
#include "report/report_place.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"

namespace fraglint {

namespace {

using JsonObject = llvm::json::Object;

llvm::StringRef gitlabSeverity(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "major";
  case Severity::Warning:
    return "minor";
  case Severity::Note:
    return "info";
  }
  llvm_unreachable("all severities are listed");
}

} // namespace

void GitlabReporter::file(const FileResult &result) {
  for (const auto &[diagnostic, print] : llvm::zip(result.diagnostics, fingerprints(result))) {
    if (diagnostic.severity < level_)
      continue;
    ReportPlace place = reportPlace(diagnostic.location);
    JsonObject lines{{"begin", place.line}, {"end", place.endLine}};
    issues_.push_back(
        JsonObject{{"description", llvm::json::fixUTF8(diagnostic.message)},
                   {"check_name", diagnostic.rule->code},
                   {"fingerprint", print},
                   {"severity", gitlabSeverity(diagnostic.severity)},
                   {"location",
                    JsonObject{{"path", llvm::json::fixUTF8(reportPath(*diagnostic.location.file))},
                               {"lines", std::move(lines)}}}});
  }
}

void GitlabReporter::finish() {
  os_ << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(issues_)));
}

} // namespace fraglint
