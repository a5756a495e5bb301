#include "driver/statistics_reporter.h"

#include "lint/rule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

namespace fraglint {

void StatisticsReporter::file(const FileResult &result) {
  for (const Diagnostic &diagnostic : result.diagnostics) {
    if (diagnostic.severity < level_)
      continue;
    Count &count = counts_[diagnostic.rule];
    count.rule = diagnostic.rule;
    ++count.findings;
    count.fixable += diagnostic.fix.has_value();
  }
}

void StatisticsReporter::writeText(llvm::ArrayRef<Count> counts) const {
  for (const Count &count : counts) {
    os_ << llvm::format("%6lld  ", static_cast<long long>(count.findings)) << count.rule->code
        << " " << count.rule->name;
    if (count.fixable != 0)
      os_ << " (" << count.fixable << " with a fix)";
    os_ << "\n";
  }
  if (counts.empty())
    os_ << "no findings\n";
}

void StatisticsReporter::writeJson(llvm::ArrayRef<Count> counts) const {
  llvm::json::OStream json(os_, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema", "fraglint-statistics/1");
    json.attributeArray("rules", [&] {
      for (const Count &count : counts)
        json.object([&] {
          json.attribute("code", count.rule->code);
          json.attribute("name", count.rule->name);
          json.attribute("findings", count.findings);
          json.attribute("fixable", count.fixable);
        });
    });
  });
  json.flush();
  os_ << "\n";
}

void StatisticsReporter::finish() {
  std::vector<Count> counts;
  for (const auto &[rule, count] : counts_)
    counts.push_back(count);
  llvm::sort(counts, [](const Count &a, const Count &b) {
    return a.findings != b.findings ? a.findings > b.findings : a.rule->code < b.rule->code;
  });
  if (asJson_)
    writeJson(counts);
  else
    writeText(counts);
}

} // namespace fraglint
