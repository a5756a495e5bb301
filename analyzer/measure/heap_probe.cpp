#include "measure/heap_probe.h"

#include "measure/instrumentation.h"
#include "measure/probe_events.h"
#include "measure/probe_set_up.h"
#include "measure/recorder.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <cassert>

namespace fraglint {

namespace {

/// How often a program is run again because of a statement that is too big, or a frame that could
/// not be told from a request.
constexpr int kMostRuns = 24;
/// Of those that disagree with all others.
constexpr size_t kMostComparedRuns = 6;
/// A loop draws the heap in each pass: some thousands of characters.
constexpr size_t kMostPieceBytes = 128 << 20;

/// One run of a program on one fresh device, and what is learned for the next one.
class ProbeRun {
public:
  ProbeRun(DeviceSource &source, const ProbeOptions &options, const Instrumentation &program,
           ProbeLimits &limits)
      : source_(source), options_(options), program_(program), limits_(limits) {}

  /// Whether the program is to be run again, by other limits.
  llvm::Expected<bool> run();

  Measurement measurement;

private:
  bool runPieces(Recorder &recorder);
  bool runPiece(Recorder &recorder, uint32_t number, bool &again);
  bool endedBy(llvm::StringRef traceback, Recorder &recorder, uint32_t number, bool hasBegun);
  void end(ProgramEnd how, llvm::StringRef text, const Recorder &recorder, uint32_t number);

  DeviceSource &source_;
  const ProbeOptions &options_;
  const Instrumentation &program_;
  ProbeLimits &limits_;
  std::unique_ptr<Device> device_;
  Deadline deadline_;
};

llvm::Expected<bool> ProbeRun::run() {
  if (llvm::Error error = source_.open().moveInto(device_))
    return error;
  llvm::Expected<ProbeFacts> facts =
      setUpProbe(*device_, options_.withoutMap, options_.modules, program_.knownCode);
  if (!facts)
    return facts.takeError();
  measurement.facts = *facts;
  Recorder recorder(program_, limits_, measurement.facts);
  bool again = runPieces(recorder);
  again |= recorder.learnFrames(limits_);
  measurement.statements = recorder.statements();
  measurement.live = recorder.live();
  measurement.output = withPlainLineEnds(measurement.output);
  return again;
}

/// Returns whether the program is to be run again.
bool ProbeRun::runPieces(Recorder &recorder) {
  deadline_ = deadlineIn(options_.timeout);
  bool again = false;
  for (uint32_t number = 0; number < program_.pieces.size(); ++number)
    if (!runPiece(recorder, number, again))
      break;
  return again;
}

/// Returns whether the program goes on behind the piece.
bool ProbeRun::runPiece(Recorder &recorder, uint32_t number, bool &again) {
  Milliseconds left =
      std::chrono::duration_cast<Milliseconds>(deadline_ - std::chrono::steady_clock::now());
  Execution execution;
  llvm::Error failure = device_->run(program_.pieces[number].code, std::max(left, Milliseconds(1)),
                                     execution, kMostPieceBytes);
  recorder.beginPiece(number);
  llvm::Expected<ProbeOutput> output = readProbeOutput(execution.output);
  if (output) {
    measurement.output += output->program;
    if (llvm::Error error = recorder.take(output->events))
      failure = llvm::joinErrors(std::move(failure), std::move(error));
  } else if (failure) {
    llvm::consumeError(output.takeError()); // it follows from the other
  } else {
    failure = output.takeError();
  }
  if (failure) {
    end(ProgramEnd::DeviceFailed, llvm::toString(std::move(failure)), recorder, number);
    recorder.cutOff();
    return false;
  }
  if (execution.timedOut) {
    end(ProgramEnd::TimedOut,
        llvm::formatv("the program did not end in {0} s and was stopped",
                      llvm::format("%g", options_.timeout.count() / 1000.0))
            .str(),
        recorder, number);
    recorder.cutOff();
    return false;
  }
  if (execution.error.empty())
    return true;
  again = endedBy(withPlainLineEnds(execution.error), recorder, number, !output->events.empty());
  recorder.cutOff();
  return false;
}

/// An exception ended the piece. Returns whether other limits may help.
bool ProbeRun::endedBy(llvm::StringRef traceback, Recorder &recorder, uint32_t number,
                       bool hasBegun) {
  llvm::StringRef exception = exceptionOf(traceback);
  std::optional<uint32_t> running = recorder.running();
  ProgramEnd how = exception.starts_with(kInputEnded)    ? ProgramEnd::InputEnded
                   : exception.starts_with("SystemExit") ? ProgramEnd::Completed
                                                         : ProgramEnd::Raised;
  end(how, how == ProgramEnd::Raised ? exception : "", recorder, number);
  if (exception.starts_with("MemoryError"))
    return hasBegun ? running && limits_.collecting.insert(*running).second
                    : limits_.bare.insert(number).second;
  // A point needs stack, too: in the function that was running there is none, then.
  return exception.contains("recursion depth") && running &&
         limits_.bare.insert(program_.statements[*running].piece).second;
}

void ProbeRun::end(ProgramEnd how, llvm::StringRef text, const Recorder &recorder,
                   uint32_t number) {
  measurement.end = how;
  measurement.endText = text.str();
  std::optional<uint32_t> running = recorder.running();
  measurement.endLine = running ? program_.statements[*running].line : program_.pieces[number].line;
}

/// What interrupts a processor leaves addresses on its stack, by which a collection may take
/// garbage for something in use. So figures are taken from two runs that agree: on the emulated
/// micro:bit one run in a hundred differs.
bool hasInterrupts(DeviceKind kind) {
  return kind != DeviceKind::Unix && kind != DeviceKind::Unix32 && kind != DeviceKind::Node &&
         kind != DeviceKind::Exec;
}

bool endedByDevice(const Measurement &run) {
  return run.end == ProgramEnd::TimedOut || run.end == ProgramEnd::DeviceFailed;
}

/// Runs the program until no other limits would help.
llvm::Expected<Measurement> measureOnce(DeviceSource &source, const SyntaxTree &program,
                                        const ProbeOptions &options, ProbeLimits &limits) {
  for (int runs = 1;; ++runs) {
    Instrumentation instrumented = instrument(program, limits);
    ProbeRun run(source, options, instrumented, limits);
    llvm::Expected<bool> again = run.run();
    if (!again)
      return again.takeError();
    if (!*again || runs == kMostRuns)
      return std::move(run.measurement);
  }
}

} // namespace

llvm::Expected<Measurement> measureProgram(DeviceSource &source, const SyntaxTree &program,
                                           const ProbeOptions &options) {
  assert(program.problems().empty());
  ProbeLimits limits;
  std::vector<Measurement> measured;
  for (;;) {
    llvm::Expected<Measurement> one = measureOnce(source, program, options, limits);
    if (!one)
      return one.takeError();
    bool isSure = !hasInterrupts(source.address().kind) || endedByDevice(*one) ||
                  llvm::any_of(measured, [&](const Measurement &other) {
                    return other.statements == one->statements && other.live == one->live;
                  });
    measured.push_back(std::move(*one));
    if (isSure || measured.size() == kMostComparedRuns)
      return std::move(measured.back());
  }
}

} // namespace fraglint
