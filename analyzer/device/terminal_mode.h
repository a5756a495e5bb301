#pragma once
/// What a terminal does to the bytes that pass through it.

#include "llvm/Support/Error.h"

namespace fraglint {

/// Every byte passes as it is, in both directions.
llvm::Error makeRaw(int terminal);

/// The same for the terminal of an interpreter that is started on it, but Ctrl-C interrupts what
/// runs, as MicroPython for Unix expects: at its prompt it takes that off, and while a program runs
/// it leaves the terminal as it found it.
llvm::Error makeRawWithInterrupt(int terminal);

} // namespace fraglint
