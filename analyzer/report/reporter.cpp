#include "report/reporter.h"

#include "report/concise_reporter.h"
#include "report/github_reporter.h"
#include "report/json_reporter.h"
#include "report/text_reporter.h"

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kFormats[] = {"text", "concise", "json", "github"};

} // namespace

llvm::ArrayRef<llvm::StringLiteral> reportFormats() { return kFormats; }

std::unique_ptr<Reporter> makeReporter(llvm::StringRef format, llvm::raw_ostream &os,
                                       const ReportOptions &options) {
  if (format == "text")
    return std::make_unique<TextReporter>(os, options);
  if (format == "concise")
    return std::make_unique<ConciseReporter>(os, options);
  if (format == "json")
    return std::make_unique<JsonReporter>(os, options);
  if (format == "github")
    return std::make_unique<GithubReporter>(os, options);
  return nullptr;
}

} // namespace fraglint
