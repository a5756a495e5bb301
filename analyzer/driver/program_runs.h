#pragma once
/// A program run on a device and measured, once for each recorded input: what `measure` and
/// `verify` begin with.

#include "driver/console.h"
#include "driver/device_options.h"
#include "driver/exit_status.h"
#include "measure/heap_probe.h"
#include "measure/smallest_heap.h"
#include "text/source_file.h"

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

inline constexpr uint64_t kMostProgramBytes = 4 << 20;

struct DeviceRunOptions : DeviceOptions {
  std::string program;
  std::vector<std::string> standIns; ///< folders of modules
  std::string input;                 ///< file of recorded input; empty for none
  uint64_t timeoutSeconds = 60;
  bool withoutMap = false;
};

/// All that is known of one run of a program.
struct MeasuredRun {
  std::string input; ///< what it read, for people; empty for nothing
  Measurement measurement;
  std::optional<SmallestHeap> smallestHeap;
};

/// Complains where something goes wrong, and keeps the runs made until then.
class ProgramRuns {
public:
  ProgramRuns(const DeviceRunOptions &options, Console &console)
      : options_(options), console_(console) {}

  /// Clean where all was measured; Findings where the program ended by an exception.
  ExitStatus run();

  llvm::ArrayRef<MeasuredRun> runs() const { return runs_; }
  const SourceFile &file() const { return *file_; }
  /// Of the device, or of what was recorded; not before run().
  const DeviceAddress &device() const { return source_->address(); }
  /// Names of the modules that came from the folders of stand-ins or from the program's own.
  const std::vector<std::string> &modules() const { return modules_; }

private:
  ExitStatus fail(ExitStatus status, const llvm::Twine &message);
  ExitStatus measure(const SyntaxTree &tree, const ProgramModules &input, size_t number);
  ExitStatus findHeap(MeasuredRun &run);

  const DeviceRunOptions &options_;
  Console &console_;
  std::shared_ptr<const SourceFile> file_;
  std::optional<DeviceSource> source_;
  std::vector<std::string> modules_;
  std::vector<MeasuredRun> runs_;
};

} // namespace fraglint
