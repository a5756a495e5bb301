#include "measure/squeeze.h"

#include "measure/instrumentation.h"
#include "measure/probe_set_up.h"

#include "llvm/Support/FormatVariadic.h"

namespace fraglint {

namespace {

/// Smaller holes leave no room for the message of MemoryError: measured on the micro:bit, where it
/// then comes without text.
constexpr uint64_t kFirstHole = 128;
/// A growing list doubles with each attempt.
constexpr int kMostAttempts = 24;
/// More takes too long to fill.
constexpr uint64_t kMostHeap = 16 << 20;

class Squeezer {
public:
  Squeezer(DeviceSource &source, const SyntaxTree &program, const ProbeOptions &options)
      : source_(source), options_(options), instrumented_(instrument(program)), program_(program) {}

  llvm::Expected<std::vector<SqueezedStatement>> run() {
    for (uint32_t number = 0; number < program_.statementCount(); ++number) {
      if (isDefinition(program_.statement(number).kind()))
        continue;
      bool goesOn = true;
      if (llvm::Error error = squeeze(number, goesOn))
        return error;
      if (!goesOn)
        break;
    }
    return std::move(result_);
  }

private:
  /// It makes one function or class object.
  static bool isDefinition(NodeKind kind) {
    return kind == NodeKind::FunctionDefinition || kind == NodeKind::ClassDefinition;
  }

  llvm::Error squeeze(uint32_t number, bool &goesOn) {
    uint64_t hole = kFirstHole;
    SqueezedStatement row{instrumented_.pieces[number].line, hole, false};
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
      Execution execution;
      if (llvm::Error error = runInHoles(number, hole, execution))
        return error;
      llvm::StringRef exception = exceptionOf(execution.error);
      uint64_t asked = 0;
      bool failed = exception.consume_front("MemoryError: memory allocation failed, allocating ") &&
                    !exception.consumeInteger(10, asked);
      if (!failed || asked <= hole) {
        // Else the heap as a whole was too small: nothing is known.
        if (!exception.starts_with("MemoryError"))
          result_.push_back(row);
        goesOn = execution.error.empty();
        return llvm::Error::success();
      }
      row = {row.line, asked, true};
      hole = asked;
    }
    return llvm::Error::success();
  }

  /// Runs the statement in a heap whose free runs are of `hole` bytes, all before it done.
  llvm::Error runInHoles(uint32_t number, uint64_t hole, Execution &execution) {
    llvm::Expected<std::unique_ptr<Device>> device = source_.open();
    if (!device)
      return device.takeError();
    llvm::Expected<ProbeFacts> facts = setUpProbe(**device, /*withoutMap=*/true, options_.modules);
    if (!facts)
      return facts.takeError();
    if (facts->heapBytes > kMostHeap)
      return llvm::createStringError(
          llvm::formatv("the heap may grow to {0} bytes: it cannot be squeezed", facts->heapBytes));
    if (llvm::Error error = runPlain(**device, "__name__.E()\n", execution))
      return error;
    for (uint32_t before = 0; before < number; ++before)
      if (llvm::Error error = runPlain(**device, instrumented_.pieces[before].plain, execution))
        return error;
    // A filler lies between a block of its header and one of the chain that holds it.
    uint64_t blocks = (hole + facts->blockBytes - 1) / facts->blockBytes;
    uint64_t filler = (std::max<uint64_t>(blocks, 3) - 2) * facts->blockBytes;
    return runPlain(
        **device,
        llvm::formatv("__name__.q({0})\n{1}", filler, instrumented_.pieces[number].plain).str(),
        execution);
  }

  llvm::Error runPlain(Device &device, const std::string &code, Execution &execution) {
    if (llvm::Error error = device.run(code, options_.timeout, execution))
      return error;
    if (execution.timedOut)
      return llvm::createStringError("the program did not end in time and was stopped");
    return llvm::Error::success();
  }

  DeviceSource &source_;
  const ProbeOptions &options_;
  Instrumentation instrumented_;
  const SyntaxTree &program_;
  std::vector<SqueezedStatement> result_;
};

} // namespace

llvm::Expected<std::vector<SqueezedStatement>>
squeezeProgram(DeviceSource &source, const SyntaxTree &program, const ProbeOptions &options) {
  return Squeezer(source, program, options).run();
}

} // namespace fraglint
