#include "syntax/line_scanner_state.h"
#include "syntax/odd_characters.h"

#include <optional>

namespace fraglint {

namespace {

/// CPython's MAXLEVEL.
constexpr size_t kMaxBracketDepth = 200;

/// How many brackets one closing bracket may prove to be unclosed.
constexpr size_t kMaxUnclosed = 8;

} // namespace

void LineScanner::scanCode() {
  char byte = text_[at_];
  if (byte == ' ' || byte == '\t' || byte == '\f') {
    ++at_;
  } else if (llvm::isAlpha(byte) || byte == '_') {
    scanWord();
  } else if (byte == '\n' || byte == '\r') {
    newline();
  } else if (byte == '#') {
    takeComment();
  } else if (llvm::isDigit(byte) || (byte == '.' && llvm::isDigit(peek(1)))) {
    uint32_t begin = at_;
    LiteralScan number = scanNumber(text_, begin);
    at_ = number.end;
    token(begin);
    if (!number.problem.empty())
      problem({begin, at_}, number.problem);
  } else if (byte == '\'' || byte == '"') {
    scanString(at_, {});
  } else if (byte == '\\') {
    scanContinuation();
  } else {
    scanSymbol();
  }
}

/// A name, a keyword, or the letters before a string.
void LineScanner::scanWord() {
  uint32_t begin = at_;
  const char *end = text_.end();
  const char *byte = text_.begin() + at_;
  for (; byte != end && isNameByte(*byte); ++byte)
    if (static_cast<unsigned char>(*byte) >= 0x80u &&
        oddCharacterAt(text_, static_cast<uint32_t>(byte - text_.begin())))
      break;
  at_ = static_cast<uint32_t>(byte - text_.begin());
  llvm::StringRef word = text_.slice(begin, at_);
  if (peek() == '\'' || peek() == '"') {
    std::optional<StringPrefix> prefix = parseStringPrefix(word);
    if (prefix)
      return scanString(begin, *prefix);
    if (word.size() <= 3 && word.find_first_not_of("rRbBuUfFtT") == llvm::StringRef::npos)
      problem({begin, at_}, "`" + word + "` cannot stand before a string");
  }
  if (word == "lambda")
    hasLambda_ = true;
  if (word == "type")
    checkType(begin);
  if (word == "if" && keyword_ == "else" && text_.slice(lastTokenBegin_, lastTokenEnd_) == "else" &&
      lastTokenBegin_ == lineBegin_)
    problem({lineBegin_, at_}, "write `elif` for `else if`");
  token(begin);
}

/// `type` at the start of a statement, but not of one that defines a type.
void LineScanner::checkType(uint32_t begin) {
  llvm::StringRef before = text_.slice(lastTokenBegin_, lastTokenEnd_);
  bool startsStatement = begin == lineBegin_ || before == ";" || before == ":";
  llvm::StringRef rest = text_.substr(at_).ltrim(" \t\f");
  if (!startsStatement || rest.empty() || !llvm::StringRef("([.").contains(rest.front()))
    return;
  result_.misleadsParser = true;
  if (joined_)
    (*joined_)[begin] = '_';
}

void LineScanner::scanSymbol() {
  uint32_t begin = at_;
  char byte = text_[at_];
  switch (byte) {
  case '(':
  case '[':
  case '{':
    return openBracket();
  case ')':
  case ']':
  case '}':
    return closeBracket();
  case ':':
    if (isIn(Frame::Kind::Field)) {
      ++at_;
      frames_.back().kind = Frame::Kind::FieldSpec;
      if (peek() == '=') {
        result_.misleadsParser = true;
        blankOut({at_, at_ + 1});
      }
      return;
    }
    break;
  case '=':
    if (peek(1) != '=' && frames_.empty() && !hasColon_ && !hasLambda_ &&
        (keyword_ == "if" || keyword_ == "elif" || keyword_ == "while"))
      problem({at_, at_ + 1}, "write `==` to compare; `=` gives a name a value");
    break;
  default:
    if (oddCharacterAt(text_, at_) || (byte == '!' && peek(1) != '=' && !isIn(Frame::Kind::Field)))
      return scanOddCharacter();
    if ((byte == '&' || byte == '|') && peek(1) == byte && peek(2) != '=') {
      at_ += 2;
      token(begin);
      return problem({begin, at_}, byte == '&' ? "write `and` for `&&`" : "write `or` for `||`");
    }
    break;
  }
  // Two characters where the second is `=`: no assignment, and no colon of a header either.
  bool isPair = peek(1) == '=' && llvm::StringRef("=<>!:+-*/%&|^@").contains(byte);
  hasColon_ |= byte == ':' && !isPair && frames_.empty();
  at_ += isPair ? 2 : 1;
  token(begin);
}

/// A backslash outside of strings: only a line end may follow.
void LineScanner::scanContinuation() {
  uint32_t begin = at_++;
  if (at_ >= size()) {
    problem({begin, at_}, "nothing follows this backslash at the end of the file");
  } else if (atLineEnd()) {
    takeLineEnd();
    if (at_ >= size())
      problem({begin, begin + 1}, "nothing follows this backslash at the end of the file");
  } else {
    token(begin);
    leaveRemnants();
    problem({begin, at_}, "a backslash joins this line and the next, so nothing may follow it, "
                          "not even a blank");
  }
}

void LineScanner::scanOddCharacter() {
  uint32_t begin = at_;
  std::optional<OddCharacter> odd = oddCharacterAt(text_, at_);
  if (!odd)
    odd = OddCharacter{1, "`!` alone is not an operator in Python: write `not`"};
  at_ += odd->length;
  if (!odd->isBlank)
    token(begin);
  problem({begin, at_}, odd->problem);
}

void LineScanner::openBracket() {
  frames_.push_back({Frame::Kind::Bracket, text_[at_], false, false, at_});
  if (frames_.size() == kMaxBracketDepth + 1)
    problem({at_, at_ + 1}, "brackets are nested too deeply: Python takes at most 200");
  ++at_;
  token(at_ - 1);
}

void LineScanner::closeBracket() {
  char byte = text_[at_++];
  token(at_ - 1);
  TextRange range{at_ - 1, at_};
  bool opensNothing = frames_.empty() || (isIn(Frame::Kind::Field) && byte != '}');
  if (opensNothing && isRemnant_)
    return;
  if (opensNothing)
    return problem(range, "no bracket was opened that this one could close");
  // Up to a few levels: an inner bracket was left open, and this closes one around it.
  size_t open = frames_.size();
  while (open > 0 && frames_.size() - open < kMaxUnclosed && !closes(byte, frames_[open - 1]) &&
         frames_[open - 1].kind == Frame::Kind::Bracket)
    --open;
  if (open < frames_.size())
    leaveRemnants();
  bool closesOne = open > 0 && closes(byte, frames_[open - 1]);
  if (!closesOne) {
    problem(range, llvm::Twine("this `") + llvm::Twine(byte) + "` cannot close the `" +
                       llvm::Twine(frames_.back().open) + "` that was opened last");
  } else if (open < frames_.size()) {
    reportUnclosed(frames_.back());
    frames_.truncate(open);
  }
  frames_.pop_back();
}

bool LineScanner::closes(char byte, const Frame &frame) {
  switch (frame.kind) {
  case Frame::Kind::Bracket:
    return byte == (frame.open == '(' ? ')' : frame.open == '[' ? ']' : '}');
  case Frame::Kind::Field:
  case Frame::Kind::FieldSpec:
    return byte == '}';
  case Frame::Kind::Formatted:
    break;
  }
  return false;
}

} // namespace fraglint
