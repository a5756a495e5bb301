#include "driver/report_set.h"

#include "driver/statistics_reporter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Process.h"

#include <cstdlib>

namespace fraglint {

namespace {

/// Narrower terminals, and those that do not tell, get this many columns.
constexpr unsigned kLeastWidth = 40;
constexpr unsigned kUsualWidth = 100;

/// For who reads standard output: GitHub's runner, a person, or another program.
llvm::StringRef usualFormat(const Console &console) {
  const char *actions = std::getenv("GITHUB_ACTIONS");
  if (actions != nullptr && llvm::StringRef(actions) == "true")
    return "github";
  return console.outIsTerminal() ? "text" : "concise";
}

/// Whether the format's end is a summary for people and nothing else.
bool endsWithSummary(llvm::StringRef format) { return format == "text" || format == "concise"; }

ReportOptions reportOptions(const CheckOptions &options, Severity level, const Console &console,
                            bool toFile) {
  ReportOptions report;
  report.level = level;
  if (toFile) {
    report.colour = options.colour == ColourMode::Always;
    return report;
  }
  report.colour = console.usesColour(options.colour);
  report.hyperlinks = report.colour && console.outIsTerminal();
  unsigned columns = llvm::sys::Process::StandardOutColumns();
  report.width = columns < kLeastWidth ? kUsualWidth : columns;
  return report;
}

} // namespace

llvm::Expected<ReportSet> ReportSet::open(const CheckOptions &options, Severity level,
                                          Console &console) {
  std::vector<ReportRequest> requests = options.reports;
  if (requests.empty())
    requests.emplace_back();
  if (llvm::count_if(requests, [](const ReportRequest &one) { return one.file.empty(); }) > 1)
    return llvm::createStringError("two reports cannot both go to standard output: put "
                                   "--output-file behind one of the --output-format");
  ReportSet set;
  for (const ReportRequest &request : requests) {
    Report &report = set.reports_.emplace_back();
    report.file = request.file;
    if (!request.file.empty()) {
      std::error_code error;
      report.os = std::make_unique<llvm::raw_fd_ostream>(request.file, error);
      if (error)
        return llvm::createStringError(error, "cannot write %s: %s", request.file.c_str(),
                                       error.message().c_str());
    }
    llvm::raw_ostream &os = report.os ? *report.os : console.out();
    llvm::StringRef format = request.format.empty() ? usualFormat(console) : request.format;
    if (options.statistics)
      report.reporter = std::make_unique<StatisticsReporter>(os, level, format == "json");
    else
      report.reporter =
          makeReporter(format, os, reportOptions(options, level, console, report.os != nullptr));
    report.hasEnd = options.statistics || !options.quiet || !endsWithSummary(format);
  }
  return set;
}

void ReportSet::file(const FileResult &result) {
  for (Report &report : reports_)
    report.reporter->file(result);
}

llvm::Error ReportSet::finish() {
  llvm::Error errors = llvm::Error::success();
  for (Report &report : reports_) {
    if (report.hasEnd)
      report.reporter->finish();
    if (!report.os)
      continue;
    if (std::string error = finishStream(*report.os); !error.empty())
      errors = llvm::joinErrors(
          std::move(errors), llvm::createStringError("cannot write " + report.file + ": " + error));
  }
  return errors;
}

} // namespace fraglint
