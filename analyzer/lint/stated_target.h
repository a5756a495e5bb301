#pragma once
/// What a user states as a target: a name that is known, or a file that describes one.

#include "heap/target.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>

namespace fraglint {

/// Owns what is read from a file, and nothing of the constant data.
using TargetPointer = std::shared_ptr<const Target>;

/// Whether what is stated is a file.
bool isTargetFile(llvm::StringRef text);

/// By its name, or from the file, relative to `folder`. The error says which targets were probably
/// meant, or what is wrong with the file, all mistakes in it one a line.
llvm::Expected<TargetPointer> statedTarget(llvm::StringRef text, llvm::StringRef folder);

} // namespace fraglint
