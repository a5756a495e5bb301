#include "measure/heap_probe.h"

#include "measure/instrumentation.h"
#include "measure/probe_events.h"
#include "measure/probe_source.h"
#include "measure/python_literal.h"
#include "measure/recorder.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FormatVariadic.h"

namespace fraglint {

namespace {

/// How often a program is run again because of a statement that is too big, or a frame that could
/// not be told from a request.
constexpr int kMostRuns = 24;
/// A loop draws the heap in each pass: some thousands of characters.
constexpr size_t kMostPieceBytes = 128 << 20;
/// For what the probe itself runs.
constexpr Milliseconds kSetUpTimeout(10000);

/// Names nothing of its own in `__main__`.
constexpr llvm::StringLiteral kAskFirmware =
    "print(len(globals()))\n"
    "print(hasattr(__import__('micropython'),'mem_info'))\n"
    "print(__import__('gc').mem_alloc()+__import__('gc').mem_free())\n"
    "print(__import__('sys').version, __import__('sys').implementation)\n";
/// Draws the heap, shows what a point itself asks for, then what one byte takes: a block for it and
/// one for its header.
constexpr llvm::StringLiteral kTryProbe = "__name__.m=-1\n"
                                          "__name__.p\n"
                                          "__name__.p\n"
                                          "bytearray(1)\n"
                                          "__name__.p\n"
                                          "__name__.z\n";

/// Comments cost memory, too.
std::string probeWithoutComments() {
  std::string source;
  llvm::SmallVector<llvm::StringRef> lines;
  kProbeSource.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines)
    if (!line.starts_with("#"))
      source += (line + "\n").str();
  return source;
}

std::string installCode(bool drawsMaps) {
  return "exec(" + pythonLiteral(probeWithoutComments()) +
         ",{'g':globals(),'gc':__import__('gc'),'mi':" +
         (drawsMaps ? "__import__('micropython').mem_info" : "abs") + "})\n";
}

/// The line ends of a UART as those of a text.
std::string withPlainLineEnds(llvm::StringRef text) {
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    size_t end = text.find_first_not_of('\r', at);
    if (end != llvm::StringRef::npos && text[end] == '\n')
      at = end;
    plain += text[at];
  }
  return plain;
}

/// The last line of a traceback: `MemoryError: memory allocation failed, allocating 512 bytes`.
llvm::StringRef exceptionOf(llvm::StringRef traceback) {
  return traceback.rtrim().rsplit('\n').second.empty() ? traceback.rtrim()
                                                       : traceback.rtrim().rsplit('\n').second;
}

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
  llvm::Error setUp();
  llvm::Error askFirmware();
  llvm::Error tryProbe();
  llvm::Error runOwn(llvm::StringRef what, llvm::StringRef code, Execution &execution);
  bool runPieces(Recorder &recorder);
  bool runPiece(Recorder &recorder, uint32_t number, bool &again);
  bool endedBy(llvm::StringRef traceback, Recorder &recorder, uint32_t number, bool hasBegun);
  void end(ProgramEnd how, llvm::StringRef text, const Recorder &recorder, uint32_t number);

  DeviceSource &source_;
  const ProbeOptions &options_;
  const Instrumentation &program_;
  ProbeLimits &limits_;
  std::unique_ptr<Device> device_;
  ProbeCost cost_;
  Deadline deadline_;
};

llvm::Expected<bool> ProbeRun::run() {
  if (llvm::Error error = source_.open().moveInto(device_))
    return error;
  if (llvm::Error error = setUp())
    return error;
  Recorder recorder(program_, limits_, cost_);
  bool again = runPieces(recorder);
  for (CodeBlockId block : recorder.unclearFrames())
    again |= limits_.framed.insert(block).second;
  measurement.statements = recorder.statements();
  measurement.live = recorder.live();
  measurement.output = withPlainLineEnds(measurement.output);
  return again;
}

llvm::Error ProbeRun::runOwn(llvm::StringRef what, llvm::StringRef code, Execution &execution) {
  if (llvm::Error error = device_->run(code, kSetUpTimeout, execution))
    return error;
  if (execution.timedOut)
    return llvm::createStringError(what + " did not end in 10 s");
  if (!execution.error.empty())
    return llvm::createStringError(
        what + " failed on the device: " + withPlainLineEnds(exceptionOf(execution.error)));
  return llvm::Error::success();
}

llvm::Error ProbeRun::setUp() {
  if (llvm::Error error = askFirmware())
    return error;
  Execution execution;
  if (llvm::Error error =
          runOwn("setting up the probe", installCode(measurement.drawsMaps), execution))
    return error;
  if (llvm::Error error = tryProbe())
    return error;
  for (const ProgramModule &module : options_.modules)
    if (llvm::Error error =
            runOwn("the module `" + module.name + "`", module.installCode, execution))
      return error;
  return llvm::Error::success();
}

llvm::Error ProbeRun::askFirmware() {
  Execution execution;
  if (llvm::Error error = runOwn("asking for the firmware", kAskFirmware, execution))
    return error;
  std::string output = withPlainLineEnds(execution.output);
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(output).split(lines, '\n', 3);
  if (lines.size() != 4 || lines[0].getAsInteger(10, measurement.mainNames) ||
      lines[2].getAsInteger(10, measurement.heapBytes))
    return llvm::createStringError("the device answered with `" + output +
                                   "` when it was asked for its firmware and heap");
  measurement.drawsMaps = lines[1] == "True" && !options_.withoutMap;
  measurement.firmware = lines[3].trim().str();
  return llvm::Error::success();
}

llvm::Error ProbeRun::tryProbe() {
  Execution execution;
  if (llvm::Error error = runOwn("the probe", kTryProbe, execution))
    return error;
  llvm::Expected<ProbeOutput> output = readProbeOutput(execution.output, measurement.drawsMaps);
  if (!output)
    return output.takeError();
  const std::vector<ProbeEvent> &events = output->events;
  if (events.size() != 4 || !events[0].change || !events[2].change)
    return llvm::createStringError("the probe does not see the heap of this firmware");
  const ProbeEvent *last = &events[0];
  if (events[1].change) {
    last = &events[1];
    cost_.bytes = events[1].change->usedBytes - events[0].change->collectedBytes;
    for (const HeapRun &run : requestsBetween(events[0].change->after, events[1].change->before))
      cost_.requests.push_back(run.blocks);
  }
  const ProbeEvent::Change &oneByte = *events[2].change;
  uint64_t taken = oneByte.usedBytes - last->change->collectedBytes - cost_.bytes;
  measurement.blockBytes = static_cast<uint32_t>(taken / 2);
  measurement.collectsInside = oneByte.collectedBytes < oneByte.usedBytes;
  return llvm::Error::success();
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
  llvm::Error failure =
      device_->run(program_.pieces[number].code, std::max(left, Milliseconds(1)), execution);
  recorder.beginPiece(number);
  llvm::Expected<ProbeOutput> output = readProbeOutput(execution.output, measurement.drawsMaps);
  if (output) {
    recorder.take(output->events);
    measurement.output += output->program;
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
                      options_.timeout.count() / 1000.0)
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
  if (exception.starts_with("MemoryError")) {
    std::optional<uint32_t> running = recorder.running();
    if (!hasBegun && limits_.bare.insert(number).second)
      return true;
    if (hasBegun && running && limits_.collecting.insert(*running).second)
      return true;
  }
  ProgramEnd how = exception.starts_with(kInputEnded)    ? ProgramEnd::InputEnded
                   : exception.starts_with("SystemExit") ? ProgramEnd::Completed
                                                         : ProgramEnd::Raised;
  end(how, how == ProgramEnd::Raised ? traceback.rtrim() : "", recorder, number);
  return false;
}

void ProbeRun::end(ProgramEnd how, llvm::StringRef text, const Recorder &recorder,
                   uint32_t number) {
  measurement.end = how;
  measurement.endText = text.str();
  std::optional<uint32_t> running = recorder.running();
  measurement.endLine = running ? program_.statements[*running].line : program_.pieces[number].line;
}

llvm::Error refuseBroken(const SyntaxTree &program) {
  if (program.problems().empty())
    return llvm::Error::success();
  const SyntaxProblem &first = program.problems().front();
  return llvm::createStringError(llvm::formatv(
      "line {0}: {1}", program.file().lines().lineAt(first.range.begin) + 1, first.message));
}

} // namespace

llvm::Expected<Measurement> measureProgram(DeviceSource &source, const SyntaxTree &program,
                                           const ProbeOptions &options) {
  if (llvm::Error error = refuseBroken(program))
    return error;
  ProbeLimits limits;
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

} // namespace fraglint
