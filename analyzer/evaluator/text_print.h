#pragma once
/// The texts of values, in the pieces in which the firmware writes them: how far a growing text has
/// to grow depends on these.

#include "evaluator/machine.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace fraglint {

/// Raw is Str, but for bytes: without `b''`.
enum class PrintKind : uint8_t { Str, Repr, Raw };

using TextSink = llvm::function_ref<void(const Content &)>;

inline void put(TextSink sink, llvm::StringRef text) {
  if (!text.empty())
    sink(Content::of(text.str()));
}

/// False where something was raised. Calls the program's `__str__` and `__repr__`.
bool printTo(Machine &m, Value value, PrintKind kind, TextSink sink);

/// The shortest and the longest text of an int of which only bounds are known: its sign and digits.
Interval intTextLength(const Machine &m, Value value, unsigned base = 10);

/// A text in quotes, with escapes, a character at a time; `escapes`: also what is not ASCII.
void printQuoted(llvm::StringRef text, bool isStr, bool escapes, TextSink sink);

/// What stands around a number or a text in its field.
struct FieldLayout {
  bool isLeft = false;
  bool isCentred = false;
  bool padsAfterSign = false;
  bool showsSign = false;
  bool spacesSign = false;
  bool showsPrefix = false;
  bool showsOctalLetter = false;
  bool addsPercent = false;
  char separator = 0; ///< `,` or `_` between groups of digits
  char fill = ' ';
  int width = -1;
  int precision = -1;
};

/// What the firmware asks for while it writes the digits of an int that is not known, and gives
/// back then: while this lives.
class DigitRoom {
public:
  DigitRoom(Machine &m, Value value, unsigned base, const FieldLayout &layout = {});
  ~DigitRoom();
  DigitRoom(const DigitRoom &) = delete;
  DigitRoom &operator=(const DigitRoom &) = delete;

private:
  Machine &m_;
  Run buffer_;
};

void printPadded(const Content &text, const FieldLayout &layout, TextSink sink);
/// An int or bool, big ones included; `letter` is `a` or `A`.
void printInteger(Machine &m, Value value, unsigned base, char letter, FieldLayout layout,
                  TextSink sink);
/// `format` is one of e E f F g G.
void printFloat(const Machine &m, double value, char format, FieldLayout layout, TextSink sink);

} // namespace fraglint
