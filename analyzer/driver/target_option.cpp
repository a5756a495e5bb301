#include "driver/target_option.h"

namespace fraglint {

llvm::Expected<const Target *> targetNamed(llvm::StringRef name) {
  if (const Target *target = findTarget(name))
    return target;
  std::string text = "no target is called `" + name.str() + "`";
  if (auto nearest = nearestTargetNames(name); !nearest.empty())
    text += "; did you mean `" + nearest.front().str() + "`?";
  return llvm::createStringError(text + " `fraglint targets` lists them");
}

} // namespace fraglint
