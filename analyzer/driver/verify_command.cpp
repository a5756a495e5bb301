#include "driver/verify_command.h"

#include "driver/target_option.h"
#include "driver/verification_report.h"
#include "lint/program_loader.h"
#include "page/verification_page.h"
#include "verify/device_target.h"

namespace fraglint {

namespace {

class VerifyCommand {
public:
  VerifyCommand(const VerifyOptions &options, Console &console)
      : options_(options), console_(console), program_(options.run, console) {}

  ExitStatus run() {
    ExitStatus status = program_.run();
    if (program_.runs().empty())
      return status;
    llvm::Expected<TargetPointer> target = chooseTarget();
    if (!target)
      return fail(ExitStatus::BadUsage, target.takeError());
    llvm::Expected<std::unique_ptr<const Module>> module =
        loadProgram(options_.run.program, kMostProgramBytes);
    if (!module)
      return fail(ExitStatus::NotProcessed, module.takeError());
    Evaluation evaluation = evaluate(**module, **target, limits_);
    StandInUses standIns = standInUses(**module, program_.modules());
    VerificationReport report{
        options_.run.program, **target, program_.runs().front().measurement.facts, {}, {}};
    for (const MeasuredRun &run : program_.runs())
      report.runs.push_back({run.input, verify(**module, evaluation, run.measurement, standIns)});
    if (program_.runs().front().smallestHeap)
      addVerdicts(**module, evaluation, *program_.runs().front().smallestHeap, report);
    if (options_.format == "html")
      writeVerificationPage(report, program_.file(), console_.out());
    else if (options_.format == "json")
      writeVerificationJson(report, console_.out());
    else
      writeVerificationText(report, console_.out());
    // How the program ended is no finding of this command.
    if (status != ExitStatus::Findings && status != ExitStatus::Clean)
      return status;
    return report.holds() ? ExitStatus::Clean : ExitStatus::Findings;
  }

private:
  ExitStatus fail(ExitStatus status, llvm::Error error) {
    console_.complain(options_.run.program + ": " + llvm::toString(std::move(error)));
    return status;
  }

  llvm::Expected<TargetPointer> chooseTarget() const {
    if (!options_.target.empty())
      return targetOption(options_.target);
    const std::string &firmware = program_.runs().front().measurement.facts.firmware;
    if (const Target *target = targetOfDevice(program_.device(), firmware))
      return TargetPointer(TargetPointer(), target);
    return llvm::createStringError("no target is known for `" + firmware +
                                   "`: --target names the one whose estimates are meant");
  }

  void addVerdicts(const Module &module, const Evaluation &evaluation, const SmallestHeap &found,
                   VerificationReport &report) const {
    for (auto [bytes, ran] : found.around) {
      JudgedHeap heap =
          judgedHeap(report.target, static_cast<int64_t>(bytes), /*isBoardKnown=*/true);
      HeapVerdict verdict = judge(module, report.target, limits_, evaluation, heap);
      report.verdicts.push_back({bytes, verdict.verdict, ran});
    }
  }

  const VerifyOptions &options_;
  Console &console_;
  ProgramRuns program_;
  const EvaluationLimits limits_;
};

} // namespace

ExitStatus runVerify(const VerifyOptions &options, Console &console) {
  return VerifyCommand(options, console).run();
}

} // namespace fraglint
