#pragma once
/// What the operations on str, bytes and bytearray share: their operands, positions in UTF-8, and
/// how results come into being.

#include "evaluator/machine.h"
#include "evaluator/native.h"
#include "evaluator/numbers.h"

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace fraglint {

enum class TextType : uint8_t { Str, Bytes, ByteArray };

/// A str, bytes or bytearray; also one of which only the length is known.
struct TextOperand {
  Value value;
  TextType type = TextType::Str;
  bool isKnown = false;
  llvm::StringRef bytes; ///< where isKnown
  Interval length = Interval::atLeast(0);

  bool isStr() const { return type == TextType::Str; }
};

/// Nothing where the value is none of the three.
std::optional<TextOperand> textOperand(const Machine &m, Value value);
/// Whether the firmware takes one for the other: bytes and bytearray are of one family.
inline bool isSameFamily(TextType a, TextType b) {
  return (a == TextType::Str) == (b == TextType::Str);
}

// --- UTF-8, as the firmware steps through it.

inline bool isContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }
/// Characters of a text.
int64_t charCount(llvm::StringRef text);
/// Where the character at `position` begins or nothing if there is none. Negative ones count from
/// the end.
std::optional<size_t> charOffset(llvm::StringRef text, int64_t position);
/// The same for bounds of slices, which are cut off at the ends; bytes where the text is none.
size_t boundOffset(llvm::StringRef text, bool isStr, int64_t position);
/// The bytes of the character that begins at `offset`.
llvm::StringRef charAt(llvm::StringRef text, size_t offset);
std::string utf8(uint32_t character);
/// The character that begins there.
uint32_t characterAt(llvm::StringRef text);
/// Whether the bytes are UTF-8 (or ASCII), as far as the firmware checks.
bool isEncoded(llvm::StringRef bytes, bool isAscii);

// --- Characters: the firmware's classes know ASCII only.

bool isSpaceChar(char c);
bool isDigitChar(char c);
bool isAlphaChar(char c);
bool isUpperChar(char c);
bool isLowerChar(char c);

// --- Contents.

Content contentOf(const TextOperand &operand);
/// Adds `piece` at the end.
void addTo(Content &content, const Content &piece);
/// Where a bound stands that is not set: far beyond every text, and not to be calculated with.
Interval withNull(Interval length);

// --- Results.

/// Names are hardly longer than this: shorter texts that are not known may be one.
inline constexpr int64_t kLongestCommonName = 10;

/// A copy: header first, then the data. A str that is a name asks for nothing.
Value newText(Machine &m, TextType type, Content content);
/// A copy of which only the length is known, or an old text that it equals, which asks for
/// nothing.
Value newTextMaybe(Machine &m, TextType type, Interval length);
/// Of a buffer that becomes the data, as Machine::strFrom.
Value textFrom(Machine &m, TextType type, Run buffer, Content content);
/// The empty one, which is a constant: of str, else of bytes.
Value emptyText(Machine &m, TextType type);
/// One of which only the length is known and that asks for nothing.
Value abstractText(Machine &m, TextType type, Interval length, const llvm::Twine &reason);

/// The bytes of whatever has a buffer: str, bytes, bytearray, array, memoryview. Nothing of others.
std::optional<Content> bufferContent(const Machine &m, Value value);
/// What nothing can be said of; what it asks for is not known, either.
Value unknownAtUnknownCost(Machine &m, llvm::StringRef type, const llvm::Twine &reason);
/// A truth that is not known.
inline Value unknownTruth(Machine &m) { return m.abstract("bool", "the text is not known"); }

// --- Arguments.

/// False, and a TypeError, where the number of arguments is not one of these. Keywords are not
/// taken.
bool hasArguments(Machine &m, const NativeCall &call, size_t least, size_t most);
/// TypeError: `can't convert 'int' object to str implicitly`.
std::nullopt_t badConversion(Machine &m, Value value);

} // namespace fraglint
