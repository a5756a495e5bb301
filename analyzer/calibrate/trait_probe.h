#pragma once
/// Small programs that show how a firmware does what traits are about: run on a device, and
/// foretold by the model for the trait being so and being not.

#include "heap/owned_target.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace fraglint {

enum class ProbeKind : uint8_t {
  Taken, ///< by how many bytes the heap is fuller behind it, nothing collected
  Shown, ///< what it prints; `!` for an exception
};

struct TraitProbe {
  llvm::StringLiteral key; ///< as in target_file.h, of what is either so or not
  ProbeKind kind;
  llvm::StringLiteral setUp; ///< what is there before; of Taken
  llvm::StringLiteral code;
};

/// At most one for a key. Their order is of no matter.
llvm::ArrayRef<TraitProbe> traitProbes();

/// A program that prints by how many bytes the heap is fuller behind `code`, nothing collected. It
/// binds `f` in `__main__`.
std::string takenProgram(llvm::StringRef setUp, llvm::StringRef code);
/// What is run on a device, which prints its answer.
std::string deviceProgram(const TraitProbe &probe);

/// The answer of a firmware that is as described; nothing where the model does not know it.
std::optional<std::string> foretoldAnswer(const TraitProbe &probe, const TargetDescription &target);

/// Whether the trait is so, by what the device answered: nothing where the probe does not tell, for
/// both would answer that, or neither.
std::optional<bool> traitFromAnswer(const TraitProbe &probe, const TargetDescription &target,
                                    llvm::StringRef answer);

} // namespace fraglint
