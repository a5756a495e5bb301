#pragma once
/// The reports of one run: each in its format, to standard output or a file.

#include "driver/check_command.h"
#include "driver/console.h"
#include "report/reporter.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <vector>

namespace fraglint {

class ReportSet {
public:
  /// Opens the files that are asked for. Fails where one cannot be opened, or where two reports
  /// would go to standard output.
  static llvm::Expected<ReportSet> open(const CheckOptions &options, Severity level,
                                        Console &console);

  void file(const FileResult &result);
  /// Ends the reports. Fails with each file that could not be written.
  llvm::Error finish();

private:
  struct Report {
    std::unique_ptr<llvm::raw_fd_ostream> os; ///< of a file; null for standard output
    std::string file;
    std::unique_ptr<Reporter> reporter;
    bool hasEnd = true; ///< whether finish() writes something that is wanted
  };

  std::vector<Report> reports_;
};

} // namespace fraglint
