#include "driver/rule_document.h"

#include "driver/measured_savings.h"
#include "lint/rule_help.h"

namespace fraglint {

namespace {

void writeIndented(llvm::raw_ostream &os, llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> lines;
  text.rtrim('\n').split(lines, '\n');
  for (llvm::StringRef line : lines)
    os << (line.empty() ? "" : "    ") << line << "\n";
}

} // namespace

llvm::StringRef fixName(FixAvailability fix) {
  switch (fix) {
  case FixAvailability::None:
    return "none";
  case FixAvailability::Safe:
    return "safe";
  case FixAvailability::Unsafe:
    return "unsafe";
  }
  llvm_unreachable("all kinds are listed");
}

void writeRuleJson(llvm::json::OStream &json, const Rule &rule) {
  json.attribute("code", rule.code);
  json.attribute("name", rule.name);
  json.attribute("severity", severityName(rule.severity));
  json.attribute("since", rule.since);
  json.attribute("fix", fixName(rule.fix));
  json.attribute("summary", rule.summary);
  json.attribute("rationale", rule.rationale);
  json.attribute("bad", validUtf8(rule.bad));
  json.attribute("good", validUtf8(rule.good));
  json.attributeArray("references", [&] {
    for (llvm::StringRef reference : rule.references)
      json.value(reference);
  });
  json.attributeArray("measured", [&] {
    for (const std::string &sentence : savingSentences(rule.code))
      json.value(sentence);
  });
}

void writeRuleMarkdown(llvm::raw_ostream &os, const Rule &rule) {
  writeRuleHelp(os, rule);
  if (std::vector<std::string> savings = savingSentences(rule.code); !savings.empty()) {
    os << "\nThese two on real heaps (rules/measured_savings.tsv):\n\n";
    for (const std::string &sentence : savings)
      os << "- " << sentence << "\n";
  }
  if (rule.references.empty())
    return;
  os << "\n## References\n\n";
  for (llvm::StringRef reference : rule.references)
    os << "- " << reference << "\n";
}

void writeRuleText(llvm::raw_ostream &os, const Rule &rule) {
  os << rule.code << " " << rule.name << " (" << severityName(rule.severity) << ", since "
     << rule.since << ")\n\n"
     << rule.summary << ".\n\n"
     << rule.rationale.rtrim('\n') << "\n\n"
     << fixSentence(rule.fix) << "\n\nExample:\n\n";
  writeIndented(os, validUtf8(rule.bad));
  os << "\nBetter:\n\n";
  writeIndented(os, validUtf8(rule.good));
  for (const std::string &sentence : savingSentences(rule.code))
    os << "\n" << sentence << "\n";
  if (!rule.references.empty())
    os << "\nReferences:\n\n";
  for (llvm::StringRef reference : rule.references)
    os << "  " << reference << "\n";
}

} // namespace fraglint
