#include "lint/diagnostic.h"

#include "llvm/Support/ErrorHandling.h"

namespace fraglint {

llvm::StringRef severityName(Severity severity) {
  switch (severity) {
  case Severity::Note:
    return "note";
  case Severity::Warning:
    return "warning";
  case Severity::Error:
    return "error";
  }
  llvm_unreachable("all severities are listed");
}

} // namespace fraglint
