#pragma once
/// Whether a file is firmware at all, and of which family: from what it imports.

#include "semantic/semantic_model.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace fraglint {

enum class FirmwareKind : uint8_t {
  Unknown,  ///< imports nothing that tells: analysed with the default target
  Desktop,  ///< imports desktop-only modules: not analysed
  CircuitPython,
  MicroPython,
  MicroBit,
};

/// By the imports of one file of the program, conditional ones (try/except ImportError, `if` on
/// the implementation) included. Firmware modules win over desktop ones only where no other
/// sign is against it.
FirmwareKind firmwareKind(const SemanticModel &model, uint32_t file = 0);

/// Whether an import of this module brings no file (built in), so that CircuitPython does not
/// collect after it and it costs no compile.
bool isBuiltinModule(llvm::StringRef module);

/// Whether no firmware has a module of that name, which libraries import for desktops' sake and do
/// without: there is one only where its file lies with the program.
bool isOfNoFirmware(llvm::StringRef module);

} // namespace fraglint
