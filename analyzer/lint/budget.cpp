#include "lint/budget.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

constexpr llvm::StringRef kKeys[] = {"max-contiguous", "max-live", "max-garbage-per-pass",
                                     "max-growth"};
constexpr std::optional<int64_t> Budget::*kMembers[] = {
    &Budget::maxContiguous, &Budget::maxLive, &Budget::maxGarbagePerPass, &Budget::maxGrowth};

} // namespace

void Budget::tighten(const Budget &other) {
  for (auto member : kMembers)
    if (other.*member)
      this->*member = std::min((this->*member).value_or(*(other.*member)), *(other.*member));
}

bool FunctionBudget::isOf(const SemanticModel &model, FunctionId function) const {
  const Function &one = model.function(function);
  auto [owner, method] = llvm::StringRef(name).rsplit('.');
  if (method.empty())
    return one.name == name;
  return one.name == method && one.classScope != kNoId &&
         model.scope(one.classScope).node.child(Field::Name).text() == owner;
}

llvm::ArrayRef<llvm::StringRef> budgetKeys() { return kKeys; }

std::optional<int64_t> Budget::*budgetMember(llvm::StringRef key) {
  const auto *found = llvm::find(kKeys, key);
  return found == std::end(kKeys) ? nullptr : kMembers[found - kKeys];
}

} // namespace fraglint
