#include "lint/rule_help.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/JSON.h"

namespace fraglint {

llvm::StringRef fixSentence(FixAvailability fix) {
  switch (fix) {
  case FixAvailability::None:
    return "There is no automatic fix.";
  case FixAvailability::Safe:
    return "Where it can be done, `--fix` mends it.";
  case FixAvailability::Unsafe:
    return "Where it can be done, `--unsafe-fixes` mends it; look at the change, it may alter "
           "what the program does.";
  }
  llvm_unreachable("all kinds are listed");
}

std::string validUtf8(llvm::StringRef text) {
  return llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text);
}

void writeRuleHelp(llvm::raw_ostream &os, const Rule &rule) {
  os << "# " << rule.code << " " << rule.name << "\n\n"
     << rule.summary << ".\n\n"
     << "Severity: " << severityName(rule.severity) << ". Since " << rule.since << ". "
     << fixSentence(rule.fix) << "\n\n"
     << rule.rationale.rtrim('\n') << "\n\n## Example\n\n```python\n"
     << validUtf8(rule.bad.rtrim('\n')) << "\n```\n\nBetter:\n\n```python\n"
     << validUtf8(rule.good.rtrim('\n')) << "\n```\n";
}

} // namespace fraglint
