#pragma once
/// What a user states as a target: a name that is known, or a file that describes one.

#include "heap/target.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>

namespace fraglint {

/// Owns what is read from a file, and nothing of the constant data.
using TargetPointer = std::shared_ptr<const Target>;

/// By its name, or from the file if `text` ends in `.toml`, relative to `folder`. The error says
/// which targets were probably meant, or what is wrong with the file.
llvm::Expected<TargetPointer> statedTarget(llvm::StringRef text, llvm::StringRef folder);

} // namespace fraglint
