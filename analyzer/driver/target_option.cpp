#include "driver/target_option.h"

#include "lint/file_path.h"

namespace fraglint {

llvm::Expected<TargetPointer> targetOption(const std::string &stated) {
  llvm::Expected<TargetPointer> target = statedTarget(stated, absolutePath("."));
  if (target)
    return target;
  return llvm::createStringError("--target: " + llvm::toString(target.takeError()) +
                                 (isTargetFile(stated) ? "" : " (`fraglint targets` lists them)"));
}

} // namespace fraglint
