#pragma once
/// Runs the enabled rules over the facts of a program's files: one pass, dispatched by kind of
/// fact.

#include "lint/diagnostic.h"
#include "lint/file_store.h"
#include "lint/settings.h"
#include "semantic/semantic_model.h"
#include "text/source_file.h"

#include "llvm/ADT/SetVector.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fraglint {

enum class FileStatus : uint8_t {
  Analysed,
  NotFirmware, ///< desktop Python: no findings, counted
  Skipped,     ///< could not be read, or a limit cut it off: carries FRG002
};

/// What an expression asks of the heap, for people who look at it.
struct ExpressionCost {
  TextRange range; ///< in the result's own file
  std::string what; ///< it makes: `bytearray`, `list of 256 items`
  AllocationCost cost; ///< with what is made only to make it
};

struct FileResult {
  std::shared_ptr<const SourceFile> file; ///< never null; empty text where it was not read
  FileStatus status = FileStatus::Analysed;
  const Target *target = nullptr; ///< what it was analysed for; null unless Analysed
  std::vector<Diagnostic> diagnostics; ///< sorted by place, then code; suppressed ones left out
  std::vector<SuppressedFinding> suppressed; ///< sorted likewise, of each kind
  std::vector<ExpressionCost> costs; ///< in order; where the settings ask for them
  /// Rules that the evaluator had a part in. Where the settings leave it out, what they would have
  /// asked about is not among the findings, and nor is what depends on that.
  llvm::SmallSetVector<const Rule *, 4> evaluated;
  uint32_t fixesDone = 0; ///< by fixFile(); diagnostics are then those that remain
  uint32_t ignoresAdded = 0; ///< findings that silenceFile() silenced, likewise
};

/// The files of one program, the entry first. `settings` are those of the files that are to be
/// reported on; null for those that are only read for what they mean to the others.
struct ProgramInput {
  struct File {
    std::shared_ptr<const SourceFile> source;
    const Settings *settings;
  };
  std::vector<File> files;
  ProgramImports imports; ///< by file, as in SemanticModel
  const FileStore *store = &FileStore::disk(); ///< parses; never null
};

/// Analyses a program. Gives a result for each of its files in their order; those without settings
/// have no findings. Thread-safe and without state: the same input gives the same output on any
/// thread. Looks for a `boot_out.txt` on disk where no target is set.
std::vector<FileResult> lintProgram(const ProgramInput &program);

/// Puts together what the programs that a file belongs to say of it: a finding of several is
/// reported once, from where it costs most; a suppression that one of them needs is needed.
FileResult mergeResults(std::vector<FileResult> results);

/// Analyses one decoded file, a program of its own. Thread-safe and without state: the same input
/// gives the same output on any thread. Looks for a `boot_out.txt` on disk where no target is set.
FileResult lintFile(std::shared_ptr<const SourceFile> file, const Settings &settings);

/// Reads `path` and analyses it; a file that cannot be read gives a Skipped result.
FileResult lintPath(const std::string &path, const Settings &settings);

/// What is not valid Python in a file, as findings: FRG001.
std::vector<Diagnostic> syntaxFindings(const SyntaxTree &tree, const Settings &settings);

/// That a program became larger, as findings of its entry: FRG904.
std::vector<Diagnostic> growthFindings(const std::shared_ptr<const SourceFile> &entry,
                                       std::vector<ProgramGrowth> growth, const Settings &settings);

/// The result for a file that was not analysed: FRG002 with the reason.
FileResult skippedFile(std::string path, std::string reason, const Settings &settings);

} // namespace fraglint
