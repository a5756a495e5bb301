#pragma once
/// Turns results into one output format. One pair of files per format.

#include "lint/linter.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace fraglint {

/// How a report may look; formats use what concerns them.
struct ReportOptions {
  bool colour = false;
  bool hyperlinks = false; ///< OSC 8 links on rule codes (terminals)
  Severity level = Severity::Warning; ///< findings below are left out (and counted)
  uint32_t width = 100; ///< columns: `text` wraps messages and cuts source lines to fit
};

/// Gets every file's result in order of path, then finish() once. Writes to the stream it was
/// made with; never to anything else.
class Reporter {
public:
  virtual ~Reporter() = default;
  virtual void file(const FileResult &result) = 0;
  virtual void finish() = 0;
};

/// The names that makeReporter knows: `text`, `concise`, `json`, …
std::vector<llvm::StringRef> reportFormats();
/// Null for a name not in reportFormats(). `os` must outlive the reporter.
std::unique_ptr<Reporter> makeReporter(llvm::StringRef format, llvm::raw_ostream &os,
                                       const ReportOptions &options);

} // namespace fraglint
