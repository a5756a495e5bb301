#include "driver/rules_command.h"

#include "driver/rule_document.h"
#include "lint/rule_registry.h"

#include "llvm/Support/Format.h"

namespace fraglint {

namespace {

void writeTable(llvm::raw_ostream &os) {
  size_t width = 0;
  for (const Rule *rule : allRules())
    width = std::max(width, rule->name.size());
  for (const Rule *rule : rulesByCode()) {
    std::string fix = rule->fix == FixAvailability::None ? "" : fixName(rule->fix).str() + " fix";
    os << rule->code << "  " << llvm::left_justify(rule->name, width) << "  "
       << llvm::left_justify(severityName(rule->severity), 7) << "  " << llvm::left_justify(fix, 10)
       << "  " << rule->summary << "\n";
  }
}

void writeMarkdownTable(llvm::raw_ostream &os) {
  os << "| code | name | severity | fix | what it finds |\n|---|---|---|---|---|\n";
  for (const Rule *rule : rulesByCode())
    os << "| " << rule->code << " | " << rule->name << " | " << severityName(rule->severity)
       << " | " << fixName(rule->fix) << " | " << rule->summary << " |\n";
}

void writeJsonTable(llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema", "fraglint-rules/1");
    json.attributeArray("rules", [&] {
      for (const Rule *rule : rulesByCode())
        json.object([&] { writeRuleJson(json, *rule); });
    });
  });
  json.flush();
  os << "\n";
}

} // namespace

ExitStatus runRules(const RulesOptions &options, Console &console) {
  if (options.format == "markdown")
    writeMarkdownTable(console.out());
  else if (options.format == "json")
    writeJsonTable(console.out());
  else
    writeTable(console.out());
  return ExitStatus::Clean;
}

} // namespace fraglint
