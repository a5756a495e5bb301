#pragma once
/// Runs the enabled rules over the facts of a file: one pass, dispatched by kind of fact.

#include "lint/diagnostic.h"
#include "lint/settings.h"
#include "text/source_file.h"

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

struct FileResult {
  std::shared_ptr<const SourceFile> file; ///< never null; empty text where it was not read
  FileStatus status = FileStatus::Analysed;
  const Target *target = nullptr; ///< what it was analysed for; null unless Analysed
  std::vector<Diagnostic> diagnostics; ///< sorted by place, then code; suppressed ones left out
  uint32_t fixesDone = 0; ///< by fixFile(); diagnostics are then those that remain
};

/// Analyses one decoded file. Thread-safe and without state: the same input gives the same
/// output on any thread. Looks for a `boot_out.txt` on disk where no target is set.
FileResult lintFile(std::shared_ptr<const SourceFile> file, const Settings &settings);

/// Reads `path` and analyses it; a file that cannot be read gives a Skipped result.
FileResult lintPath(const std::string &path, const Settings &settings);

/// The result for a file that was not analysed: FRG002 with the reason.
FileResult skippedFile(std::string path, std::string reason, const Settings &settings);

} // namespace fraglint
