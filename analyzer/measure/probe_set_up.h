#pragma once
/// The probe is put on a device: what it finds there, and what it costs.

#include "device/device.h"
#include "measure/measurement.h"
#include "measure/program_modules.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace fraglint {

/// Asks for the firmware, installs the probe and then `modules`, and runs `knownCode`
/// (Instrumentation::knownCode). It binds no name in `__main__` but `__name__`, and writes no file.
llvm::Expected<ProbeFacts> setUpProbe(Device &device, bool withoutMap,
                                      const ProgramModules &modules,
                                      llvm::ArrayRef<std::string> knownCode);

/// The line ends of a UART as those of a text.
std::string withPlainLineEnds(llvm::StringRef text);

/// The last line of a traceback: `MemoryError: memory allocation failed, allocating 512 bytes`.
llvm::StringRef exceptionOf(llvm::StringRef traceback);

} // namespace fraglint
