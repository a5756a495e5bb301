#include "lint/rule_registry.h"

#include "lint/nearest_name.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

llvm::SmallVector<const Rule *, 64> rulesByCode() {
  llvm::SmallVector<const Rule *, 64> rules(allRules());
  llvm::sort(rules, [](const Rule *a, const Rule *b) { return a->code < b->code; });
  return rules;
}

const Rule *findRule(llvm::StringRef codeOrName) {
  for (const Rule *rule : allRules())
    if (codeOrName.equals_insensitive(rule->code) || codeOrName.equals_insensitive(rule->name))
      return rule;
  return nullptr;
}

llvm::SmallVector<const Rule *, 8> rulesMatching(llvm::StringRef selector) {
  if (const Rule *rule = findRule(selector))
    return {rule};
  llvm::SmallVector<const Rule *, 8> matching;
  bool isPrefix = selector.starts_with_insensitive("FRG");
  if (isPrefix || selector.equals_insensitive("ALL"))
    for (const Rule *rule : allRules())
      if (!isPrefix || rule->code.starts_with_insensitive(selector))
        matching.push_back(rule);
  return matching;
}

llvm::StringRef nearestRule(llvm::StringRef word) {
  llvm::SmallVector<llvm::StringRef> candidates;
  for (const Rule *rule : allRules())
    candidates.append({rule->code, rule->name});
  return nearestName(word, candidates);
}

} // namespace fraglint
