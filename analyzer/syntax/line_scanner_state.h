#pragma once
/// The state of scanLines(). Its member functions are in line_scanner.cpp (lines and blocks),
/// token_scanner.cpp and string_scanner.cpp.

#include "syntax/indentation.h"
#include "syntax/line_scanner.h"
#include "syntax/literals.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace fraglint {

/// Bytes that names are made of; a table, since most of a file's bytes are asked.
inline constexpr std::array<bool, 256> kIsNameByte = [] {
  std::array<bool, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte)
    table[byte] = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                  (byte >= 'a' && byte <= 'z') || byte == '_' || byte >= 0x80u;
  return table;
}();

inline bool isNameByte(char byte) { return kIsNameByte[static_cast<unsigned char>(byte)]; }

class LineScanner {
public:
  /// More are not kept: such a file is not Python at all.
  static constexpr size_t kMaxProblems = 1000;

  /// Writes into `joined`, if given, what textForParser() returns; it starts as a copy of `text`.
  explicit LineScanner(llvm::StringRef text, std::string *joined = nullptr)
      : text_(text), joined_(joined) {}

  ScannedLines run();

private:
  /// Something opened that has to be closed.
  struct Frame {
    enum class Kind : uint8_t {
      Bracket, ///< ( [ {
      Formatted, ///< the literal text of an f-string
      Field, ///< the code between braces in one
      FieldSpec ///< what follows the colon in a field: literal text again
    };
    Kind kind;
    char open; ///< the bracket, or the string's quote
    bool isTriple; ///< of the string
    bool isRaw; ///< of the string
    uint32_t begin; ///< where it was opened
  };

  // --- characters
  uint32_t size() const { return static_cast<uint32_t>(text_.size()); }
  char peek(uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool isIn(Frame::Kind kind) const { return !frames_.empty() && frames_.back().kind == kind; }
  bool atLineEnd() const { return at_ >= size() || text_[at_] == '\n' || text_[at_] == '\r'; }
  void takeLineEnd();
  llvm::StringRef wordAt(uint32_t offset) const {
    return text_.substr(offset).take_while(isNameByte);
  }

  // --- lines
  void findNuls();
  bool restart();
  void beginLine();
  void measureIndent();
  void checkIndent(Indent indent, TextRange where);
  void checkRemnant(Indent indent);
  void leaveRemnants();
  void checkClause();
  void endLine();
  void checkHeader();
  void checkEnd();
  void newline();
  void takeComment();
  bool isStatementInsideBrackets(bool isBehindHeader) const;
  void reportUnclosed(const Frame &frame);

  // --- tokens
  void scanCode();
  void scanWord();
  void checkType(uint32_t begin);
  void scanSymbol();
  void scanContinuation();
  void scanOddCharacter();
  void openBracket();
  void closeBracket();
  static bool closes(char byte, const Frame &frame);
  void token(uint32_t begin) {
    lastTokenBegin_ = begin;
    lastTokenEnd_ = at_;
    lineIsBare_ = false;
  }

  // --- strings
  void scanString(uint32_t begin, StringPrefix prefix);
  bool consumeQuotes(char quote, bool isTriple);
  void reportUnclosedString(uint32_t begin, bool isTriple);
  void abandonLine();
  void scanFormatted();
  void escapeInFormatted();
  void braceInFormatted();

  void problem(TextRange range, const llvm::Twine &message) {
    if (result_.problems.size() < kMaxProblems)
      result_.problems.push_back({range, message.str()});
  }

  void blankOut(TextRange range) {
    if (joined_)
      std::fill(joined_->begin() + range.begin, joined_->begin() + range.end, ' ');
  }

  llvm::StringRef text_;
  std::string *joined_;
  ScannedLines result_;
  uint32_t at_ = 0;
  llvm::SmallVector<Frame, 16> frames_; ///< what is open, outermost first
  IndentStack indents_;
  llvm::SmallVector<llvm::StringRef, 16> lastKeyword_; ///< of the last line at each depth

  /// Where to go back to when a bracket turns out to be never closed.
  struct Restart {
    uint32_t at = 0;
    size_t problems = 0;
    size_t comments = 0;
    uint32_t column = 0;
  };
  Restart lineStart_;
  bool guessesUnclosed_ = false; ///< after the first such bracket

  // The logical line being read.
  bool inLine_ = false;
  uint32_t lineBegin_ = 0;
  llvm::StringRef keyword_; ///< its first word, `async` left out
  bool hasColon_ = false; ///< outside brackets
  bool hasLambda_ = false;
  bool endsEarly_ = false; ///< something opened on it is never closed, so its colon may be missed
  bool isOrphan_ = false;
  uint32_t lastTokenBegin_ = 0;
  uint32_t lastTokenEnd_ = 0;

  /// Behind a line that ended too early, what is indented deeper most likely belonged to it.
  bool leavesRemnants_ = false;
  uint32_t remnantsDeeperThan_ = 0; ///< column
  bool isRemnant_ = false; ///< of the current line

  bool lineIsBare_ = true; ///< nothing but blanks so far on the physical line
  bool blockMayFollow_ = false;
  TextRange blockOwner_; ///< the keyword whose block must follow; empty for none
};

} // namespace fraglint
