#pragma once
/// What a user states as `--target`.

#include "lint/stated_target.h"

namespace fraglint {

/// Files are seen from the working folder.
llvm::Expected<TargetPointer> targetOption(const std::string &stated);

} // namespace fraglint
