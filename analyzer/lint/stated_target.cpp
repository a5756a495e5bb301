#include "lint/stated_target.h"

#include "lint/file_path.h"
#include "lint/nearest_name.h"
#include "lint/target_file.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

namespace fraglint {

bool isTargetFile(llvm::StringRef text) { return text.ends_with(".toml"); }

llvm::Expected<TargetPointer> statedTarget(llvm::StringRef text, llvm::StringRef folder) {
  if (isTargetFile(text)) {
    llvm::SmallString<256> path(text);
    llvm::sys::fs::make_absolute(folder, path);
    llvm::Expected<TargetDescription> read = readTargetFile(displayPath(path));
    if (!read)
      return read.takeError();
    auto owned = std::make_shared<const OwnedTarget>(std::move(*read));
    return TargetPointer(owned, &owned->target());
  }
  if (const Target *target = findTarget(text))
    return TargetPointer(std::shared_ptr<const Target>(), target);
  return llvm::createStringError("`" + text.str() + "` is no known target" +
                                 didYouMean(nearestTargetNames(text)));
}

} // namespace fraglint
