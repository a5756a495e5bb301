#include "report/azure_reporter.h"

#include "lint/rule.h"
#include "report/report_place.h"

#include "llvm/Support/JSON.h"

namespace fraglint {

namespace {

/// What ends a property or the command is encoded. Source: the documentation of Azure Pipelines'
/// logging commands, which also wants them in UTF-8; a path need not be.
std::string encoded(llvm::StringRef text) {
  std::string result;
  for (char character : llvm::json::fixUTF8(text)) {
    if (character == '%')
      result += "%AZP25";
    else if (character == '\r')
      result += "%0D";
    else if (character == '\n')
      result += "%0A";
    else if (character == ';')
      result += "%3B";
    else if (character == ']')
      result += "%5D";
    else
      result += character;
  }
  return result;
}

} // namespace

void AzureReporter::file(const FileResult &result) {
  for (const Diagnostic &diagnostic : result.diagnostics) {
    if (diagnostic.severity < level_)
      continue;
    ReportPlace place = reportPlace(diagnostic.location);
    // There are two types, and none for a note.
    os_ << "##vso[task.logissue type="
        << (diagnostic.severity == Severity::Error ? "error" : "warning")
        << ";sourcepath=" << encoded(reportPath(*diagnostic.location.file))
        << ";linenumber=" << place.line << ";columnnumber=" << place.column
        << ";code=" << diagnostic.rule->code << ";]" << encoded(diagnostic.message) << '\n';
  }
}

} // namespace fraglint
