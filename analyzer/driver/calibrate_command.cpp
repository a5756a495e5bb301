#include "driver/calibrate_command.h"

#include "calibrate/calibration.h"
#include "device/interruption.h"
#include "lint/file_writing.h"
#include "lint/target_file.h"
#include "report/printable_text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace {

/// What a reader of the file is to know first.
std::string headOf(const Calibration &found) {
  std::string text = "# Measured by `fraglint calibrate` on " + printable(found.firmware) + ".\n";
  if (!found.assumed.empty())
    text += "# What is marked so was not measured: it is as in " + found.base +
            ", or as in the firmware of that version.\n";
  return text + "\n";
}

void writeSummary(const std::string &file, const Calibration &found, llvm::raw_ostream &os) {
  const TargetDescription &target = found.target;
  os << llvm::formatv("{0}: {1}\n{2} of {3} settings measured: words of {4} bytes, {5:N} bytes of "
                      "heap free at start\n",
                      file, printable(found.firmware), targetKeys().size() - found.assumed.size(),
                      targetKeys().size(), unsigned{target.profile.wordBytes}, target.heapBytes.lo);
  if (found.assumed.empty())
    return;
  os << "assumed, as in " << found.base << ":\n";
  for (const std::string &key : targetKeys())
    if (auto why = found.assumed.find(key); why != found.assumed.end())
      os << "  " << key
         << llvm::StringRef(why->second).drop_front(llvm::StringRef("assumed").size()) << "\n";
}

} // namespace

ExitStatus runCalibrate(const CalibrateOptions &options, Console &console) {
  llvm::Expected<DeviceSource> source = openSource(options.device);
  if (!source) {
    console.complain(llvm::toString(source.takeError()));
    return ExitStatus::BadUsage;
  }
  InterruptionGuard guard;
  llvm::Expected<CalibrationAnswers> answers = askDevice(*source);
  if (!answers) {
    console.complain(source->address().text + ": " + llvm::toString(answers.takeError()));
    return ExitStatus::Failed;
  }
  llvm::Expected<Calibration> found = calibrationFrom(*answers, source->address().heapBytes);
  if (!found) {
    console.complain(source->address().text + ": " + llvm::toString(found.takeError()));
    return ExitStatus::Failed;
  }
  found->target.name = llvm::sys::path::stem(options.output).str();
  if (llvm::Error error = replaceFile(options.output, nullptr,
                                      headOf(*found) + targetText(found->target, found->assumed))) {
    console.complain("cannot write " + options.output + ": " + llvm::toString(std::move(error)));
    return ExitStatus::Failed;
  }
  writeSummary(options.output, *found, console.out());
  return ExitStatus::Clean;
}

} // namespace fraglint
