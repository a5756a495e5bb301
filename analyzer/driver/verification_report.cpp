#include "driver/verification_report.h"

#include "heap/allocation_cost.h"
#include "report/printable_text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

namespace fraglint {

namespace {

std::string bytesText(Interval bytes) {
  if (bytes.isExact())
    return withThousands(bytes.lo);
  if (!bytes.hasHi())
    return "at least " + withThousands(bytes.lo);
  return withThousands(bytes.lo) + " to " + withThousands(bytes.hi);
}

std::string plural(size_t count, llvm::StringRef word) {
  return withThousands(static_cast<int64_t>(count)) + " " + word.str() + (count == 1 ? "" : "s");
}

void writeRow(const VerifiedRow &row, llvm::raw_ostream &os) {
  bool isUnmeasured = row.agreement == Agreement::NotMeasurable;
  os << llvm::formatv("{0,5}  {1,-32} {2,-16} {3}", row.line,
                      ByteFigure{row.estimate, row.tag}.text(),
                      isUnmeasured ? "-" : bytesText(row.measured), agreementName(row.agreement));
  if (!row.reason.empty())
    os << ": " << row.reason;
  os << '\n';
}

void writeTotals(const Verification &run, llvm::raw_ostream &os) {
  os << '\n'
     << plural(run.rows.size(), "statement")
     << " that ask for memory: " << run.count(Agreement::Equal) << " equal, "
     << run.count(Agreement::Inside) << " inside, " << run.count(Agreement::Outside) << " outside, "
     << run.count(Agreement::NotMeasurable) << " not measurable\n";
  if (std::optional<Verification::Tightness> tightness = run.tightness())
    os << llvm::formatv("upper bound over measurement: median {0:f2}, at most {1:f2}\n",
                        tightness->median, tightness->worst);
  os << "largest request: foretold " << ByteFigure{run.demand.estimate, run.demand.tag}.text()
     << ", measured " << bytesText(run.demand.measured);
  if (run.demand.line != 0)
    os << ", at line " << run.demand.line;
  os << ": " << agreementName(run.demand.agreement) << '\n';
}

void writeVerdicts(llvm::ArrayRef<VerifiedVerdict> verdicts, llvm::raw_ostream &os) {
  for (const VerifiedVerdict &one : verdicts)
    os << "in a heap of " << withThousands(static_cast<int64_t>(one.heapBytes))
       << " bytes: " << verdictName(one.verdict) << "; it " << (one.ran ? "ran" : "failed")
       << (one.isWrong() ? ": WRONG" : "") << '\n';
}

llvm::json::Object intervalObject(Interval bytes) {
  using Value = llvm::json::Value;
  return llvm::json::Object{{"lo", bytes.lo},
                            {"hi", bytes.hasHi() ? Value(bytes.hi) : Value(nullptr)}};
}

llvm::json::Object rowObject(const VerifiedRow &row) {
  llvm::json::Object estimate = intervalObject(row.estimate);
  estimate["tag"] = tagName(row.tag);
  llvm::json::Object object{{"line", row.line},
                            {"estimate", std::move(estimate)},
                            {"agreement", agreementName(row.agreement)}};
  if (row.column != 0)
    object["column"] = row.column;
  if (row.agreement != Agreement::NotMeasurable)
    object["measured"] = intervalObject(row.measured);
  if (!row.reason.empty())
    object["reason"] = llvm::json::fixUTF8(row.reason);
  return object;
}

llvm::json::Object runObject(const VerifiedRun &run) {
  const Verification &verification = run.verification;
  llvm::json::Array rows;
  for (const VerifiedRow &row : verification.rows)
    rows.push_back(rowObject(row));
  llvm::json::Object object{{"rows", std::move(rows)},
                            {"equal", verification.count(Agreement::Equal)},
                            {"inside", verification.count(Agreement::Inside)},
                            {"outside", verification.count(Agreement::Outside)},
                            {"not_measurable", verification.count(Agreement::NotMeasurable)},
                            {"contiguous", rowObject(verification.demand)}};
  if (!run.input.empty())
    object["input"] = run.input;
  if (std::optional<Verification::Tightness> tightness = verification.tightness())
    object["tightness"] =
        llvm::json::Object{{"median", tightness->median}, {"worst", tightness->worst}};
  return object;
}

} // namespace

void writeVerificationText(const VerificationReport &report, llvm::raw_ostream &os) {
  for (const VerifiedRun &run : report.runs) {
    os << report.program << (run.input.empty() ? "" : ", " + run.input) << ": estimates for "
       << report.target.name << ", measured on " << printable(report.facts.firmware) << "\n\n"
       << llvm::formatv("{0,5}  {1,-32} {2,-16}\n", "line", "foretold, in whole blocks",
                        "measured, bytes");
    for (const VerifiedRow &row : run.verification.rows)
      writeRow(row, os);
    writeTotals(run.verification, os);
  }
  writeVerdicts(report.verdicts, os);
}

void writeVerificationJson(const VerificationReport &report, llvm::raw_ostream &os) {
  llvm::json::Array runs, verdicts;
  for (const VerifiedRun &run : report.runs)
    runs.push_back(runObject(run));
  for (const VerifiedVerdict &one : report.verdicts)
    verdicts.push_back(llvm::json::Object{
        {"heap_bytes", one.heapBytes}, {"verdict", verdictName(one.verdict)}, {"ran", one.ran}});
  llvm::json::Object document{
      {"schema", "fraglint-verify/1"}, {"program", llvm::json::fixUTF8(report.program)},
      {"target", report.target.name},  {"holds", report.holds()},
      {"runs", std::move(runs)},       {"verdicts", std::move(verdicts)}};
  os << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(document)));
}

} // namespace fraglint
