#pragma once
/// Runs a program on a device and reads the heap around each of its statements.

#include "device/device_source.h"
#include "measure/measurement.h"
#include "measure/program_modules.h"
#include "syntax/syntax_tree.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace fraglint {

struct ProbeOptions {
  Milliseconds timeout{60000}; ///< for the program, each time that it is run
  /// Read the bytes in use only, as where the firmware draws no map of its heap.
  bool withoutMap = false;
  ProgramModules modules; ///< what the program imports and the device has not
};

/// Runs `program`, which is valid Python, piece by piece, in a fresh interpreter; again from its
/// beginning where a statement turns out not to fit into the heap with collection off. A failure of
/// the program or the device ends the measurement, which holds what was measured until then and
/// says why; an error means that there was nothing to measure with, or that the program is not
/// valid Python.
llvm::Expected<Measurement> measureProgram(DeviceSource &source, const SyntaxTree &program,
                                           const ProbeOptions &options);

} // namespace fraglint
