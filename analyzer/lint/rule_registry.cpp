#include "lint/rule_registry.h"

#include "lint/nearest_name.h"

namespace fraglint {

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
