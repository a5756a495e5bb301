#include "evaluator/code_nesting.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

void CodeBuilder::buildSequence(Op op, SyntaxNode display) {
  int count = 0;
  for (SyntaxNode item : display.children()) {
    if (item.kind() == NodeKind::ListSplat) {
      // The firmware's compiler refuses these.
      emitUnknown("stars in displays are not known to the firmware", 1);
    } else {
      build(item);
    }
    ++count;
  }
  emit(op, 1 - count, count);
}

void CodeBuilder::buildDictionary(SyntaxNode dictionary) {
  int32_t count = 0;
  for (SyntaxNode item : dictionary.children())
    count += item.kind() == NodeKind::Pair ? 1 : 0;
  emit(Op::BuildMap, 1, count);
  for (SyntaxNode item : dictionary.children()) {
    if (item.kind() != NodeKind::Pair)
      continue;
    build(item.child(Field::Value));
    build(item.child(Field::Key));
    emit(Op::StoreMap, -2);
  }
}

/// An f-string is compiled as `"…{}…".format(…)`.
void CodeBuilder::buildFormatted(SyntaxNode string) {
  if (!isFormatted(string))
    return emitUnknown("this literal is not read", 1);
  std::string format;
  llvm::SmallVector<SyntaxNode, 4> values;
  auto addText = [&](llvm::StringRef text, bool isPlain) {
    for (char c : text) {
      format += c;
      if (isPlain && (c == '{' || c == '}'))
        format += c; // `format` reads doubled braces
    }
  };
  llvm::SmallVector<SyntaxNode, 4> parts;
  if (string.kind() == NodeKind::ConcatenatedString)
    parts.assign(string.children().begin(), string.children().end());
  else
    parts.push_back(string);
  for (SyntaxNode part : parts) {
    if (!isFormatted(part)) {
      std::optional<Constant> text = stringConstant(part);
      addText(text ? text->text : "", /*isPlain=*/true);
      continue;
    }
    bool isRaw = part.firstChild().text().find_first_of("rR") != llvm::StringRef::npos;
    uint32_t at = part.firstChild().range().end;
    uint32_t base = part.range().begin;
    auto textBetween = [&](uint32_t begin, uint32_t end) {
      // Doubled braces stay doubled, which is what `format` wants.
      addText(decodeContent(part.text().slice(begin - base, end - base), isRaw, false), false);
    };
    for (SyntaxNode child : part.children()) {
      if (child.kind() != NodeKind::Interpolation)
        continue;
      textBetween(at, child.range().begin);
      at = child.range().end;
      SyntaxNode value = child.child(Field::Expression);
      if (child.child(NodeKind::Equals))
        addText((value.text() + "=").str(), /*isPlain=*/true);
      values.push_back(value);
      format += '{';
      if (SyntaxNode conversion = child.child(Field::TypeConversion))
        format += conversion.text();
      if (SyntaxNode spec = child.child(Field::FormatSpecifier)) {
        uint32_t specAt = spec.range().begin;
        for (SyntaxNode nested : spec.children()) {
          if (nested.kind() != NodeKind::FormatExpression &&
              nested.kind() != NodeKind::Interpolation)
            continue;
          format += spec.text().slice(specAt - spec.range().begin,
                                      nested.range().begin - spec.range().begin);
          format += "{}";
          values.push_back(nested.child(Field::Expression));
          specAt = nested.range().end;
        }
        format += spec.text().substr(specAt - spec.range().begin);
      }
      format += '}';
    }
    SyntaxNode last = part.firstChild();
    while (SyntaxNode next = last.nextSibling())
      last = next;
    textBetween(at, last.range().begin);
  }
  emitString(format);
  emit(Op::LoadMethod, 1, nameIndex("format"));
  for (SyntaxNode value : values)
    build(value);
  auto count = static_cast<int32_t>(values.size());
  emit(Op::CallMethod, -count - 1, count);
}

// --- Functions -------------------------------------------------------------------------------

void CodeBuilder::buildFunctionObject(SyntaxNode node, CodeKind kind) {
  bool hasDefaults = buildDefaults(node.child(Field::Parameters)) != 0;
  int32_t index = 0;
  Code &child = addChild(node, kind, index);
  CodeBuilder builder(context_, child, context_.variables.scopeOf(node));
  if (kind == CodeKind::Lambda) {
    child.name = "<lambda>";
    builder.buildLambda(node);
  } else {
    child.name = node.child(Field::Name).text();
    child.isAsync = static_cast<bool>(node.child(NodeKind::Async));
    child.isGenerator = child.isAsync;
    builder.buildFunction(node);
  }
  makeFunction(index, hasDefaults);
}

void CodeBuilder::buildComprehensionCall(SyntaxNode comprehension, CodeKind kind) {
  int32_t index = 0;
  Code &child = addChild(comprehension, kind, index);
  static constexpr llvm::StringLiteral kNames[] = {"<listcomp>", "<dictcomp>", "<setcomp>",
                                                   "<genexpr>"};
  child.name = kNames[static_cast<size_t>(kind) - static_cast<size_t>(CodeKind::List)];
  CodeBuilder(context_, child, context_.variables.scopeOf(comprehension))
      .buildComprehension(comprehension);
  makeFunction(index, false);
  build(comprehension.child(NodeKind::ForInClause).child(Field::Right));
  site_ = comprehension;
  if (kind == CodeKind::Generator)
    emit(Op::GetIterator, 0);
  emit(Op::CallFunction, -1, 1);
}

void CodeBuilder::buildComprehensionLoop(SyntaxNode comprehension, SyntaxNode clause, int depth) {
  Nesting nesting(*this);
  if (nesting.isTooDeep())
    return emitUnknown("this comprehension is nested too deeply", 0);
  Label top = newLabel(), end = newLabel();
  site_ = clause;
  place(top);
  int32_t inside = height_;
  {
    JoinAt join(*this, end);
    emitJump(Op::ForIterator, 1, end);
  }
  store(clause.child(Field::Left));
  SyntaxNode next = clause.nextSibling();
  for (; next.kind() == NodeKind::IfClause; next = next.nextSibling()) {
    JoinAt join(*this, top);
    buildCondition(next.firstChild(), /*jumpIf=*/false, top);
  }
  if (next.kind() == NodeKind::ForInClause) {
    build(next.child(Field::Right));
    emit(Op::GetIteratorOnStack, 3);
    buildComprehensionLoop(comprehension, next, depth + 1);
  } else {
    SyntaxNode body = comprehension.child(Field::Body);
    site_ = body;
    int32_t place = 4 * depth + 5;
    switch (code_.kind) {
    case CodeKind::Generator:
      build(body);
      emit(Op::Yield, 0);
      emit(Op::Pop, -1);
      break;
    case CodeKind::Dict:
      build(body.child(Field::Value));
      build(body.child(Field::Key));
      emit(Op::StoreComprehension, -2, 1, place + 1);
      break;
    default:
      build(body);
      emit(Op::StoreComprehension, -1, code_.kind == CodeKind::Set ? 2 : 0, place);
    }
  }
  site_ = clause;
  emitJump(Op::Jump, 0, top);
  labels_[end].height = inside - 4;
  place(end);
  adjust(-4);
}

} // namespace fraglint
