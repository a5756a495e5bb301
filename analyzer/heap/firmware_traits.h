#pragma once
/// What a build of the firmware does in its own way, each trait by itself: the version brought it,
/// the port decides it, or a configuration header. Nothing asks for a version or a name instead.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace fraglint {

enum class FirmwareFamily : uint8_t { CircuitPython, MicroPython };

/// Whose names the firmware has interned before any program runs (evaluator/firmware_names.cpp).
enum class FirmwareNames : uint8_t {
  MicroPython, ///< of the unix port's standard variant, 1.29
  CircuitPython, ///< of 10.3
};

/// Constant data; as a board with MicroPython 1.29 has it where nobody says otherwise.
struct FirmwareTraits {
  // --- What the compiler makes, so that nothing is asked for when the program runs ---

  /// What `NAME = const(…)` declares; a private name then is none (MICROPY_COMP_CONST, which the
  /// 2018 firmware of the micro:bit does without).
  bool foldsDeclared = true;
  /// A tuple of constants (MICROPY_COMP_CONST_TUPLE, 1.19).
  bool foldsTuples = true;
  /// An operation on floats that are constants (MICROPY_COMP_CONST_FLOAT, 1.26).
  bool foldsFloats = true;
  /// `math.pi` (MICROPY_COMP_MODULE_CONST); CircuitPython's math is none of the modules that its
  /// parser knows.
  bool foldsMathConstants = true;
  /// `a, b = c, d`, also with three, makes no tuple; the 2018 firmware of the micro:bit does not
  /// know that.
  bool assignsWithoutTuple = true;

  // --- What is asked for while the program runs ---

  /// A slice that is used at once on a bytearray or memoryview lies on the C stack (1.26).
  bool keepsSlicesOnStack = true;
  /// `zip` asks for the tuple when it has all items (1.29); else it asks first, and gives it back
  /// at the end.
  bool zipsItemsFirst = true;
  /// A product that fits into the word is made without large ints (1.27); else one that is a small
  /// int.
  bool multipliesInWord = true;
  /// `math.factorial` multiplies halves (MICROPY_OPT_MATH_FACTORIAL, of the unix port); else one
  /// factor after another.
  bool halvesFactorials = false;
  /// Texts of exceptions are packed, and unpacked when they are read
  /// (MICROPY_ROM_TEXT_COMPRESSION, 1.13).
  bool packsTexts = true;
  /// Exceptions tell which function was called wrongly, and what could not be read as a number
  /// (MICROPY_ERROR_REPORTING); boards leave that out.
  bool reportsInDetail = false;
  /// `open` opens a file of the machine that the firmware runs on.
  bool opensMachineFiles = false;
  /// A process of the unix port: what it holds before a program is loaded is known, and it keeps
  /// more of each function.
  bool isUnixPort = false;

  // --- What programs may say, and what they see ---

  bool extendsByAnyItems = true; ///< `bytearray.extend` takes what is no buffer (1.26)
  bool closesDocuments = false; ///< JSON that ends within an array or object is read (before 1.26)
  bool knowsSignedBytes = true; ///< `int.to_bytes(…, signed=True)` (1.28)
  bool formatsUnderscores = true; ///< `{:_}` (1.27)
  bool formatsCharacters = true; ///< `{:c}` makes a character (1.29); else a byte
  bool showsCharacters = true; ///< `repr` shows characters beyond ASCII (1.29); else escapes
  bool centersCharacters = true; ///< `str.center` counts characters (1.29); else bytes
  bool knowsEncodings = true; ///< `decode` knows `ascii`, and no unknown name (1.29); else any
  bool handlesDecodingErrors = true; ///< `decode(…, 'ignore')` (1.29)
  bool printsFloatsExactly = true; ///< py/formatfloat.c of 1.27
  bool roundsWordFloats = true; ///< representation C rounds (1.26); else it cuts off
  bool saysDivideByZero = true; ///< `divide by zero`; else `division by zero`

  /// Bytes that items of `struct` and `array` are aligned to at most: 4 where the ABI is i386's.
  uint8_t mostAlignment = 8;
  FirmwareNames names = FirmwareNames::MicroPython;
  /// Modules that lie in the firmware as files: importing one runs code, which the evaluator does
  /// not have.
  llvm::ArrayRef<llvm::StringRef> fileModules;

  /// Of a board with that firmware. `version` as in FirmwareProfile.
  static constexpr FirmwareTraits ofVersion(FirmwareFamily family, uint16_t version);
};

constexpr FirmwareTraits FirmwareTraits::ofVersion(FirmwareFamily family, uint16_t version) {
  FirmwareTraits traits;
  bool isCircuitPython = family == FirmwareFamily::CircuitPython;
  // CircuitPython 10 follows MicroPython 1.28 but for what is named here; its formatfloat.c came
  // with 10.3 (cd3da4a5d8).
  uint16_t base = isCircuitPython ? 128 : version;
  if (base < 129) {
    traits.zipsItemsFirst = false;
    traits.formatsCharacters = traits.showsCharacters = traits.centersCharacters = false;
    traits.knowsEncodings = traits.handlesDecodingErrors = false;
  }
  if (base < 128)
    traits.knowsSignedBytes = false;
  if (base < 127)
    traits.multipliesInWord = traits.formatsUnderscores = traits.printsFloatsExactly = false;
  if (base < 126) {
    traits.foldsFloats = traits.foldsMathConstants = traits.keepsSlicesOnStack = false;
    traits.extendsByAnyItems = traits.roundsWordFloats = false;
    traits.closesDocuments = true;
  }
  if (base < 119)
    traits.foldsTuples = false;
  if (base < 113)
    traits.packsTexts = false;
  if (base < 110)
    traits.assignsWithoutTuple = traits.saysDivideByZero = false;
  if (isCircuitPython) {
    traits.printsFloatsExactly = version >= 1003;
    traits.foldsMathConstants = traits.packsTexts = traits.saysDivideByZero = false;
    traits.names = FirmwareNames::CircuitPython;
  }
  return traits;
}

} // namespace fraglint
