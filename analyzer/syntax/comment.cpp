#include "syntax/comment.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kBlanks(" \t\f\v");

bool isWordByte(char byte) { return llvm::isAlnum(byte) || byte == '-' || byte == '_'; }

/// Reads a comment from left to right and knows where in the file it stands.
class DirectiveReader {
public:
  DirectiveReader(llvm::StringRef text, uint32_t begin, Directive &directive)
      : rest_(text), end_(begin + static_cast<uint32_t>(text.size())), directive_(directive) {}

  uint32_t offset() const { return end_ - static_cast<uint32_t>(rest_.size()); }
  llvm::StringRef rest() const { return rest_; }
  void skipBlanks() { rest_ = rest_.ltrim(kBlanks); }
  void rewind(llvm::StringRef rest) { rest_ = rest; }
  bool consume(llvm::StringRef expected) { return rest_.consume_front(expected); }

  template <typename Predicate> llvm::StringRef takeWhile(Predicate accepts) {
    llvm::StringRef taken = rest_.take_while(accepts);
    rest_ = rest_.drop_front(taken.size());
    return taken;
  }

  void addArgument(llvm::StringRef argument, uint32_t begin) {
    directive_.arguments.push_back(argument.str());
    directive_.argumentRanges.push_back({begin, begin + static_cast<uint32_t>(argument.size())});
  }

  /// `[A, B]`, its opening bracket already taken.
  void readBracketed() {
    while (true) {
      skipBlanks();
      uint32_t begin = offset();
      llvm::StringRef argument =
          takeWhile([](char byte) { return byte != ',' && byte != ']' && byte != '#'; });
      argument = argument.rtrim(kBlanks);
      if (!argument.empty())
        addArgument(argument, begin);
      if (consume(","))
        continue;
      directive_.malformed |= !consume("]") || directive_.arguments.empty();
      return;
    }
  }

  /// The one argument behind `=` or `<=`, that sign already taken.
  void readValue() {
    skipBlanks();
    uint32_t begin = offset();
    llvm::StringRef value =
        takeWhile([](char byte) { return byte != ',' && byte != '#' && !kBlanks.contains(byte); });
    directive_.malformed |= value.empty();
    if (!value.empty())
      addArgument(value, begin);
  }

  /// Everything up to the next comment inside this one (`# pylint: …`, but not `#12`).
  void readReason() {
    llvm::StringRef reason = rest_;
    for (size_t at = reason.find('#'); at != llvm::StringRef::npos; at = reason.find('#', at + 1)) {
      bool startsComment = at + 1 < reason.size() && !llvm::isDigit(reason[at + 1]);
      if ((at == 0 || kBlanks.contains(reason[at - 1])) && startsComment) {
        reason = reason.take_front(at);
        break;
      }
    }
    reason = reason.rtrim(kBlanks);
    directive_.range.end = offset() + static_cast<uint32_t>(reason.size());
    directive_.reason = reason.ltrim(" \t\f\v:-").str();
  }

private:
  llvm::StringRef rest_;
  uint32_t end_;
  Directive &directive_;
};

/// What stands behind `fraglint:`.
void readFraglint(DirectiveReader &reader, Directive &directive) {
  reader.skipBlanks();
  directive.word = reader.takeWhile(isWordByte).str();
  directive.malformed = directive.word.empty();
  llvm::StringRef before = reader.rest();
  reader.skipBlanks();
  directive.isAtMost = reader.consume("<=");
  if (directive.isAtMost || reader.consume("="))
    reader.readValue();
  else if (before.starts_with("[") && reader.consume("["))
    reader.readBracketed();
  reader.readReason();
}

/// A code as flake8 knows them: letters, then digits.
bool isCode(llvm::StringRef word) {
  llvm::StringRef digits = word.drop_while([](char byte) { return llvm::isAlpha(byte); });
  return digits.size() < word.size() && !digits.empty() && llvm::all_of(digits, llvm::isDigit);
}

/// What stands behind `noqa`. Words that are no codes make it a plain one, as in flake8.
void readNoqa(DirectiveReader &reader, Directive &directive) {
  directive.word = "noqa";
  reader.skipBlanks();
  if (reader.consume(":")) {
    while (true) {
      llvm::StringRef before = reader.rest();
      reader.takeWhile([](char byte) { return byte == ',' || kBlanks.contains(byte); });
      uint32_t begin = reader.offset();
      llvm::StringRef code = reader.takeWhile(isWordByte);
      if (!isCode(code)) {
        reader.rewind(before);
        break;
      }
      reader.addArgument(code, begin);
    }
  }
  reader.readReason();
}

/// Where the directive named `name` starts behind the `#` at the front of `text`: the number
/// of bytes up to the end of its name, or 0.
size_t nameLength(llvm::StringRef text, llvm::StringRef name) {
  llvm::StringRef rest = text.drop_front().ltrim(kBlanks);
  if (!rest.starts_with_insensitive(name))
    return 0;
  rest = rest.drop_front(name.size());
  bool goesOn = !rest.empty() && isWordByte(rest.front());
  return goesOn ? 0 : text.size() - rest.size();
}

/// The directive at the `#` at the front of `text`, which stands at offset `begin`.
std::optional<Directive> directiveAt(llvm::StringRef text, uint32_t begin, bool isNoqa) {
  Directive directive;
  directive.range = {begin, begin};
  size_t length = nameLength(text, isNoqa ? "noqa" : "fraglint");
  if (length == 0)
    return std::nullopt;
  DirectiveReader reader(text.drop_front(length), begin + static_cast<uint32_t>(length), directive);
  if (isNoqa) {
    readNoqa(reader, directive);
    return directive;
  }
  reader.skipBlanks();
  if (!reader.consume(":"))
    return std::nullopt; // prose about this tool
  readFraglint(reader, directive);
  return directive;
}

} // namespace

std::optional<Directive> parseDirective(const Comment &comment, llvm::StringRef text) {
  for (bool isNoqa : {false, true}) {
    for (size_t at = text.find('#'); at != llvm::StringRef::npos; at = text.find('#', at + 1)) {
      uint32_t begin = comment.range.begin + static_cast<uint32_t>(at);
      std::optional<Directive> directive = directiveAt(text.drop_front(at), begin, isNoqa);
      if (!directive)
        continue;
      // One behind other words still stands alone on its line where the whole comment does.
      directive->ownLine = comment.ownLine;
      return directive;
    }
  }
  return std::nullopt;
}

} // namespace fraglint
