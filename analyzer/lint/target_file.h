#pragma once
/// The file that describes a target: TOML, with a key for each thing that a build of the firmware
/// decides. What it does not say is as in the target that its `based-on` names, or else as in
/// `micropython/generic`.

#include "heap/owned_target.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace fraglint {

/// The error has all mistakes, one `path:line:column: …` a line.
llvm::Expected<TargetDescription> readTarget(llvm::StringRef text, llvm::StringRef path);
/// From the file at `path`.
llvm::Expected<TargetDescription> readTargetFile(llvm::StringRef path);

/// All of the target, so that reading it gives the same. `notes`: comments for keys.
std::string targetText(const TargetDescription &target,
                       const llvm::StringMap<std::string> &notes = {});

/// Of all keys: `heap.grows`, `traits.folds-floats`.
std::vector<std::string> targetKeys();

/// What the key of that name says; null where there is none, or it is not either so or not.
bool *flagNamed(TargetDescription &target, llvm::StringRef key);

} // namespace fraglint
