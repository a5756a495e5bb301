#pragma once
/// Applies the fixes of findings to one file, round after round, until none is left.

#include "lint/linter.h"
#include "lint/settings.h"
#include "text/source_file.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <vector>

namespace fraglint {

/// Which fixes are done.
struct FixSelection {
  Applicability upTo = Applicability::Safe;
  Severity level = Severity::Warning; ///< those of findings below are not
};

/// The edits of as many fixes as fit together, in the order of the findings: one that touches
/// what an earlier one changes waits for the next round; insertions that several have in common
/// (`import gc`) are done once. `doneCount` is set to the number of findings mended.
std::vector<Edit> compatibleEdits(llvm::ArrayRef<Diagnostic> diagnostics, FixSelection selection,
                                  uint32_t &doneCount);

/// The mended file (the same object where there is nothing to mend) and what remains.
struct FixedFile {
  std::shared_ptr<const SourceFile> file;
  FileResult result; ///< with fixesDone
};

/// Analyses a file again after a fix.
using Relint = llvm::function_ref<FileResult(const std::shared_ptr<const SourceFile> &)>;

/// Fixes `file`, whose first analysis gave `result`, as far as settings.level and `upTo` go. Writes
/// nothing. Fails where the outcome would have syntax problems that the file had not: a fault of a
/// rule, not of the user.
llvm::Expected<FixedFile> fixFile(const std::shared_ptr<const SourceFile> &file, FileResult result,
                                  const Settings &settings, Applicability upTo, Relint relint);
/// The same for a file that is a program of its own.
llvm::Expected<FixedFile> fixFile(const std::shared_ptr<const SourceFile> &file, FileResult result,
                                  const Settings &settings, Applicability upTo);

/// Puts `fixed` where `original` was read from: in one step, with its mode, through links. Fails,
/// the file untouched, where it is write-protected, has vanished or changed since it was read,
/// or the folder takes no new file.
llvm::Error writeFixed(const SourceFile &original, const SourceFile &fixed);

} // namespace fraglint
