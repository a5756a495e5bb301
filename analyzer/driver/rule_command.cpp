#include "driver/rule_command.h"

#include "driver/rule_document.h"
#include "lint/nearest_name.h"
#include "lint/rule_registry.h"

namespace fraglint {

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

} // namespace fraglint
