#include "syntax/line_scanner.h"

#include "syntax/keywords.h"
#include "syntax/line_scanner_state.h"

#include "llvm/ADT/STLExtras.h"

#include <utility>

namespace fraglint {

ScannedLines LineScanner::run() {
  result_.lines.reserve(text_.size() / 32);
  findNuls();
  measureIndent();
  while (at_ < size() || restart()) {
    if (isIn(Frame::Kind::Formatted) || isIn(Frame::Kind::FieldSpec))
      scanFormatted();
    else
      scanCode();
  }
  if (!frames_.empty())
    reportUnclosed(frames_.back());
  endLine();
  if (!blockOwner_.empty())
    checkIndent({}, {size(), size()});
  llvm::stable_sort(result_.problems, [](const SyntaxProblem &a, const SyntaxProblem &b) {
    return a.range.begin < b.range.begin;
  });
  return std::move(result_);
}

/// NUL bytes, which Python takes nowhere and the grammar's scanner for the end of the file.
void LineScanner::findNuls() {
  for (size_t at = text_.find('\0'); at != llvm::StringRef::npos; at = text_.find('\0', at + 1)) {
    auto begin = static_cast<uint32_t>(at);
    problem({begin, begin + 1}, "a NUL byte stands here: the file is damaged or not text");
    result_.misleadsParser = true;
    if (joined_)
      (*joined_)[at] = '_';
  }
}

/// Something opened turns out to be never closed: reads its line again, now taking the first
/// line that looks like a new statement for one. Happens once, so the whole stays linear.
bool LineScanner::restart() {
  bool isOnTriple = llvm::any_of(frames_, [](const Frame &frame) { return frame.isTriple; });
  if (frames_.empty() || isOnTriple || guessesUnclosed_)
    return false;
  guessesUnclosed_ = true;
  frames_.clear();
  result_.problems.resize(lineStart_.problems);
  result_.comments.resize(lineStart_.comments);
  at_ = lineStart_.at;
  if (joined_) {
    joined_->replace(at_, std::string::npos, text_.substr(at_).str());
    std::replace(joined_->begin() + at_, joined_->end(), '\0', '_');
  }
  beginLine();
  return true;
}

void LineScanner::takeLineEnd() {
  if (peek() == '\r' && peek(1) == '\n')
    ++at_;
  ++at_;
  lineIsBare_ = true;
}

/// At the start of a physical line that starts a logical one: skips blank lines and comments,
/// then holds the first token's indentation against the blocks around.
void LineScanner::measureIndent() {
  Indent indent;
  bool isSplit = false; // by a backslash: what follows it does not count
  for (; at_ < size(); ++at_) {
    char byte = text_[at_];
    if (byte == ' ' || byte == '\t') {
      if (!isSplit)
        indent.add(byte);
    } else if (byte == '\f') {
      indent = {};
    } else if (byte == '\\' && (peek(1) == '\n' || peek(1) == '\r')) {
      isSplit = true;
      at_ += peek(1) == '\r' && peek(2) == '\n' ? 2 : 1;
    } else if (byte == '#') {
      takeComment();
      --at_;
    } else if (byte == '\n' || byte == '\r') {
      takeLineEnd();
      --at_;
      indent = {};
      isSplit = false;
    } else {
      break;
    }
  }
  if (at_ >= size())
    return;
  beginLine();
  auto length = static_cast<uint32_t>(std::max<size_t>(wordAt(at_).size(), 1));
  checkRemnant(indent);
  checkIndent(indent, {at_, at_ + length});
  checkClause();
  lineStart_ = {at_, result_.problems.size(), result_.comments.size(), indent.column};
}

/// `else` and its like belong to the line before it at the same depth, blocks left out.
void LineScanner::checkClause() {
  lastKeyword_.resize(indents_.depth() + 1);
  llvm::StringRef before = std::exchange(lastKeyword_.back(), keyword_);
  auto follows = [&](std::initializer_list<llvm::StringRef> words) {
    return llvm::is_contained(words, before);
  };
  TextRange where{lineBegin_, lineBegin_ + static_cast<uint32_t>(keyword_.size())};
  isOrphan_ = true;
  if (keyword_ == "elif" && !follows({"if", "elif"}))
    problem(where, "this `elif` has no `if` above it at the same indentation");
  else if (keyword_ == "else" && !follows({"if", "elif", "for", "while", "except", "try"}))
    problem(where, "this `else` has nothing above it at the same indentation that it could "
                   "belong to");
  else if ((keyword_ == "except" && !follows({"try", "except"})) ||
           (keyword_ == "finally" && !follows({"try", "except", "else"})))
    problem(where, "this `" + keyword_ + "` has no `try` above it at the same indentation");
  else
    isOrphan_ = false;
}

void LineScanner::beginLine() {
  inLine_ = true;
  lineBegin_ = lastTokenBegin_ = lastTokenEnd_ = at_;
  hasColon_ = hasLambda_ = endsEarly_ = false;
  keyword_ = wordAt(at_);
  if (keyword_ == "async") {
    llvm::StringRef rest = text_.substr(at_ + 5).ltrim(" \t\f");
    keyword_ = rest.take_while(isNameByte);
  }
}

void LineScanner::checkRemnant(Indent indent) {
  bool closes = llvm::StringRef(")]}").contains(text_[at_]);
  leavesRemnants_ = leavesRemnants_ && (indent.column > remnantsDeeperThan_ || closes);
  isRemnant_ = leavesRemnants_;
}

/// The current line ended, or will end, before all of it was read.
void LineScanner::leaveRemnants() {
  if (leavesRemnants_)
    return;
  leavesRemnants_ = true;
  remnantsDeeperThan_ = lineStart_.column;
}

/// `where` is the line's first word.
void LineScanner::checkIndent(Indent indent, TextRange where) {
  IndentStep step = indents_.next(indent);
  TextRange owner = std::exchange(blockOwner_, {});
  bool blockMayFollow = std::exchange(blockMayFollow_, false);
  if (!owner.empty() && step != IndentStep::Deeper && step != IndentStep::TooDeep)
    problem(owner,
            "expected an indented block after this `" + text_.slice(owner.begin, owner.end) + "`");
  switch (step) {
  case IndentStep::Same:
  case IndentStep::Out:
    return;
  case IndentStep::Deeper:
    if (blockMayFollow) {
      result_.lines.back().opensBlock = true;
      return;
    }
    leaveRemnants();
    return problem(where, "this line is indented, but the line before it opens no block");
  case IndentStep::NoSuchLevel:
    return problem(where, "this line's indentation fits none of the blocks around it");
  case IndentStep::TooDeep:
    return problem(where, "too many levels of indentation: Python takes at most 99");
  }
}

void LineScanner::endLine() {
  if (!inLine_)
    return;
  inLine_ = false;
  llvm::StringRef last = text_.slice(lastTokenBegin_, lastTokenEnd_);
  blockMayFollow_ = last == ":";
  checkHeader();
  checkEnd();
  result_.lines.push_back(
      {lineBegin_, lastTokenEnd_, lastTokenBegin_, blockMayFollow_, isOrphan_, isRemnant_});
  blockMayFollow_ |= endsEarly_ && opensBlock(keyword_);
}

/// What a line that starts with a keyword like `if` lacks.
void LineScanner::checkHeader() {
  bool isSoft = keyword_ == "match" || keyword_ == "case";
  if (!opensBlock(keyword_) && !(isSoft && blockMayFollow_))
    return;
  auto begin = static_cast<uint32_t>(keyword_.data() - text_.data());
  TextRange keywordRange{begin, begin + static_cast<uint32_t>(keyword_.size())};
  if (!hasColon_) {
    problem({lastTokenBegin_, lastTokenEnd_},
            "expected `:` at the end of this `" + keyword_ + "` line");
    blockMayFollow_ = true;
  } else if (blockMayFollow_) {
    blockOwner_ = keywordRange;
  }
}

/// Words and operators that something must follow on the same line.
void LineScanner::checkEnd() {
  llvm::StringRef last = text_.slice(lastTokenBegin_, lastTokenEnd_);
  if (last.empty())
    return;
  if (llvm::isAlpha(last.front())) {
    if (!opensBlock(keyword_) && wantsMore(last))
      problem({lastTokenBegin_, lastTokenEnd_}, "something must follow this `" + last + "`");
    return;
  }
  auto isOperator = [](char byte) { return llvm::StringRef("+-*/%&|^<>=@!~.").contains(byte); };
  if (!isOperator(last.back()) || !llvm::all_of(last, isOperator))
    return;
  llvm::StringRef line = text_.slice(lineBegin_, lastTokenEnd_);
  size_t length = 1;
  while (length < line.size() && isOperator(line[line.size() - length - 1]))
    ++length;
  llvm::StringRef sign = line.take_back(length);
  bool isStarImport = sign == "*" && (keyword_ == "from" || keyword_ == "import");
  if (sign.ends_with("...") || isStarImport)
    return;
  TextRange where{lastTokenEnd_ - static_cast<uint32_t>(sign.size()), lastTokenEnd_};
  if (sign == "++" || sign == "--")
    problem(where, "Python has no `" + sign + "`: write `" + sign.take_front(1) + "= 1`");
  else
    problem(where, "something must follow this `" + sign + "`");
}

/// At a line end outside of strings.
void LineScanner::newline() {
  if (guessesUnclosed_ && isIn(Frame::Kind::Field) && !frames_.back().isTriple) {
    reportUnclosed(frames_.back());
    abandonLine();
  }
  if (!frames_.empty()) {
    bool isHeader =
        opensBlock(keyword_) && (hasColon_ || text_.slice(lastTokenBegin_, lastTokenEnd_) == ":");
    uint32_t begin = at_;
    takeLineEnd();
    if (!isStatementInsideBrackets(isHeader))
      return blankOut({begin, at_});
    if (restart())
      return;
    reportUnclosed(frames_.back());
    frames_.clear();
    endsEarly_ = true;
    endLine();
    return measureIndent();
  }
  endLine();
  takeLineEnd();
  measureIndent();
}

/// Whether the physical line that starts here is a statement although brackets are open: it
/// starts with what stands in no expression, or, where an open bracket has to be explained,
/// it is not indented deeper than the statement or follows the end of a header.
bool LineScanner::isStatementInsideBrackets(bool isBehindHeader) const {
  Indent indent;
  uint32_t first = at_;
  while (first < size() && (text_[first] == ' ' || text_[first] == '\t' || text_[first] == '\f'))
    indent.add(text_[first++]);
  if (first == size() || (!llvm::isAlpha(text_[first]) && text_[first] != '_'))
    return false;
  if (guessesUnclosed_ && (indent.column <= lineStart_.column || isBehindHeader))
    return true;
  return startsStatementOnly(wordAt(first));
}

void LineScanner::reportUnclosed(const Frame &frame) {
  result_.hasUnclosed = true;
  switch (frame.kind) {
  case Frame::Kind::Bracket:
    return problem({frame.begin, frame.begin + 1}, "this bracket is never closed");
  case Frame::Kind::Field:
  case Frame::Kind::FieldSpec:
    return problem({frame.begin, frame.begin + 1},
                   "this `{` in the string is never closed by a `}`");
  case Frame::Kind::Formatted:
    return reportUnclosedString(frame.begin, frame.isTriple);
  }
}

void LineScanner::takeComment() {
  uint32_t begin = at_;
  llvm::StringRef rest = text_.substr(at_);
  auto length = rest.take_while([](char byte) { return byte != '\n' && byte != '\r'; }).size();
  at_ += static_cast<uint32_t>(length);
  result_.comments.push_back({{begin, at_}, lineIsBare_});
  if (!frames_.empty())
    blankOut({begin, at_});
}

ScannedLines scanLines(llvm::StringRef text) { return LineScanner(text).run(); }

std::string textForParser(llvm::StringRef text) {
  std::string joined = text.str();
  LineScanner(text, &joined).run();
  return joined;
}

llvm::StringRef headerKeyword(llvm::StringRef text, const LogicalLine &line) {
  llvm::StringRef rest = text.slice(line.begin, line.end);
  if (rest.consume_front("async "))
    rest = rest.ltrim(" \t\f");
  llvm::StringRef word = rest.take_while(isNameByte);
  bool isSoft = line.opensBlock && (word == "match" || word == "case");
  return opensBlock(word) || isSoft ? word : llvm::StringRef();
}

} // namespace fraglint
