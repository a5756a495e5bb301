#include "heap/firmware_profile.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

using enum FirmwareFamily;
using enum FloatKind;

// Source: heap-facts of the logging builds (1.29, CircuitPython 10.3) and rows measured on the
// engines (corpus/heap/rows.md) for the others. The micro:bit's is the Lancaster firmware 1.9.2.
constexpr FirmwareProfile kProfiles[] = {
    {"circuitpython-10.3", CircuitPython, 1003, 4, Word30, true, 1},
    {"micropython-1.9.2-microbit", MicroPython, 109, 4, Word30, false, 1},
    {"micropython-1.25-unix-32", MicroPython, 125, 4, Boxed64, false, 2},
    {"micropython-1.27-webassembly", MicroPython, 127, 4, Boxed64, false, 2},
    {"micropython-1.28-unix-64", MicroPython, 128, 8, Boxed64, false, 2},
    {"micropython-1.29", MicroPython, 129, 4, Boxed32, false, 2},
    {"micropython-1.29-repr-c", MicroPython, 129, 4, Word30, false, 2},
};

} // namespace

llvm::ArrayRef<FirmwareProfile> firmwareProfiles() { return kProfiles; }

const FirmwareProfile *findProfile(llvm::StringRef name) {
  const auto *found =
      llvm::find_if(kProfiles, [&](const FirmwareProfile &one) { return one.name == name; });
  return found == std::end(kProfiles) ? nullptr : found;
}

} // namespace fraglint
