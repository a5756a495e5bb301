#pragma once
/// Which board a program is for: what the user says, else what lies beside it, else what it
/// imports.

#include "lint/settings.h"
#include "semantic/firmware.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace fraglint {

/// What said which target it is.
enum class TargetSource : uint8_t {
  Stated,  ///< the command line or a configuration file
  BootOut, ///< the `boot_out.txt` that the board wrote
  Import,  ///< a module that one board only has
  Family,  ///< nothing: the usual board of the family that the imports show
};
/// `stated`, `boot-out`, `import`, `family`.
llvm::StringRef targetSourceName(TargetSource source);

struct ProgramTarget {
  const Target *target; ///< never null
  TargetSource source;
};

/// A file of a program that settings apply to.
struct SettledFile {
  llvm::StringRef path;
  const Settings *settings; ///< never null
};

/// What the entry is, or where it does not tell, the first file that does.
FirmwareKind programKind(const SemanticModel &model);

/// `files`: those that are asked about, the entry first. Looks for a `boot_out.txt` on disk.
ProgramTarget programTarget(const SemanticModel &model, llvm::ArrayRef<SettledFile> files);

} // namespace fraglint
