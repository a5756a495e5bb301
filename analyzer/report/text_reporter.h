#pragma once
/// `text`: for people at a terminal. Each finding with its source, the places that explain it,
/// and what mends it.

#include "report/report_summary.h"
#include "report/reporter.h"
#include "report/terminal_style.h"

namespace fraglint {

class TextReporter : public Reporter {
public:
  TextReporter(llvm::raw_ostream &os, const ReportOptions &options);

  void file(const FileResult &result) override;
  void finish() override;

private:
  void finding(const Diagnostic &diagnostic);
  void header(const Diagnostic &diagnostic);
  void note(const Note &note, uint32_t gutterCells);
  void help(const Fix &fix);
  std::string ruleTag(const Rule &rule) const;

  llvm::raw_ostream &os_;
  ReportOptions options_;
  TerminalStyle style_;
  ReportSummary summary_;
};

} // namespace fraglint
