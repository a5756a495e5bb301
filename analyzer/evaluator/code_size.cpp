#include "evaluator/code_size.h"

#include "evaluator/operators.h"
#include "evaluator/parse_cost.h"

namespace fraglint {

namespace {

/// Bytes of a number in groups of seven bits.
uint32_t groups(uint64_t value) {
  uint32_t bytes = 1;
  for (; value > 0x7f; value >>= 7)
    ++bytes;
  return bytes;
}

uint32_t signedGroups(int64_t value) {
  uint32_t bytes = 1;
  for (; value < -64 || value > 63; value >>= 7)
    ++bytes;
  return bytes;
}

bool isSame(const Constant &a, const Constant &b) {
  if (a.kind != b.kind || a.integer != b.integer || a.real != b.real || a.text != b.text ||
      a.items.size() != b.items.size())
    return false;
  if (a.kind == Constant::Kind::BigInt)
    return a.big.getBitWidth() == b.big.getBitWidth() && a.big == b.big;
  for (size_t i = 0; i < a.items.size(); ++i)
    if (!isSame(a.items[i], b.items[i]))
      return false;
  return true;
}

/// Sizes the instructions as the firmware's emitter does: jumps are long at first and are judged
/// by where their targets were in the pass before.
class Sizer {
public:
  Sizer(const Code &code, const FirmwareProfile &profile, SharedTables &tables)
      : code_(code), profile_(profile), tables_(tables) {}

  CodeSize size() {
    size_t count = code_.instructions.size();
    std::vector<uint32_t> before(count + 1, 0), now(count + 1, 0);
    std::vector<bool> targets = jumpTargets();
    CodeSize result;
    uint32_t prelude = preludeBytes();
    for (unsigned pass = 0; pass < 2; ++pass) {
      uint32_t offset = 0, lines = 0, lineOffset = 0, line = 1;
      bool isDead = false;
      for (size_t i = 0; i < count; ++i) {
        now[i] = offset;
        isDead = isDead && !targets[i];
        if (isDead)
          continue;
        isDead = endsPath(code_.instructions[i].op);
        if (uint32_t at = lineOf(code_.sites[i]); at > line) {
          lines += lineBytes(offset - lineOffset, at - line);
          line = at;
          lineOffset = offset;
        }
        offset += instructionBytes(i, offset, pass, now, before);
      }
      now[count] = offset;
      // How long the line table and the names are: seven bits, one of which counts cells.
      uint32_t size = prelude + lines > 64 || code_.cells.size() > 1 ? 2 : 1;
      result.bytes = prelude + lines + offset + size;
      before = now;
    }
    result.bytes += static_cast<uint32_t>(code_.cells.size());
    result.identifiers = identifiers();
    result.labels = labels();
    return result;
  }

private:
  static uint32_t lineOf(SyntaxNode site) {
    return site
               ? site.tree().file().lines().position(site.range().begin, ColumnUnit::Bytes).line + 1
               : 0;
  }

  static uint32_t lineBytes(uint32_t bytes, uint32_t lines) {
    uint32_t size = 0;
    while (bytes > 0 || lines > 0) {
      uint32_t b, l;
      if (lines <= 6 || bytes > 15) {
        b = std::min<uint32_t>(bytes, 31);
        l = b < bytes ? 0 : std::min<uint32_t>(lines, 3);
        size += 1;
      } else {
        b = std::min<uint32_t>(bytes, 15);
        l = std::min<uint32_t>(lines, 2047);
        size += 2;
      }
      bytes -= b;
      lines -= l;
    }
    return size;
  }

  /// What follows is not emitted until something jumps there.
  static bool endsPath(Op op) {
    return op == Op::Jump || op == Op::Return || op == Op::Raise || op == Op::UnwindJump ||
           op == Op::PopExceptJump;
  }

  static bool isJump(Op op) {
    switch (op) {
    case Op::Jump:
    case Op::PopJumpIfTrue:
    case Op::PopJumpIfFalse:
    case Op::JumpIfTrueOrPop:
    case Op::JumpIfFalseOrPop:
    case Op::SetUpExcept:
    case Op::SetUpFinally:
    case Op::SetUpWith:
    case Op::PopExceptJump:
    case Op::ForIterator:
    case Op::UnwindJump:
      return true;
    default:
      return false;
    }
  }

  std::vector<bool> jumpTargets() const {
    std::vector<bool> targets(code_.instructions.size() + 1, false);
    for (const Instruction &one : code_.instructions)
      if (isJump(one.op) && one.a >= 0 && static_cast<size_t>(one.a) < targets.size())
        targets[one.a] = true;
    return targets;
  }

  uint32_t nameBytes(llvm::StringRef name) { return groups(tables_.nameIndex(name)); }

  uint32_t preludeBytes() {
    uint32_t size = code_.stateWords() > 16 || code_.positional > 3 || code_.keywordOnly > 0 ||
                            code_.positionalDefaults > 1 || code_.handlerDepth > 1
                        ? 2
                        : 1;
    size += nameBytes(code_.kind == CodeKind::Module ? "<module>" : code_.name);
    size_t first = code_.closure.size();
    // Cells that are given to it have no name of their own.
    if (first > 0)
      size += static_cast<uint32_t>(first) * nameBytes("*");
    for (uint32_t i = 0; i < uint32_t{code_.positional} + code_.keywordOnly; ++i)
      if (first + i < code_.locals.size())
        size += nameBytes(code_.locals[first + i]);
    return size;
  }

  uint32_t constantBytes(const Constant &value) {
    using Kind = Constant::Kind;
    switch (value.kind) {
    case Kind::None:
    case Kind::True:
    case Kind::False:
      return 1;
    case Kind::Int:
      if (value.integer >= -16 && value.integer <= 47)
        return 1;
      return 1 + signedGroups(value.integer);
    case Kind::Str:
      if (isInternedText(value.text, profile_) || tables_.interned.contains(value.text))
        return 1 + nameBytes(value.text);
      break;
    case Kind::Tuple:
      if (value.items.empty())
        return 2; // made anew
      break;
    default:
      break;
    }
    return 1 + groups(tables_.constantIndex(value));
  }

  uint32_t localBytes(int32_t local) const { return local < 16 ? 1 : 2; }

  uint32_t jumpBytes(size_t at, uint32_t offset, unsigned pass, bool isSigned,
                     const std::vector<uint32_t> &now, const std::vector<uint32_t> &before) const {
    if (pass == 0)
      return 3;
    auto target = static_cast<size_t>(code_.instructions[at].a);
    if (target >= now.size())
      return 3;
    int64_t place = target <= at ? now[target] : before[target];
    int64_t distance = place - offset - 2;
    bool isShort = isSigned ? distance >= -64 && distance <= 63 : distance >= 0 && distance <= 127;
    return isShort ? 2 : 3;
  }

  uint32_t instructionBytes(size_t at, uint32_t offset, unsigned pass,
                            const std::vector<uint32_t> &now, const std::vector<uint32_t> &before) {
    const Instruction &one = code_.instructions[at];
    auto jump = [&](bool isSigned) { return jumpBytes(at, offset, pass, isSigned, now, before); };
    auto name = [&] { return 1 + nameBytes(code_.names[one.a]); };
    switch (one.op) {
    case Op::LoadConstant:
      return constantBytes(code_.constants[one.a]);
    case Op::LoadLocal:
    case Op::StoreLocal:
      return localBytes(one.a);
    case Op::DeleteLocal:
    case Op::LoadCell:
    case Op::StoreCell:
    case Op::DeleteCell:
      return 2;
    case Op::LoadName:
    case Op::StoreName:
    case Op::DeleteName:
    case Op::LoadGlobal:
    case Op::StoreGlobal:
    case Op::DeleteGlobal:
    case Op::LoadAttribute:
    case Op::StoreAttribute:
    case Op::LoadMethod:
    case Op::LoadSuperMethod:
    case Op::ImportName:
    case Op::ImportFrom:
      return name();
    case Op::DeleteAttribute:
      return 2 + name();
    case Op::DeleteSubscript:
      return 3;
    case Op::Jump:
    case Op::PopJumpIfTrue:
    case Op::PopJumpIfFalse:
      return jump(true);
    case Op::JumpIfTrueOrPop:
    case Op::JumpIfFalseOrPop:
    case Op::SetUpExcept:
    case Op::SetUpFinally:
    case Op::SetUpWith:
    case Op::PopExceptJump:
    case Op::ForIterator:
      return jump(false);
    case Op::UnwindJump:
      return 1 + jump(true);
    case Op::Compare: {
      auto op = static_cast<CompareOperator>(one.a);
      return op == CompareOperator::NotIn || op == CompareOperator::IsNot ? 2 : 1;
    }
    case Op::BuildTuple:
    case Op::BuildList:
    case Op::BuildSet:
    case Op::BuildMap:
    case Op::UnpackSequence:
      return 1 + groups(static_cast<uint32_t>(one.a));
    case Op::BuildSlice:
      return 2;
    case Op::StoreComprehension:
    case Op::MakeFunction:
      return one.b & 2 ? 3 : 2;
    case Op::UnpackWithStar:
    case Op::CallFunction:
    case Op::CallMethod:
    case Op::CallStarred:
    case Op::CallMethodStarred:
      return 1 + groups(static_cast<uint32_t>(one.a) | static_cast<uint32_t>(one.b) << 8);
    case Op::Raise:
      return 1;
    case Op::PassStart:
    case Op::Unknown:
      return 0;
    default:
      return 1;
    }
  }

  uint32_t identifiers() const {
    llvm::StringSet<> names;
    for (llvm::StringRef local : code_.locals)
      names.insert(local);
    for (const Instruction &one : code_.instructions)
      switch (one.op) {
      case Op::LoadName:
      case Op::StoreName:
      case Op::DeleteName:
      case Op::LoadGlobal:
      case Op::StoreGlobal:
      case Op::DeleteGlobal:
        names.insert(code_.names[one.a]);
        break;
      default:
        break;
      }
    return static_cast<uint32_t>(names.size()) + (code_.kind == CodeKind::Class ? 1 : 0);
  }

  uint32_t labels() const {
    uint32_t count = 0;
    for (const Instruction &one : code_.instructions)
      count += isJump(one.op) ? 1 : 0;
    return count;
  }

  const Code &code_;
  const FirmwareProfile &profile_;
  SharedTables &tables_;
};

} // namespace

uint32_t SharedTables::nameIndex(llvm::StringRef name) {
  return names.try_emplace(name, static_cast<uint32_t>(names.size())).first->second;
}

uint32_t SharedTables::constantIndex(const Constant &constant) {
  for (uint32_t i = 0; i < constants.size(); ++i)
    if (isSame(*constants[i], constant))
      return i;
  constants.push_back(&constant);
  return static_cast<uint32_t>(constants.size() - 1);
}

CodeSize codeSize(const Code &code, const FirmwareProfile &profile, SharedTables &tables) {
  return Sizer(code, profile, tables).size();
}

} // namespace fraglint
