#pragma once
/// The largest request of a statement where no map of the heap can be had.
///
/// The heap is filled but for holes of one size. What asks for more than a hole fails, and
/// MemoryError names the bytes; then the holes are made that large, until nothing fails. A
/// statement that failed has run by half: each attempt begins with a restart and all statements
/// before it.

#include "measure/heap_probe.h"

namespace fraglint {

/// For each top-level statement of `program` that may ask for something, up to the one that ends
/// it. An error where the device fails, or its heap grows too large to be filled.
llvm::Expected<std::vector<SqueezedStatement>>
squeezeProgram(DeviceSource &source, const SyntaxTree &program, const ProbeOptions &options);

} // namespace fraglint
