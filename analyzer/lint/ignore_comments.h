#pragma once
/// Writes the comments that silence findings.

#include "lint/file_fixer.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace fraglint {

/// Puts `# fraglint: ignore[CODE] reason` where it silences the finding: into a comment of that
/// kind that is there, behind the code where that stays readable, else above. Nothing where no
/// place is left, and for findings that cannot be silenced. `tree` is that of the finding's file.
std::optional<Edit> ignoreEdit(const SyntaxTree &tree, const Diagnostic &finding,
                               llvm::StringRef reason);

/// Silences the findings of `result`, the analysis of `file`, from settings.level on. Writes
/// nothing. Fails as fixFile, and where the program would be another one. `fixesDone` of the
/// outcome stays as it is in `result`; `ignoresAdded` is set.
llvm::Expected<FixedFile> silenceFile(const std::shared_ptr<const SourceFile> &file,
                                      FileResult result, const Settings &settings,
                                      llvm::StringRef reason, Relint relint);

} // namespace fraglint
