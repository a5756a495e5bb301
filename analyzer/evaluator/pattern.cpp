#include "evaluator/pattern.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

using Op = Pattern::Op;

/// In a class: stands for a named class as the first of a pair.
constexpr uint8_t kNamedPair = 0;
constexpr size_t kMostDistance = 127;

bool isNamedClass(char c) {
  char lower = llvm::toLower(c);
  return lower == 'd' || lower == 's' || lower == 'w';
}

class PatternCompiler {
public:
  explicit PatternCompiler(llvm::StringRef text) : text_(text) {}
  std::optional<Pattern> compile() {
    if (!sequence())
      return std::nullopt;
    pattern_.isUnbalanced = position_ < text_.size();
    return std::move(pattern_);
  }

private:
  size_t here() const { return pattern_.code.size(); }
  char at(size_t position) const { return position < text_.size() ? text_[position] : '\0'; }
  void emit(Op op) { pattern_.code.push_back(static_cast<uint8_t>(op)); }
  void emit(uint8_t byte) { pattern_.code.push_back(byte); }
  void insert(size_t position, Op op, size_t distance) {
    uint8_t bytes[] = {static_cast<uint8_t>(op), static_cast<uint8_t>(distance)};
    pattern_.code.insert(pattern_.code.begin() + position, bytes, bytes + 2);
    isTooFar_ |= distance > kMostDistance;
  }
  void distance(size_t from, size_t to) {
    auto way = static_cast<int64_t>(to) - static_cast<int64_t>(from) - 2;
    isTooFar_ |= way < -128 || way > 127;
    emit(static_cast<uint8_t>(static_cast<int8_t>(way)));
  }
  bool sequence();
  bool characterClass();
  bool group();
  bool repeat(size_t term);

  llvm::StringRef text_;
  size_t position_ = 0;
  Pattern pattern_;
  bool isTooFar_ = false;
};

bool PatternCompiler::characterClass() {
  ++position_;
  bool isNot = at(position_) == '^';
  emit(isNot ? Op::ClassNot : Op::Class);
  position_ += isNot ? 1 : 0;
  size_t countAt = here();
  emit(uint8_t{0});
  size_t count = 0;
  for (; at(position_) != ']'; ++position_, ++count) {
    char c = at(position_);
    bool isNamed = false;
    if (c == '\\') {
      c = at(++position_);
      isNamed = isNamedClass(c);
    }
    if (c == '\0')
      return false;
    if (!isNamed && at(position_ + 1) == '-' && at(position_ + 2) != ']')
      position_ += 2;
    emit(isNamed ? kNamedPair : static_cast<uint8_t>(c));
    emit(static_cast<uint8_t>(at(position_)));
  }
  pattern_.code[countAt] = static_cast<uint8_t>(count);
  return count <= kMostDistance;
}

// NOLINTBEGIN(misc-no-recursion): as deep as the pattern's parentheses.

bool PatternCompiler::group() {
  bool captures = at(position_ + 1) != '?' || at(position_ + 2) != ':';
  unsigned number = 0;
  if (captures) {
    number = ++pattern_.groups;
    emit(Op::Save);
    emit(static_cast<uint8_t>(2 * number));
  } else {
    position_ += 2;
  }
  ++position_;
  if (!sequence() || at(position_) != ')')
    return false;
  if (captures) {
    emit(Op::Save);
    emit(static_cast<uint8_t>(2 * number + 1));
  }
  return number <= 63;
}

bool PatternCompiler::repeat(size_t term) {
  char kind = at(position_);
  if (here() == term)
    return false;
  bool isLazy = at(position_ + 1) == '?';
  position_ += isLazy ? 1 : 0;
  size_t length = here() - term;
  switch (kind) {
  case '?':
    insert(term, isLazy ? Op::SplitBack : Op::Split, length);
    return true;
  case '*':
    insert(term, isLazy ? Op::SplitBack : Op::Split, length + 2);
    emit(Op::Jump);
    distance(here() - 1, term);
    return true;
  default:
    emit(isLazy ? Op::Split : Op::SplitBack);
    distance(here() - 1, term);
    return true;
  }
}

bool PatternCompiler::sequence() {
  size_t start = here();
  size_t term = start;
  size_t alternative = 0; ///< of the Jump behind the last alternative: its distance
  auto close = [&] {
    if (alternative != 0)
      pattern_.code[alternative] = static_cast<uint8_t>(here() - alternative - 1);
  };
  for (; position_ < text_.size() && at(position_) != ')'; ++position_) {
    char c = at(position_);
    switch (c) {
    case '.':
      term = here();
      emit(Op::Any);
      break;
    case '[':
      term = here();
      if (!characterClass())
        return false;
      break;
    case '(':
      term = here();
      if (!group())
        return false;
      break;
    case '?':
    case '*':
    case '+':
      if (!repeat(term))
        return false;
      term = here();
      break;
    case '|':
      close();
      insert(start, Op::Split, here() - start + 2);
      emit(Op::Jump);
      alternative = here();
      emit(uint8_t{0});
      term = here();
      break;
    case '^':
      emit(Op::LineStart);
      term = here();
      break;
    case '$':
      emit(Op::LineEnd);
      term = here();
      break;
    case '\\':
      c = at(++position_);
      if (position_ >= text_.size())
        return false;
      if (isNamedClass(c)) {
        term = here();
        emit(Op::ClassNamed);
        emit(static_cast<uint8_t>(c));
        break;
      }
      [[fallthrough]];
    default:
      term = here();
      emit(Op::Character);
      emit(static_cast<uint8_t>(c));
    }
  }
  close();
  return !isTooFar_;
}

// NOLINTEND(misc-no-recursion)

bool isInNamedClass(uint8_t name, uint8_t c) {
  auto lower = static_cast<char>(name | 0x20);
  auto character = static_cast<char>(c);
  bool isIn = lower == 'd'   ? llvm::isDigit(character)
              : lower == 's' ? llvm::isSpace(character)
                             : llvm::isAlnum(character) || character == '_';
  return isIn == (static_cast<char>(name) == lower);
}

/// Depth first, as re1.5 goes: the first way that ends in a match.
class Matcher {
public:
  Matcher(const Pattern &pattern, llvm::StringRef subject, llvm::SmallVectorImpl<GroupSpan> &groups)
      : pattern_(pattern), subject_(subject), groups_(groups) {}
  bool run(size_t pc, size_t position, unsigned idle = 0);
  bool isEndless() const { return isEndless_; }
  bool isTooDeep() const { return isTooDeep_; }
  size_t end() const { return end_; }

private:
  uint8_t byte(size_t pc) const { return pattern_.code[pc]; }
  size_t target(size_t pc) const { return pc + 2 + static_cast<int8_t>(byte(pc + 1)); }
  bool isInClass(size_t pc, uint8_t c) const;
  bool save(size_t pc, size_t position, unsigned idle);

  const Pattern &pattern_;
  llvm::StringRef subject_;
  llvm::SmallVectorImpl<GroupSpan> &groups_;
  unsigned steps_ = 0, depth_ = 0;
  bool isEndless_ = false;
  bool isTooDeep_ = false;
  size_t end_ = 0;
};

bool Matcher::isInClass(size_t pc, uint8_t c) const {
  size_t count = byte(pc + 1);
  bool isIn = false;
  for (size_t pair = 0; pair < count && !isIn; ++pair) {
    uint8_t first = byte(pc + 2 + 2 * pair);
    uint8_t last = byte(pc + 3 + 2 * pair);
    isIn = first == kNamedPair ? isInNamedClass(last, c) : c >= first && c <= last;
  }
  return isIn == (static_cast<Op>(byte(pc)) == Op::Class);
}

// NOLINTBEGIN(misc-no-recursion): kMostDepth bounds it.

bool Matcher::save(size_t pc, size_t position, unsigned idle) {
  unsigned slot = byte(pc + 1);
  GroupSpan &span = groups_[slot / 2];
  size_t &place = slot % 2 == 0 ? span.start : span.end;
  size_t before = place;
  place = position;
  if (run(pc + 2, position, idle + 1))
    return true;
  place = before;
  return false;
}

/// `idle` counts the calls since a character was taken.
bool Matcher::run(size_t pc, size_t position, unsigned idle) {
  constexpr unsigned kMostSteps = 200000;
  constexpr unsigned kMostDepth = 2000;
  constexpr unsigned kMostIdle = 500;
  isEndless_ |= idle > kMostIdle;
  if (++depth_ > kMostDepth || isEndless_)
    isTooDeep_ = true;
  auto leave = [&](bool result) {
    --depth_;
    return result && !isTooDeep_;
  };
  while (!isTooDeep_) {
    if (++steps_ > kMostSteps) {
      isTooDeep_ = true;
      break;
    }
    if (pc >= pattern_.code.size()) {
      end_ = position;
      return leave(true);
    }
    Op op = static_cast<Op>(byte(pc));
    bool takes = op == Op::Character || op == Op::Any || op == Op::Class || op == Op::ClassNot ||
                 op == Op::ClassNamed;
    if (takes && position >= subject_.size())
      return leave(false);
    uint8_t c = takes ? static_cast<uint8_t>(subject_[position]) : 0;
    switch (op) {
    case Op::Character:
      if (c != byte(pc + 1))
        return leave(false);
      pc += 2;
      break;
    case Op::Any:
      pc += 1;
      break;
    case Op::Class:
    case Op::ClassNot:
      if (!isInClass(pc, c))
        return leave(false);
      pc += 2 + 2 * static_cast<size_t>(byte(pc + 1));
      break;
    case Op::ClassNamed:
      if (!isInNamedClass(byte(pc + 1), c))
        return leave(false);
      pc += 2;
      break;
    case Op::LineStart:
      if (position != 0)
        return leave(false);
      pc += 1;
      break;
    case Op::LineEnd:
      if (position != subject_.size())
        return leave(false);
      pc += 1;
      break;
    case Op::Jump:
      pc = target(pc);
      break;
    case Op::Split:
      if (run(pc + 2, position, idle + 1))
        return leave(true);
      pc = target(pc);
      break;
    case Op::SplitBack:
      if (run(target(pc), position, idle + 1))
        return leave(true);
      pc += 2;
      break;
    case Op::Save:
      return leave(save(pc, position, idle));
    case Op::Match:
      end_ = position;
      return leave(true);
    }
    position += takes ? 1 : 0;
    idle = takes ? 0 : idle;
  }
  return leave(false);
}

// NOLINTEND(misc-no-recursion)

} // namespace

std::optional<Pattern> compilePattern(llvm::StringRef text) {
  return PatternCompiler(text).compile();
}

PatternMatch matchPattern(const Pattern &pattern, llvm::StringRef subject, size_t start,
                          bool isAnchored) {
  PatternMatch result;
  for (size_t from = start; from <= subject.size(); ++from) {
    result.groups.assign(pattern.groups + 1, GroupSpan());
    Matcher matcher(pattern, subject, result.groups);
    if (matcher.run(0, from)) {
      result.isMatch = true;
      result.groups[0] = {from, matcher.end()};
      return result;
    }
    result.isTooDeep |= matcher.isTooDeep();
    result.isEndless |= matcher.isEndless();
    if (isAnchored || result.isTooDeep)
      break;
  }
  return result;
}

} // namespace fraglint
