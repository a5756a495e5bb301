#include "lint/settings.h"

#include "lint/rule_registry.h"

namespace fraglint {

Settings Settings::defaults() {
  Settings settings;
  for (const Rule *rule : allRules())
    settings.rules.try_emplace(rule);
  return settings;
}

bool isAlwaysOn(const Rule &rule) {
  return std::holds_alternative<void (*)(const SyntaxFault &, RuleContext &)>(rule.check) ||
         std::holds_alternative<void (*)(const SkippedFile &, RuleContext &)>(rule.check);
}

} // namespace fraglint
