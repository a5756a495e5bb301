#include "driver/program_runs.h"

#include "device/interruption.h"
#include "measure/squeeze.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace {

/// The runs that are recorded in the file, each as the modules that it wants. Without a file one
/// run that reads nothing.
llvm::Expected<std::vector<ProgramModules>> readInputs(const std::string &path) {
  if (path.empty())
    return std::vector<ProgramModules>(1);
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/true, /*IsVolatile=*/true);
  if (!buffer)
    return llvm::createStringError(path + ": " + buffer.getError().message());
  llvm::Expected<ProgramModules> recorded = recordedInputs((*buffer)->getBuffer());
  if (!recorded)
    return llvm::createStringError(path + ": " + llvm::toString(recorded.takeError()));
  std::vector<ProgramModules> inputs;
  for (ProgramModule &module : *recorded)
    inputs.push_back({std::move(module)});
  return inputs;
}

} // namespace

ExitStatus ProgramRuns::fail(ExitStatus status, const llvm::Twine &message) {
  console_.complain(message.str());
  return status;
}

ExitStatus ProgramRuns::run() {
  if (options_.device.empty() == options_.replay.empty())
    return fail(ExitStatus::BadUsage, "one of --device and --replay is wanted: `--device "
                                      "unix:64k`, for example; `fraglint devices` lists them");
  auto file = SourceFile::read(options_.program, kMostProgramBytes);
  if (!file)
    return fail(ExitStatus::NotProcessed,
                options_.program + ": " + llvm::toString(file.takeError()));
  file_ = *file;
  auto tree = SyntaxTree::parse(file_);
  if (!tree)
    return fail(ExitStatus::NotProcessed,
                options_.program + ": " + llvm::toString(tree.takeError()));
  if (llvm::ArrayRef<SyntaxProblem> problems = (*tree)->problems(); !problems.empty())
    return fail(ExitStatus::NotProcessed,
                options_.program + ": line " +
                    llvm::Twine(file_->lines().lineAt(problems[0].range.begin) + 1) + ": " +
                    problems[0].message);
  llvm::Expected<DeviceSource> source = openSource(options_);
  if (!source)
    return fail(ExitStatus::BadUsage, llvm::toString(source.takeError()));
  source_ = std::move(*source);
  llvm::Expected<std::vector<ProgramModules>> inputs = readInputs(options_.input);
  if (!inputs)
    return fail(ExitStatus::BadUsage, llvm::toString(inputs.takeError()));
  InterruptionGuard guard;
  ExitStatus status = ExitStatus::Clean;
  for (size_t number = 0; number < inputs->size() && status != ExitStatus::Failed; ++number)
    status =
        std::max(status, measure(**tree, (*inputs)[number], inputs->size() > 1 ? number + 1 : 0));
  return status;
}

ExitStatus ProgramRuns::measure(const SyntaxTree &tree, const ProgramModules &input,
                                size_t number) {
  ProbeOptions probe;
  probe.timeout = std::chrono::seconds(options_.timeoutSeconds);
  probe.withoutMap = options_.withoutMap;
  probe.modules = input;
  std::vector<std::string> folders = options_.standIns;
  folders.push_back(llvm::sys::path::parent_path(options_.program).str());
  llvm::Expected<ProgramModules> modules = findModules(tree, folders);
  if (!modules)
    return fail(ExitStatus::NotProcessed, llvm::toString(modules.takeError()));
  modules_.clear();
  for (const ProgramModule &module : *modules)
    modules_.push_back(module.name);
  llvm::append_range(probe.modules, *modules);
  llvm::Expected<Measurement> measured = measureProgram(*source_, tree, probe);
  if (!measured)
    return fail(ExitStatus::Failed, options_.program + ": " + llvm::toString(measured.takeError()));
  bool hasEnded =
      measured->end != ProgramEnd::TimedOut && measured->end != ProgramEnd::DeviceFailed;
  if (hasEnded && !measured->facts.drawsMaps)
    if (llvm::Error error = squeezeProgram(*source_, tree, probe).moveInto(measured->squeezed))
      console_.complain(options_.program + ": no requests: " + llvm::toString(std::move(error)));
  runs_.push_back({number == 0 ? "" : "input " + std::to_string(number), std::move(*measured), {}});
  MeasuredRun &run = runs_.back();
  switch (run.measurement.end) {
  case ProgramEnd::Completed:
    return probe.modules.empty() ? findHeap(run) : ExitStatus::Clean;
  case ProgramEnd::InputEnded:
    return ExitStatus::Clean;
  case ProgramEnd::Raised:
    return ExitStatus::Findings;
  case ProgramEnd::TimedOut:
  case ProgramEnd::DeviceFailed:
    break;
  }
  return fail(ExitStatus::Failed, options_.program + ": " + run.measurement.endText);
}

/// Where the heap can have any size. A session holds none of it, so that its replay gives the
/// same.
ExitStatus ProgramRuns::findHeap(MeasuredRun &run) {
  bool hasAnyHeap =
      llvm::is_contained({DeviceKind::Unix, DeviceKind::Unix32}, source_->address().kind);
  if (!hasAnyHeap || source_->isReplay() || !options_.record.empty())
    return ExitStatus::Clean;
  auto found = findSmallestHeap(source_->address(), options_.program,
                                std::chrono::seconds(options_.timeoutSeconds));
  if (!found)
    return fail(ExitStatus::Failed, options_.program + ": " + llvm::toString(found.takeError()));
  run.smallestHeap = *found;
  return ExitStatus::Clean;
}

} // namespace fraglint
