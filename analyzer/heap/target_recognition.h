#pragma once
/// Which board it is, by what its firmware says of itself.

#include "heap/target.h"

namespace fraglint {

/// From the text of a CircuitPython board's `boot_out.txt`: its "Board ID:" line, or the banner
/// where there is none; null if not recognised.
const Target *targetFromBootOut(llvm::StringRef text);
/// From the line that a firmware of either family greets with, "MicroPython v1.22.1 on 2024-01-05;
/// Raspberry Pi Pico W with RP2040"; null if not recognised, or if several boards say the same.
const Target *targetFromBanner(llvm::StringRef line);
/// From what `sys.implementation` says, with the machine behind `on`: `circuitpython 10.3.0 on
/// Raspberry Pi Pico with RP2040`; null if not recognised, or if several boards say the same.
const Target *targetFromImplementation(llvm::StringRef text);
/// From MicroPython's `sys.implementation._build`, `RPI_PICO_W` or `ESP32_GENERIC-SPIRAM`; null if
/// not recognised.
const Target *targetFromBuild(llvm::StringRef build);

} // namespace fraglint
