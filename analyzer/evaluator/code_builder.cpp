#include "evaluator/code_builder.h"

#include "evaluator/code_nesting.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include <algorithm>

namespace fraglint {

std::unique_ptr<const Code> buildCode(const SemanticModel &model, const Variables &variables,
                                      uint32_t file, const FirmwareProfile &profile) {
  auto code = std::make_unique<Code>();
  code->kind = CodeKind::Module;
  code->file = file;
  code->isPackage =
      llvm::sys::path::filename(model.files()[file].tree->file().path()) == "__init__.py";
  ConstantFolder constants(profile);
  CodeBuilder::Context context{model, variables, profile, constants};
  CodeBuilder(context, *code, model.files()[file].scope).buildModule();
  return code;
}

void CodeBuilder::buildModule() {
  const ModuleFile &file = context_.model.files()[code_.file];
  for (uint32_t index = 0; index < file.tree->statementCount(); ++index)
    buildStatement(
        context_.model.tree().node(file.firstOrdinal + file.tree->statement(index).ordinal()));
  emitNone();
  emit(Op::Return, -1);
  finish();
}

void CodeBuilder::buildFunction(SyntaxNode definition) {
  readParameters(definition.child(Field::Parameters));
  bindVariables();
  buildBlock(definition.child(Field::Body));
  emitNone();
  emit(Op::Return, -1);
  finish();
}

void CodeBuilder::buildLambda(SyntaxNode lambda) {
  readParameters(lambda.child(Field::Parameters));
  bindVariables();
  site_ = lambda;
  build(lambda.child(Field::Body));
  if (code_.isGenerator) {
    emit(Op::Pop, -1);
    emitNone();
  }
  emit(Op::Return, -1);
  finish();
}

void CodeBuilder::buildClass(SyntaxNode definition) {
  addLocal(kOwnClass);
  bindVariables();
  site_ = definition;
  loadVariable("__name__");
  storeVariable("__module__");
  emitString(definition.child(Field::Name).text());
  storeVariable("__qualname__");
  buildBlock(definition.child(Field::Body));
  if (code_.cells.empty())
    emitNone();
  else
    emit(Op::LoadLocal, 1, localIndex(kOwnClass)); // the cell: it gets the class
  emit(Op::Return, -1);
  finish();
}

void CodeBuilder::buildComprehension(SyntaxNode comprehension) {
  addLocal(""); // the iterator that it is given
  code_.positional = 1;
  bindVariables();
  site_ = comprehension;
  if (code_.kind == CodeKind::List)
    emit(Op::BuildList, 1);
  else if (code_.kind == CodeKind::Dict)
    emit(Op::BuildMap, 1);
  else if (code_.kind == CodeKind::Set)
    emit(Op::BuildSet, 1);
  if (code_.kind == CodeKind::Generator) {
    code_.isGenerator = true;
    emit(Op::LoadLocal, 1, localIndex(""));
    for (int place = 0; place < 3; ++place)
      emit(Op::LoadNull, 1);
  } else {
    emit(Op::LoadLocal, 1, localIndex(""));
    emit(Op::GetIteratorOnStack, 3);
  }
  buildComprehensionLoop(comprehension, comprehension.child(NodeKind::ForInClause), 0);
  if (code_.kind == CodeKind::Generator)
    emitNone();
  emit(Op::Return, -1);
  finish();
}

// --- Emission --------------------------------------------------------------------------------

uint32_t CodeBuilder::emit(Op op, int effect, int32_t a, int32_t b) {
  auto index = static_cast<uint32_t>(code_.instructions.size());
  code_.instructions.push_back({op, a, b});
  code_.sites.push_back(site_);
  code_.heights.push_back(static_cast<uint16_t>(height_));
  joinOf_.push_back(join_);
  height_ = std::max(0, height_ + effect);
  adjust(effect);
  return index;
}

/// Changes the depth alone: room that the firmware sets aside.
void CodeBuilder::adjust(int depth) {
  depth_ = std::max(0, depth_ + depth);
  code_.stackSize = std::max(code_.stackSize, static_cast<uint16_t>(depth_));
}

CodeBuilder::Label CodeBuilder::newLabel() {
  labels_.push_back({});
  return static_cast<Label>(labels_.size() - 1);
}

void CodeBuilder::emitJump(Op op, int effect, Label target, int32_t b) {
  emit(op, effect, static_cast<int32_t>(target), b);
  bool keepsTop = op == Op::JumpIfTrueOrPop || op == Op::JumpIfFalseOrPop;
  labels_[target].height = keepsTop ? height_ + 1 : height_;
}

void CodeBuilder::place(Label label) {
  labels_[label].at = static_cast<int32_t>(code_.instructions.size());
  if (labels_[label].height >= 0)
    height_ = labels_[label].height;
}

int32_t CodeBuilder::nameIndex(llvm::StringRef name) {
  auto found = llvm::find(code_.names, name);
  if (found == code_.names.end())
    found = code_.names.insert(code_.names.end(), name.str());
  return static_cast<int32_t>(found - code_.names.begin());
}

void CodeBuilder::emitConstant(const Constant &constant) {
  code_.constants.push_back(constant);
  emit(Op::LoadConstant, 1, static_cast<int32_t>(code_.constants.size() - 1));
}

void CodeBuilder::emitString(llvm::StringRef text) {
  Constant constant;
  constant.kind = Constant::Kind::Str;
  constant.text = text.str();
  emitConstant(constant);
}

void CodeBuilder::emitUnknown(llvm::StringRef reason, int effect) {
  emit(Op::Unknown, effect, nameIndex(reason), effect);
}

void CodeBuilder::enterHandler(Op op, Label label) {
  emitJump(op, op == Op::SetUpWith ? 2 : 0, label);
  ++handlers_;
  code_.handlerDepth = std::max(code_.handlerDepth, handlers_);
}

void CodeBuilder::leaveHandler() {
  emit(Op::EndFinally, -1);
  --handlers_;
}

/// Targets and meeting points, from labels to indexes.
void CodeBuilder::finish() {
  code_.joins.assign(code_.instructions.size(), 0);
  for (size_t i = 0; i < code_.instructions.size(); ++i) {
    Instruction &instruction = code_.instructions[i];
    switch (instruction.op) {
    case Op::PassStart:
    case Op::Jump:
    case Op::PopJumpIfTrue:
    case Op::PopJumpIfFalse:
    case Op::JumpIfTrueOrPop:
    case Op::JumpIfFalseOrPop:
    case Op::UnwindJump:
    case Op::SetUpExcept:
    case Op::SetUpFinally:
    case Op::SetUpWith:
    case Op::PopExceptJump:
    case Op::ForIterator:
      instruction.a = labels_[static_cast<size_t>(instruction.a)].at;
      break;
    default:
      break;
    }
    if (joinOf_[i])
      code_.joins[i] = static_cast<uint32_t>(labels_[joinOf_[i]].at);
  }
  for (WhileLoop &loop : code_.loops)
    for (uint32_t *place : {&loop.top, &loop.condition, &loop.behind})
      *place = static_cast<uint32_t>(labels_[*place].at);
}

// --- Variables -------------------------------------------------------------------------------

void CodeBuilder::addLocal(llvm::StringRef name) {
  if (!llvm::is_contained(code_.locals, name))
    code_.locals.push_back(name);
}

int32_t CodeBuilder::localIndex(llvm::StringRef name) const {
  return static_cast<int32_t>(llvm::find(code_.locals, name) - code_.locals.begin());
}

/// After the parameters: the rest of the locals, with the free ones in front of all.
void CodeBuilder::bindVariables() {
  llvm::ArrayRef<llvm::StringRef> free = context_.variables.freeIn(scope_);
  code_.locals.insert(code_.locals.begin(), free.begin(), free.end());
  for (llvm::StringRef name : free)
    code_.closure.push_back({name, 0});
  const Scope &scope = context_.model.scope(scope_);
  if (scope.kind != ScopeKind::Class)
    for (SymbolId id : scope.symbols) {
      llvm::StringRef name = context_.model.symbol(id).name;
      Storage storage = context_.variables.storageOf(scope_, name);
      if (storage == Storage::Local || storage == Storage::Cell)
        addLocal(name);
    }
  for (size_t i = 0; i < code_.locals.size(); ++i)
    if (context_.variables.storageOf(scope_, code_.locals[i]) == Storage::Cell)
      code_.cells.push_back(static_cast<uint16_t>(i));
}

void CodeBuilder::loadVariable(llvm::StringRef name) {
  switch (context_.variables.storageOf(scope_, name)) {
  case Storage::Local:
    emit(Op::LoadLocal, 1, localIndex(name));
    break;
  case Storage::Cell:
  case Storage::Free:
    emit(Op::LoadCell, 1, localIndex(name));
    break;
  case Storage::Global:
    emit(code_.kind == CodeKind::Module ? Op::LoadName : Op::LoadGlobal, 1, nameIndex(name));
    break;
  case Storage::Named:
    emit(Op::LoadName, 1, nameIndex(name));
    break;
  }
}

void CodeBuilder::storeVariable(llvm::StringRef name) {
  switch (context_.variables.storageOf(scope_, name)) {
  case Storage::Local:
    emit(Op::StoreLocal, -1, localIndex(name));
    break;
  case Storage::Cell:
  case Storage::Free:
    emit(Op::StoreCell, -1, localIndex(name));
    break;
  case Storage::Global:
    emit(code_.kind == CodeKind::Module ? Op::StoreName : Op::StoreGlobal, -1, nameIndex(name));
    break;
  case Storage::Named:
    emit(Op::StoreName, -1, nameIndex(name));
    break;
  }
}

void CodeBuilder::deleteVariable(llvm::StringRef name) {
  switch (context_.variables.storageOf(scope_, name)) {
  case Storage::Local:
    emit(Op::DeleteLocal, 0, localIndex(name));
    break;
  case Storage::Cell:
  case Storage::Free:
    emit(Op::DeleteCell, 0, localIndex(name));
    break;
  case Storage::Global:
  case Storage::Named:
    emit(Op::DeleteName, 0, nameIndex(name));
    break;
  }
}

// --- Parameters ------------------------------------------------------------------------------

void CodeBuilder::readParameters(SyntaxNode parameters) {
  bool isKeywordOnly = false;
  llvm::StringRef star, doubleStar;
  for (SyntaxNode parameter : parameters.children()) {
    SyntaxNode named = parameter;
    if (named.kind() == NodeKind::TypedParameter)
      named = named.firstChild();
    switch (named.kind()) {
    case NodeKind::KeywordSeparator:
      isKeywordOnly = true;
      continue;
    case NodeKind::ListSplatPattern:
      isKeywordOnly = true;
      code_.hasStar = true;
      star = named.firstChild().text();
      continue;
    case NodeKind::DictionarySplatPattern:
      code_.hasDoubleStar = true;
      doubleStar = named.firstChild().text();
      continue;
    case NodeKind::DefaultParameter:
    case NodeKind::TypedDefaultParameter:
      if (!isKeywordOnly)
        ++code_.positionalDefaults;
      named = named.child(Field::Name);
      break;
    case NodeKind::Identifier:
      break;
    default:
      continue;
    }
    addLocal(named.text());
    ++(isKeywordOnly ? code_.keywordOnly : code_.positional);
  }
  if (code_.hasStar)
    addLocal(star);
  if (code_.hasDoubleStar)
    addLocal(doubleStar);
}

/// Pushes what the defaults are kept in, and gives whether there is anything: a tuple, then a
/// dictionary or nothing.
int CodeBuilder::buildDefaults(SyntaxNode parameters) {
  llvm::SmallVector<SyntaxNode, 4> positional;
  llvm::SmallVector<std::pair<llvm::StringRef, SyntaxNode>, 4> keywords;
  bool isKeywordOnly = false;
  for (SyntaxNode parameter : parameters.children()) {
    NodeKind kind = parameter.kind();
    if (kind == NodeKind::KeywordSeparator || kind == NodeKind::ListSplatPattern ||
        (kind == NodeKind::TypedParameter &&
         parameter.firstChild().kind() == NodeKind::ListSplatPattern))
      isKeywordOnly = true;
    SyntaxNode value = parameter.child(Field::Value);
    if (!value)
      continue;
    if (isKeywordOnly)
      keywords.push_back({parameter.child(Field::Name).text(), value});
    else
      positional.push_back(value);
  }
  if (positional.empty() && keywords.empty())
    return 0;
  // The firmware evaluates keyword-only defaults as it meets them, which is after the others.
  if (positional.empty()) {
    emit(Op::LoadNull, 1);
  } else {
    for (SyntaxNode value : positional)
      build(value);
    emit(Op::BuildTuple, 1 - static_cast<int>(positional.size()),
         static_cast<int32_t>(positional.size()));
  }
  if (keywords.empty()) {
    emit(Op::LoadNull, 1);
  } else {
    emit(Op::BuildMap, 1); // without room, as the firmware's compiler has it
    for (auto [name, value] : keywords) {
      build(value);
      emitString(name);
      emit(Op::StoreMap, -2);
    }
  }
  return 1;
}

Code &CodeBuilder::addChild(SyntaxNode node, CodeKind kind, int32_t &index) {
  index = static_cast<int32_t>(code_.children.size());
  Code &child = *code_.children.emplace_back(std::make_unique<Code>());
  child.kind = kind;
  child.node = node;
  child.file = code_.file;
  child.parent = &code_;
  return child;
}

/// Of a child that is built: pushes its cells and makes the function.
void CodeBuilder::makeFunction(int32_t index, bool hasDefaults) {
  std::vector<FreeVariable> &closure = code_.children[static_cast<size_t>(index)]->closure;
  for (FreeVariable &variable : closure) {
    variable.outerLocal = static_cast<uint16_t>(localIndex(variable.name));
    emit(Op::LoadLocal, 1, variable.outerLocal);
  }
  int cells = static_cast<int>(closure.size());
  emit(Op::MakeFunction, 1 - cells - (hasDefaults ? 2 : 0), index,
       (hasDefaults ? 1 : 0) | (cells ? 2 : 0));
}

} // namespace fraglint
