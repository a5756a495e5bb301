#include "driver/rule_commands.h"

#include "driver/rule_document.h"
#include "lint/nearest_name.h"
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

ExitStatus runRule(const RuleOptions &options, Console &console) {
  const Rule *rule = findRule(options.rule);
  if (rule == nullptr) {
    console.complain("`" + options.rule + "` is no rule" + didYouMean(nearestRule(options.rule)) +
                     " (`fraglint rules` lists them)");
    return ExitStatus::BadUsage;
  }
  if (options.format == "markdown") {
    writeRuleMarkdown(console.out(), *rule);
  } else if (options.format == "json") {
    llvm::json::OStream json(console.out(), /*IndentSize=*/2);
    json.object([&] {
      json.attribute("schema", "fraglint-rule/1");
      writeRuleJson(json, *rule);
    });
    json.flush();
    console.out() << "\n";
  } else {
    writeRuleText(console.out(), *rule);
  }
  return ExitStatus::Clean;
}

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
