#include "driver/heap_command.h"

#include "driver/heap_base.h"
#include "driver/heap_diff.h"
#include "driver/heap_report.h"
#include "evaluator/evaluation.h"
#include "lint/assumption.h"
#include "lint/program_loader.h"
#include "lint/program_target.h"
#include "page/heap_page.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"

namespace fraglint {

namespace {

constexpr uint64_t kMostProgramBytes = 4 << 20;

ExitStatus fail(Console &console, ExitStatus status, const llvm::Twine &reason) {
  console.err() << "fraglint heap: " << reason << '\n';
  return status;
}

ExitStatus writeLog(const HeapOptions &options, const Evaluation &evaluation, Console &console) {
  if (options.log == "-") {
    writeHeapLog(evaluation, console.out());
    return ExitStatus::Clean;
  }
  std::error_code error;
  llvm::raw_fd_ostream os(options.log, error);
  if (error)
    return fail(console, ExitStatus::NotProcessed, options.log + ": " + error.message());
  writeHeapLog(evaluation, os);
  return ExitStatus::Clean;
}

ExitStatus showDifference(const HeapOptions &options, const Module &program, const HeapReport &now,
                          const EvaluationLimits &limits, const JudgedHeap &heap,
                          Console &console) {
  if (options.format == "html")
    return fail(console, ExitStatus::BadUsage, "--diff is shown as text or json");
  auto base = HeapBase::find(options.path, options.diff);
  if (!base)
    return fail(console, ExitStatus::BadUsage, "--diff: " + llvm::toString(base.takeError()));
  auto before = loadProgram((*base)->entry(), kMostProgramBytes);
  if (!before)
    return fail(console, ExitStatus::NotProcessed,
                options.path + " of " + options.diff + ": " + llvm::toString(before.takeError()));
  const Target &target = *now.target.target;
  Evaluation evaluation = evaluate(**before, target, limits);
  HeapVerdict verdict = judge(**before, target, limits, evaluation, heap);
  HeapDiff diff{options.path,
                options.diff,
                now.target,
                {**before, evaluation, verdict},
                {program, now.evaluation, now.verdict}};
  if (options.format == "json")
    writeHeapDiffJson(diff, console.out());
  else
    writeHeapDiffText(diff, console.out());
  return ExitStatus::Clean;
}

std::vector<std::string> pathsOf(const Module &program) {
  std::vector<std::string> paths;
  for (const SyntaxTree::Part &part : program.tree().parts())
    paths.push_back(part.tree->file().path().str());
  return paths;
}

} // namespace

ExitStatus runHeap(const HeapOptions &options, Console &console) {
  auto configuration = makeConfiguration(options.config);
  if (!configuration)
    return fail(console, ExitStatus::BadUsage, llvm::toString(configuration.takeError()));
  llvm::Expected<Settings> settings = (*configuration)->settingsFor(options.path);
  if (!settings)
    return fail(console, ExitStatus::BadUsage, llvm::toString(settings.takeError()));
  llvm::Expected<std::unique_ptr<const Module>> program =
      loadProgram(options.path, kMostProgramBytes, settings->assumptions);
  if (!program)
    return fail(console, ExitStatus::NotProcessed,
                options.path + ": " + llvm::toString(program.takeError()));
  if (llvm::Error error = assumptionsMistake(settings->assumptions, pathsOf(**program)))
    return fail(console, ExitStatus::BadUsage, llvm::toString(std::move(error)));
  ProgramTarget chosen = programTarget((*program)->model(), SettledFile{options.path, &*settings});
  const Target &target = *chosen.target;
  EvaluationLimits limits;
  limits.passes = static_cast<unsigned>(options.passes);
  EvaluationLimits withFunctions = limits;
  withFunctions.callsFunctions = true;
  Evaluation evaluation = evaluate(**program, target, withFunctions);
  if (options.printed) {
    console.out() << evaluation.printed;
    return ExitStatus::Clean;
  }
  if (!options.log.empty())
    if (ExitStatus status = writeLog(options, evaluation, console); status != ExitStatus::Clean)
      return status;
  JudgedHeap heap = judgedHeap(
      target, options.heapBytes == 0 ? std::nullopt : std::optional<int64_t>(options.heapBytes),
      chosen.source != TargetSource::Family);
  HeapVerdict verdict = judge(**program, target, limits, evaluation, heap);
  HeapReport report{options.path, chosen, evaluation, verdict,
                    static_cast<int64_t>(options.heapBytes)};
  if (!options.diff.empty())
    return showDifference(options, **program, report, limits, heap, console);
  std::optional<HeapPicture> picture;
  if (options.format == "html" || (options.format == "text" && evaluation.isExact)) {
    picture = drawHeap(**program, target, limits, evaluation, heap, verdict);
    report.picture = &*picture;
  }
  if (options.format == "html")
    writeHeapPage({options.path, **program, chosen, evaluation, heap, options.heapBytes != 0,
                   verdict, *picture},
                  console.out());
  else if (options.format == "json")
    writeHeapJson(report, console.out());
  else
    writeHeapText(report, console.out());
  return ExitStatus::Clean;
}

} // namespace fraglint
