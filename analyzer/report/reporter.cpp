#include "report/reporter.h"

#include "report/azure_reporter.h"
#include "report/checkstyle_reporter.h"
#include "report/concise_reporter.h"
#include "report/github_reporter.h"
#include "report/gitlab_reporter.h"
#include "report/json_reporter.h"
#include "report/jsonl_reporter.h"
#include "report/junit_reporter.h"
#include "report/rdjson_reporter.h"
#include "report/sarif_reporter.h"
#include "report/text_reporter.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

using Maker = std::unique_ptr<Reporter> (*)(llvm::raw_ostream &os, const ReportOptions &options);

template <typename Format>
std::unique_ptr<Reporter> make(llvm::raw_ostream &os, const ReportOptions &options) {
  return std::make_unique<Format>(os, options);
}

struct FormatRow {
  llvm::StringLiteral name;
  Maker make;
};

constexpr FormatRow kFormats[] = {
    {"text", make<TextReporter>},
    {"concise", make<ConciseReporter>},
    {"json", make<JsonReporter>},
    {"jsonl", make<JsonlReporter>},
    {"github", make<GithubReporter>},
    {"gitlab", make<GitlabReporter>},
    {"sarif", make<SarifReporter>},
    {"junit", make<JunitReporter>},
    {"checkstyle", make<CheckstyleReporter>},
    {"rdjson", make<RdjsonReporter>},
    {"azure", make<AzureReporter>},
};

} // namespace

std::vector<llvm::StringRef> reportFormats() {
  std::vector<llvm::StringRef> names;
  for (const FormatRow &row : kFormats)
    names.push_back(row.name);
  return names;
}

std::unique_ptr<Reporter> makeReporter(llvm::StringRef format, llvm::raw_ostream &os,
                                       const ReportOptions &options) {
  const FormatRow *row =
      llvm::find_if(kFormats, [&](const FormatRow &one) { return one.name == format; });
  return row == std::end(kFormats) ? nullptr : row->make(os, options);
}

} // namespace fraglint
