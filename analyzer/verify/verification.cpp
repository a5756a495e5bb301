#include "verify/verification.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Blocks of the largest request, unless it seems to have been given back: then all requests of the
/// heaviest execution are more than what was taken, by just its blocks and those of smaller ones.
/// That is the frame of a call, or an array of arguments, drawn at the beginning of the function
/// that was called.
uint32_t largestKept(const StatementMeasurement &measured, uint32_t blockBytes) {
  llvm::ArrayRef<uint32_t> requests = measured.heaviest.requests; // the largest first
  if (requests.empty() || requests.front() != measured.largestRequest)
    return measured.largestRequest;
  int64_t back = static_cast<int64_t>(measured.heaviest.blocks()) -
                 measured.heaviest.takenBytes / static_cast<int64_t>(blockBytes);
  uint32_t kept = 0;
  for (uint32_t blocks : requests)
    if (blocks <= back)
      back -= blocks;
    else
      kept = std::max(kept, blocks);
  return back == 0 ? kept : measured.largestRequest;
}

Interval scaled(Interval blocks, int64_t blockBytes) {
  return {blocks.lo * blockBytes, blocks.hasHi() ? blocks.hi * blockBytes : Interval::kNoHi};
}

bool isWithin(Interval measured, Interval estimate) {
  return measured.lo >= estimate.lo && measured.hi <= estimate.hi;
}

/// Where a measurement is itself an interval, only what lies apart contradicts.
Agreement agreementOf(Interval measured, Interval estimate) {
  if (measured.isExact() && estimate == measured)
    return Agreement::Equal;
  if (isWithin(measured, estimate))
    return Agreement::Inside;
  bool isApart = measured.hi < estimate.lo || measured.lo > estimate.hi;
  return isApart || measured.isExact() ? Agreement::Outside : Agreement::Inside;
}

class Comparison {
public:
  Comparison(const ProgramEstimate &estimate, const Measurement &measured,
             const StandInUses &standIns)
      : estimate_(estimate), measured_(measured), standIns_(standIns) {}

  Verification run() {
    if (measured_.facts.drawsMaps)
      for (const StatementMeasurement &statement : measured_.statements)
        compare(statement);
    else
      for (const SqueezedStatement &statement : measured_.squeezed)
        compare(statement);
    addDemand();
    return std::move(result_);
  }

private:
  void compare(const StatementMeasurement &statement) {
    StatementPlace place = {statement.line, statement.column};
    StatementEstimate estimate = estimate_.of(place);
    uint32_t kept = largestKept(statement, measured_.facts.blockBytes);
    if (statement.notMeasured == NotMeasured::No && kept == 0 && estimate.largest.hi == 0)
      return;
    VerifiedRow row;
    row.line = statement.line;
    row.column = statement.column;
    row.estimate = scaled(estimate.largest, measured_.facts.blockBytes);
    row.tag = estimate.tag();
    row.reason = estimate.reason;
    auto inBytes = [&](int64_t blocks) {
      return Interval::exactly(blocks * measured_.facts.blockBytes);
    };
    row.measured = inBytes(statement.largestRequest);
    auto standIn = standIns_.find(place);
    if (statement.notMeasured != NotMeasured::No) {
      row.reason = reasonOf(statement.notMeasured);
    } else if (standIn != standIns_.end() && standIn->second == StandInUse::Making) {
      row.reason = "it makes what stands in for a part: that asks for its own";
    } else {
      Interval estimated = row.estimate;
      if (standIn != standIns_.end())
        estimated.lo = 0;
      row.agreement = agreementOf(row.measured, estimated);
      if (kept != statement.largestRequest)
        if (Agreement other = agreementOf(inBytes(kept), estimated); other < row.agreement) {
          row.agreement = other;
          row.measured = inBytes(kept);
        }
      if (row.agreement == Agreement::Outside)
        settleRaised(statement, estimated, row);
      bool isOfOthers = statement.delegates || statement.isInFinally;
      if (row.agreement == Agreement::Outside && isOfOthers && row.measured.lo > estimated.hi) {
        row.agreement = Agreement::NotMeasurable;
        row.reason = statement.delegates
                         ? "what is done with each value that it hands on is seen with it"
                         : "the traceback of an exception that passes is seen with it";
      }
      if (row.agreement == Agreement::Outside &&
          estimate.frames.contains(statement.largestRequest)) {
        row.agreement = Agreement::NotMeasurable;
        row.reason = "what was seen is as large as the frame of a function that it calls";
      }
    }
    result_.rows.push_back(std::move(row));
  }

  /// What is asked for from the last point in a function that an exception leaves to the next one
  /// in a function that goes on is measured with the former: tracebacks that grow, and all that the
  /// statement that called it asks for after.
  void settleRaised(const StatementMeasurement &statement, Interval estimated, VerifiedRow &row) {
    bool isOfCaller = statement.wasLeftByException &&
                      statement.largestOwn < statement.largestRequest &&
                      row.measured.lo > estimated.hi;
    bool isOfCalled = statement.calledOneThatRaised && row.measured.hi < estimated.lo;
    if (!isOfCaller && !isOfCalled)
      return;
    Interval own = Interval::exactly(int64_t{statement.largestOwn} * measured_.facts.blockBytes);
    if (isOfCaller && agreementOf(own, estimated) != Agreement::Outside) {
      row.agreement = agreementOf(own, estimated);
      row.measured = own;
      return;
    }
    row.agreement = Agreement::NotMeasurable;
    row.reason =
        "an exception left the function: what is asked for then is seen with what raised it";
  }

  void compare(const SqueezedStatement &statement) {
    TopLevelEstimate estimate = estimate_.ofTopLevel(statement.line);
    VerifiedRow row;
    row.line = statement.line;
    row.estimate = estimate.largest;
    row.tag = estimate.tag();
    row.reason = estimate.reason;
    row.measured = {static_cast<int64_t>(statement.loBytes),
                    statement.hiBytes ? static_cast<int64_t>(*statement.hiBytes) : Interval::kNoHi};
    if (row.measured.hi == 0 && row.estimate.hi == 0)
      return;
    if (statement.loBytes == 0 && !statement.hiBytes)
      row.reason = "the heap is too small to be squeezed there";
    else
      row.agreement = agreementOf(row.measured, row.estimate);
    result_.rows.push_back(std::move(row));
  }

  /// The largest of what could be measured, and of what was foretold of that.
  void addDemand() {
    VerifiedRow &demand = result_.demand;
    demand.estimate = Interval::exactly(0);
    for (const VerifiedRow &row : result_.rows) {
      if (row.agreement == Agreement::NotMeasurable)
        continue;
      if (row.measured.lo > demand.measured.lo) {
        demand.line = row.line;
        demand.column = row.column;
      }
      demand.measured = maximum(demand.measured, row.measured);
      demand.estimate = maximum(demand.estimate, row.estimate);
    }
    demand.tag = ByteFigure::of(demand.estimate).tag;
    demand.agreement = agreementOf(demand.measured, demand.estimate);
  }

  const ProgramEstimate &estimate_;
  const Measurement &measured_;
  const StandInUses &standIns_;
  Verification result_;
};

} // namespace

llvm::StringRef agreementName(Agreement agreement) {
  switch (agreement) {
  case Agreement::Equal:
    return "equal";
  case Agreement::Inside:
    return "inside";
  case Agreement::Outside:
    return "outside";
  case Agreement::NotMeasurable:
    break;
  }
  return "not measurable";
}

size_t Verification::count(Agreement agreement) const {
  return static_cast<size_t>(
      llvm::count_if(rows, [&](const VerifiedRow &row) { return row.agreement == agreement; }));
}

std::optional<Verification::Tightness> Verification::tightness() const {
  std::vector<double> ratios;
  for (const VerifiedRow &row : rows)
    if (row.agreement != Agreement::NotMeasurable && row.measured.hasHi() && row.measured.hi > 0 &&
        row.estimate.hasHi())
      ratios.push_back(static_cast<double>(row.estimate.hi) / static_cast<double>(row.measured.hi));
  if (ratios.empty())
    return std::nullopt;
  llvm::sort(ratios);
  size_t middle = ratios.size() / 2;
  double median =
      ratios.size() % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
  return Tightness{median, ratios.back()};
}

bool Verification::holds() const { return count(Agreement::Outside) == 0; }

Verification verify(const Module &program, const Evaluation &evaluation,
                    const Measurement &measured, const StandInUses &standIns) {
  std::vector<StatementPlace> withoutPoints;
  for (const StatementMeasurement &statement : measured.statements)
    if (statement.notMeasured == NotMeasured::WithCaller)
      withoutPoints.emplace_back(statement.line, statement.column);
  ProgramEstimate estimate =
      estimateStatements(program, evaluation, measured.facts.blockBytes, withoutPoints);
  return Comparison(estimate, measured, standIns).run();
}

bool VerificationReport::holds() const {
  return llvm::all_of(runs, [](const VerifiedRun &run) { return run.verification.holds(); }) &&
         llvm::none_of(verdicts, [](const VerifiedVerdict &one) { return one.isWrong(); });
}

} // namespace fraglint
