#include "syntax/line_scanner_state.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

bool LineScanner::consumeQuotes(char quote, bool isTriple) {
  if (peek() != quote || (isTriple && (peek(1) != quote || peek(2) != quote)))
    return false;
  at_ += isTriple ? 3 : 1;
  return true;
}

/// At the opening quote of the string that starts, with its prefix, at `begin`.
void LineScanner::scanString(uint32_t begin, StringPrefix prefix) {
  char quote = text_[at_];
  bool isTriple = consumeQuotes(quote, true);
  if (!isTriple)
    ++at_;
  token(begin);
  if (prefix.isFormatted) {
    frames_.push_back({Frame::Kind::Formatted, quote, isTriple, prefix.isRaw, begin});
    return;
  }
  while (at_ < size() && (isTriple || !atLineEnd())) {
    char byte = text_[at_];
    if (byte == quote && consumeQuotes(quote, isTriple))
      return token(begin);
    if (byte == '\\') {
      uint32_t escape = at_;
      LiteralScan scan = scanEscape(text_, at_, prefix.isBytes);
      if (prefix.isBytes && joined_ && llvm::StringRef("NuU").contains(peek(1)))
        (*joined_)[at_] = '_'; // the grammar's scanner would skip what follows, even a quote
      if (prefix.isRaw) // only the length counts: a quote or a line end behind the backslash
        scan = {std::max(at_ + 1, std::min(scan.end, at_ + 2)), {}};
      at_ = scan.end;
      if (!scan.problem.empty())
        problem({escape, at_}, scan.problem);
      continue;
    }
    if (prefix.isBytes && static_cast<unsigned char>(byte) >= 0x80u) {
      problem({at_, at_ + 1}, "bytes can hold ASCII characters only: write `\\x` escapes");
      while (static_cast<unsigned char>(peek()) >= 0x80u)
        ++at_;
      continue;
    }
    ++at_;
  }
  token(begin);
  // Inside an f-string the quote was more likely meant to end that, and a brace is missing.
  auto field = llvm::find_if(llvm::reverse(frames_),
                             [](const Frame &frame) { return frame.kind != Frame::Kind::Bracket; });
  bool isInField = field != frames_.rend() && !isTriple && !field->isTriple;
  if (isInField)
    reportUnclosed(*field);
  else
    reportUnclosedString(begin, isTriple);
  abandonLine();
}

void LineScanner::reportUnclosedString(uint32_t begin, bool isTriple) {
  result_.hasUnclosed = true;
  uint32_t quote = begin;
  while (quote < size() && text_[quote] != '\'' && text_[quote] != '"')
    ++quote;
  if (isTriple)
    problem({begin, std::min(quote + 3, size())}, "this triple-quoted string is never closed");
  else
    problem({begin, quote + 1}, "this string is not closed on its line");
}

/// At the end of a physical line whose string is not closed: what would close behind it is part
/// of it, so everything opened on this line counts as closed, and so do all strings but those
/// that can go on over the line end.
void LineScanner::abandonLine() {
  leaveRemnants();
  endsEarly_ = true;
  size_t lineBreak = text_.take_front(at_).find_last_of("\r\n");
  uint32_t begin = lineBreak == llvm::StringRef::npos ? 0 : static_cast<uint32_t>(lineBreak) + 1;
  while (!frames_.empty()) {
    const Frame &top = frames_.back();
    bool isOpenBracket = top.kind == Frame::Kind::Bracket && top.begin < begin;
    if (isOpenBracket || (top.kind == Frame::Kind::Formatted && top.isTriple))
      return;
    frames_.pop_back();
  }
}

/// The literal part of an f-string, or the format behind a colon in one of its fields.
void LineScanner::scanFormatted() {
  const Frame frame = frames_.back();
  bool isSpec = frame.kind == Frame::Kind::FieldSpec;
  while (at_ < size()) {
    if (!isSpec && consumeQuotes(frame.open, frame.isTriple)) {
      frames_.pop_back();
      return token(frame.begin);
    }
    char byte = text_[at_];
    if (byte == '{' || byte == '}')
      return braceInFormatted();
    if ((byte == '\n' || byte == '\r') && !frame.isTriple) {
      reportUnclosed(frames_.back());
      return abandonLine();
    }
    if (isSpec && byte == frame.open && !frame.isTriple) {
      reportUnclosed(frames_.back());
      while (!isIn(Frame::Kind::Formatted))
        frames_.pop_back();
      return; // to the quote, which closes the string
    }
    if (byte == '\\')
      escapeInFormatted();
    else
      ++at_;
  }
}

void LineScanner::escapeInFormatted() {
  bool isRaw = frames_.back().isRaw;
  uint32_t begin = at_;
  char next = peek(1);
  if (next == '{' || next == '}') { // the backslash stands for itself
    ++at_;
    return;
  }
  LiteralScan scan = scanEscape(text_, at_, false);
  at_ = isRaw ? std::min(begin + 2, size()) : scan.end;
  if (!isRaw && !scan.problem.empty())
    problem({begin, at_}, scan.problem);
}

void LineScanner::braceInFormatted() {
  const Frame frame = frames_.back();
  bool isSpec = frame.kind == Frame::Kind::FieldSpec;
  char byte = text_[at_];
  if (peek(1) == byte && !isSpec) {
    at_ += 2;
    return;
  }
  ++at_;
  if (byte == '{')
    frames_.push_back({Frame::Kind::Field, frame.open, frame.isTriple, frame.isRaw, at_ - 1});
  else if (isSpec)
    frames_.pop_back();
  else
    problem({at_ - 1, at_}, "a single `}` in this string closes nothing: write `}}`");
}

} // namespace fraglint
