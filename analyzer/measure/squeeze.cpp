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
    SqueezedStatement row{instrumented_.pieces[number].line, 0, std::nullopt};
    uint64_t hole = kFirstHole;
    bool isTight = true; // else some holes are larger by two blocks
    for (int attempt = 0; attempt < kMostAttempts && !row.hiBytes; ++attempt) {
      Execution execution;
      uint64_t largest = hole;
      if (llvm::Error error = runInHoles(number, isTight, largest, execution))
        return error;
      llvm::StringRef exception = exceptionOf(execution.error);
      std::optional<uint64_t> asked = failedRequest(exception);
      if (asked && *asked > largest) {
        row.loBytes = hole = *asked;
        isTight = true;
      } else if (exception.starts_with("MemoryError") && isTight) {
        isTight = false; // there may have been no hole of the very size
      } else {
        goesOn = exception.empty();
        if (!exception.starts_with("MemoryError"))
          row.hiBytes = largest;
        break;
      }
    }
    result_.push_back(row);
    return llvm::Error::success();
  }

  /// In bytes.
  static std::optional<uint64_t> failedRequest(llvm::StringRef exception) {
    uint64_t bytes = 0;
    if (!exception.consume_front("MemoryError: memory allocation failed, allocating ") ||
        exception.consumeInteger(10, bytes))
      return std::nullopt;
    return bytes;
  }

  /// Runs the statement, all before it done, in a heap whose free runs are of `hole` bytes at most,
  /// or else of two blocks more; `hole` is then what the largest is.
  llvm::Error runInHoles(uint32_t number, bool isTight, uint64_t &hole, Execution &execution) {
    llvm::Expected<std::unique_ptr<Device>> device = source_.open();
    if (!device)
      return device.takeError();
    llvm::Expected<ProbeFacts> facts =
        setUpProbe(**device, /*withoutMap=*/true, options_.modules, instrumented_.knownCode);
    if (!facts)
      return facts.takeError();
    if (facts->heapBytes > kMostHeap)
      return llvm::createStringError(
          llvm::formatv("the heap may grow to {0} bytes: it cannot be squeezed", facts->heapBytes));
    if (llvm::Error error = runPlain(**device, "__name__._E()\n", execution))
      return error;
    for (uint32_t before = 0; before < number; ++before)
      if (llvm::Error error = runPlain(**device, instrumented_.pieces[before].plain, execution))
        return error;
    // A buffer and what holds it take a block more each.
    uint64_t blocks = (hole + facts->blockBytes - 1) / facts->blockBytes;
    uint64_t filler = isTight ? std::max<uint64_t>(blocks, 3) - 2 : blocks;
    uint64_t largest = isTight ? blocks : blocks + 2;
    hole = largest * facts->blockBytes;
    std::string squeezed =
        llvm::formatv("__name__._q({0})\n__name__._f({1})\n", filler * facts->blockBytes,
                      largest * facts->blockBytes + 1);
    return runPlain(**device, squeezed + instrumented_.pieces[number].plain, execution);
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
