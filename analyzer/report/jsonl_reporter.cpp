#include "report/jsonl_reporter.h"

#include "report/json_finding.h"

namespace fraglint {

void JsonlReporter::file(const FileResult &result) {
  for (const Diagnostic &diagnostic : result.diagnostics) {
    if (diagnostic.severity < level_)
      continue;
    llvm::json::OStream json(os_);
    writeFinding(json, diagnostic);
    json.flush();
    os_ << '\n';
  }
}

} // namespace fraglint
