#include "heap/growing_text.h"

#include "semantic/call_arguments.h"
#include "semantic/place_stores.h"
#include "semantic/value_evaluator.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <memory>

namespace fraglint {

namespace {

/// How many names on the way the origin of what is added is followed.
constexpr unsigned kOriginDepth = 3;

/// The symbol whose value `value` starts with, in `s + x + y`; kNoId where that is no sum.
SymbolId extendedBy(const SemanticModel &model, SyntaxNode value) {
  value = withoutParentheses(value);
  if (value.kind() != NodeKind::BinaryOperator || operatorOf(value) != "+")
    return kNoId;
  while (value.kind() == NodeKind::BinaryOperator && operatorOf(value) == "+")
    value = withoutParentheses(value.child(Field::Left));
  return model.symbolOf(value);
}

/// Whether a call of that name brings data from outside: `uart.read`, `sock.recv_into`,
/// `self._socket_read`. What somebody types is short: `sys.stdin.read`, `keypad.read_key`.
bool isReading(SyntaxNode call) {
  SyntaxNode callee = call.child(Field::Function);
  if (callee.child(Field::Object).text().ends_with("stdin") || callee.text().contains("key"))
    return false;
  llvm::StringRef name =
      callee.kind() == NodeKind::Attribute ? callee.child(Field::Attribute).text() : callee.text();
  llvm::SmallVector<llvm::StringRef, 4> words;
  name.split(words, '_', -1, false);
  return llvm::any_of(words, [](llvm::StringRef word) {
    return llvm::StringSwitch<bool>(word)
        .Cases("read", "readline", "readlines", "readinto", "readexactly", "readfrom", true)
        .Cases("recv", "recvfrom", "receive", true)
        .Default(false);
  });
}

/// `response.text`, `response.iter_content(…)`: the body of a response.
bool isBody(const SemanticModel &model, SyntaxNode attribute) {
  return llvm::StringSwitch<bool>(attribute.child(Field::Attribute).text())
                 .Cases("text", "content", "json", true)
                 .Default(false)
             ? llvm::StringRef(model.typeOf(attribute.child(Field::Object)).name)
                   .ends_with(".Response")
             : attribute.child(Field::Attribute).text() == "iter_content";
}

/// Whether the expression is a literal, or a choice of literals.
bool isConstantText(const SemanticModel &model, SyntaxNode expression) {
  expression = withoutParentheses(expression);
  if (expression.kind() == NodeKind::ConditionalExpression) {
    SyntaxNode yes = expression.firstChild();
    return model.stringOf(yes) && model.stringOf(yes.nextSibling().nextSibling());
  }
  return model.stringOf(expression).has_value();
}

/// Of one function.
class Finder {
public:
  Finder(const Module &module, FunctionId function)
      : model_(module.model()), flow_(module.flow(function)), function_(function),
        stores_(model_, flow_.graph, function) {}

  void addition(SyntaxNode statement) {
    SyntaxNode target = statement.child(Field::Left);
    SymbolId symbol = model_.symbolOf(target);
    std::string type = symbol == kNoId ? "" : typeOf(symbol, target);
    if (type != "str" && type != "bytes")
      return;
    GrowingText text;
    text.symbol = symbol;
    findLoops(statement, target, text);
    text.isResetElsewhere = isResetElsewhere(symbol);
    if (text.loop == kNoId && (text.innerLoop != kNoId || !growsOverCalls(symbol, text)))
      return;
    text.statement = statement;
    text.target = target;
    text.added = addedBy(statement, symbol);
    text.function = function_;
    text.isBytes = type == "bytes";
    text.isConstant = isConstantText(model_, text.added);
    text.isFromOutside = isFromOutside(text.added, text.loop, symbol, kOriginDepth);
    text.measure = measureOf(symbol);
    join(std::move(text));
  }

  std::vector<GrowingText> take() { return std::move(found_); }

private:
  /// The type of all values of the name; else of the literal that this function gave it last
  /// before; else of those values whose type is known, where one is a literal (`pending = b""`,
  /// beside `line, pending = pending.split(…)`).
  std::string typeOf(SymbolId symbol, SyntaxNode target) const {
    if (ValueType type = model_.typeOf(target))
      return type.name.str();
    std::string common;
    SyntaxNode last;
    for (BindingId id : model_.symbol(symbol).bindings) {
      const Binding &binding = model_.binding(id);
      if (binding.function == function_ && binding.name.ordinal() < target.ordinal() &&
          binding.kind != BindingKind::AugmentedAssignment)
        last = binding.kind == BindingKind::Assignment ? binding.value : SyntaxNode();
    }
    if (last && model_.stringOf(last))
      return model_.typeOf(last).name.str();
    for (BindingId id : model_.symbol(symbol).bindings) {
      const Binding &binding = model_.binding(id);
      if (binding.kind != BindingKind::Assignment)
        continue;
      std::string type = model_.typeOf(binding.value).name.str();
      bool isLiteral = model_.stringOf(binding.value).has_value();
      if (type.empty() || type == "NoneType" || (common.empty() && !isLiteral))
        continue;
      if (!common.empty() && type != common)
        return "";
      common = type;
    }
    return common;
  }

  /// The loops whose passes come to the statement one after the other, without giving the name a
  /// fresh value in between.
  void findLoops(SyntaxNode statement, SyntaxNode target, GrowingText &text) {
    BlockId block = flow_.graph.pointOf(statement).block;
    for (LoopId loop = flow_.graph.loopOf(statement); loop != kNoId;
         loop = flow_.graph.loop(loop).parent) {
      if (!comesRound(block, loop))
        continue;
      if (text.innerLoop == kNoId)
        text.innerLoop = loop;
      if (isResetIn(loop, target, text.symbol))
        break;
      text.loop = loop;
    }
  }

  bool isResetIn(LoopId loop, SyntaxNode target, SymbolId symbol) {
    return llvm::any_of(stores_.storesTo(target), [&](const PlaceStore &store) {
      return !store.adds && extendedBy(model_, store.value) != symbol &&
             flow_.graph.isWithin(flow_.graph.block(store.block).loop, loop) &&
             comesRound(store.block, loop);
    });
  }

  /// Whether the loop can go on with another pass after that block, errors left aside.
  bool comesRound(BlockId block, LoopId loop) const {
    llvm::BitVector seen(static_cast<unsigned>(flow_.graph.blocks().size()));
    llvm::SmallVector<BlockId, 8> work{block};
    while (!work.empty()) {
      BlockId id = work.pop_back_val();
      if (id == flow_.graph.loop(loop).latch)
        return true;
      if (seen.test(id))
        continue;
      seen.set(id);
      for (FlowEdge edge : flow_.graph.block(id).successors)
        if (edge.kind != EdgeKind::Exception && edge.target != flow_.graph.loop(loop).after)
          work.push_back(edge.target);
    }
    return false;
  }

  bool isResetElsewhere(SymbolId symbol) const {
    return llvm::any_of(model_.symbol(symbol).bindings, [&](BindingId id) {
      const Binding &binding = model_.binding(id);
      const Function &function = model_.function(binding.function);
      return binding.function != function_ && !model_.isModuleBody(binding.function) &&
             function.name != "__init__" && binding.kind != BindingKind::AugmentedAssignment &&
             extendedBy(model_, binding.value) != symbol;
    });
  }

  /// A module variable that a function adds to, and that no function sets.
  bool growsOverCalls(SymbolId symbol, const GrowingText &text) const {
    return model_.scope(model_.symbol(symbol).scope).kind == ScopeKind::Module &&
           !model_.isModuleBody(function_) && !text.isResetElsewhere &&
           llvm::none_of(model_.symbol(symbol).bindings, [&](BindingId id) {
             const Binding &binding = model_.binding(id);
             return binding.function == function_ &&
                    binding.kind != BindingKind::AugmentedAssignment &&
                    extendedBy(model_, binding.value) != symbol;
           });
  }

  /// `x` of `s += x` and `s = s + x`.
  SyntaxNode addedBy(SyntaxNode statement, SymbolId symbol) const {
    SyntaxNode right = withoutParentheses(statement.child(Field::Right));
    bool isSum = statement.kind() == NodeKind::Assignment &&
                 model_.symbolOf(right.child(Field::Left)) == symbol;
    return isSum ? right.child(Field::Right) : right;
  }

  SyntaxNode measureOf(SymbolId symbol) const {
    for (SyntaxNode use : model_.symbol(symbol).references) {
      SyntaxNode call = use.enclosing(NodeKind::Call);
      if (call && call.child(Field::Function).text() == "len")
        if (SyntaxNode comparison = call.enclosing(NodeKind::ComparisonOperator);
            comparison && !asksForAny(comparison))
          return comparison;
    }
    return {};
  }

  /// `len(s) > 0` bounds nothing.
  bool asksForAny(SyntaxNode comparison) const {
    return llvm::any_of(comparison.children(), [&](SyntaxNode part) {
      Interval value = model_.intervalOf(part);
      return value.isExact() && value.lo <= 1;
    });
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as kOriginDepth
  bool isFromOutside(SyntaxNode expression, LoopId loop, SymbolId text, unsigned depth) const {
    for (SyntaxNode node = expression; node && expression.contains(node); node = node.next()) {
      if (node.kind() == NodeKind::Call && isReading(node))
        return true;
      if (node.kind() == NodeKind::Attribute && isBody(model_, node))
        return true;
      SymbolId symbol = model_.symbolOf(node);
      if (symbol == kNoId || symbol == text)
        continue;
      if (node.parent().kind() == NodeKind::Subscript && isFilled(node, loop))
        return true;
      if (depth > 0 && comesFromOutside(symbol, loop, text, depth - 1))
        return true;
    }
    return false;
  }

  /// Whether what this function binds the name to comes from outside.
  // NOLINTBEGIN(misc-no-recursion): as deep as kOriginDepth
  bool comesFromOutside(SymbolId symbol, LoopId loop, SymbolId text, unsigned depth) const {
    return llvm::any_of(model_.symbol(symbol).bindings, [&](BindingId id) {
      const Binding &binding = model_.binding(id);
      if (binding.function != function_ || !binding.value || binding.kind == BindingKind::Parameter)
        return false;
      bool isLines = binding.kind == BindingKind::LoopTarget &&
                     llvm::StringRef(model_.typeOf(binding.value).name).starts_with("io.");
      return isLines || isFromOutside(binding.value, loop, text, depth);
    });
  }
  // NOLINTEND(misc-no-recursion)

  /// Whether the loop hands the buffer to a call that reads into it.
  bool isFilled(SyntaxNode buffer, LoopId loop) const {
    SyntaxNode body = loop == kNoId ? SyntaxNode() : flow_.graph.loop(loop).node;
    for (SyntaxNode node = body; node && body.contains(node); node = node.next())
      if (node.kind() == NodeKind::Call && isReading(node) &&
          CallArguments(node).get(0).text() == buffer.text())
        return true;
    return false;
  }

  /// Of several additions of a loop to one name the first that adds more than a constant speaks.
  void join(GrowingText text) {
    auto known = llvm::find_if(found_, [&](const GrowingText &other) {
      return other.symbol == text.symbol && other.loop == text.loop;
    });
    if (known == found_.end()) {
      found_.push_back(std::move(text));
      return;
    }
    bool isConstant = known->isConstant && text.isConstant;
    bool isFromOutside = known->isFromOutside || text.isFromOutside;
    if (known->isConstant && !text.isConstant) {
      text.further = known->further;
      text.further.push_back(known->statement);
      *known = std::move(text);
    } else {
      known->further.push_back(text.statement);
    }
    known->isConstant = isConstant;
    known->isFromOutside = isFromOutside;
  }

  const SemanticModel &model_;
  const FunctionFlow &flow_;
  FunctionId function_;
  PlaceStores stores_;
  std::vector<GrowingText> found_;
};

bool isAddition(const SemanticModel &model, SyntaxNode node) {
  if (node.kind() == NodeKind::AugmentedAssignment)
    return operatorOf(node) == "+=";
  SymbolId symbol =
      node.kind() == NodeKind::Assignment ? model.symbolOf(node.child(Field::Left)) : kNoId;
  return symbol != kNoId && extendedBy(model, node.child(Field::Right)) == symbol;
}

} // namespace

std::vector<GrowingText> findGrowingTexts(const Module &module) {
  const SemanticModel &model = module.model();
  llvm::DenseMap<FunctionId, std::unique_ptr<Finder>> finders;
  for (uint32_t i = 0; i < model.tree().statementCount(); ++i) {
    for (SyntaxNode node = model.tree().statement(i); node; node = node.next()) {
      if (!isAddition(model, node) || node.statement().hasError())
        continue;
      FunctionId function = model.functionOf(node);
      if (model.function(function).isOpaque)
        continue;
      std::unique_ptr<Finder> &finder = finders[function];
      if (!finder)
        finder = std::make_unique<Finder>(module, function);
      finder->addition(node);
    }
  }
  std::vector<GrowingText> found;
  for (auto &[function, finder] : finders)
    llvm::append_range(found, finder->take());
  llvm::sort(found, [](const GrowingText &a, const GrowingText &b) {
    return a.statement.ordinal() < b.statement.ordinal();
  });
  return found;
}

} // namespace fraglint
