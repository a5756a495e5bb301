#include "heap/value_flow.h"

#include "semantic/call_traits.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

/// Steps of one query; past them the value counts as kept, so that rules stay silent.
constexpr unsigned kStepLimit = 4000;

/// A name bound or read more often than this may be anything; it counts as a keeper too.
constexpr size_t kUseLimit = 200;

/// Methods and functions that, by their names, keep what they are given.
constexpr llvm::StringLiteral kKeepingNames[] = {
    "add",        "add_task", "append",    "appendleft", "create_task", "extend",
    "gather",     "insert",   "play",      "play_file",  "push",        "put",
    "queue",      "register", "schedule",  "send_later", "set",         "setattr",
    "setdefault", "show",     "subscribe", "update",
};

class Follower {
public:
  enum class Until : uint8_t { FirstKeeper, End };

  explicit Follower(const SemanticModel &model, Until until = Until::FirstKeeper)
      : model_(model), until_(until) {}

  void value(SyntaxNode made) { work_.push_back({made, {}}); }

  void symbol(SymbolId id, SyntaxNode callSite) {
    if (!seen_.insert(id).second)
      return;
    const Symbol &symbol = model_.symbol(id);
    if (!symbol.bindings.empty() &&
        std::max<size_t>(symbol.bindings.size(), symbol.references.size()) > kUseLimit)
      return keep(model_.binding(symbol.bindings.front()).name);
    FunctionId home =
        symbol.bindings.empty() ? kModuleBody : model_.binding(symbol.bindings[0]).function;
    for (SyntaxNode load : symbol.references) {
      // A closure or another function may look at it at any later time.
      bool isInstance = model_.scope(symbol.scope).kind == ScopeKind::Instance;
      if (!isInstance && model_.functionOf(load) != home)
        keep(load);
      else
        work_.push_back({load, callSite});
    }
  }

  ValueHolders run() {
    unsigned steps = 0;
    while (!work_.empty() && (until_ == Until::End || !holders_.keeper)) {
      Item item = work_.pop_back_val();
      if (++steps <= kStepLimit) {
        step(item);
        continue;
      }
      keep(item.node);
      break;
    }
    return std::move(holders_);
  }

  llvm::SmallVector<SyntaxNode, 4> runToEnd() {
    run();
    return std::move(keepers_);
  }

private:
  struct Item {
    SyntaxNode node;     ///< an expression whose value is the one followed
    SyntaxNode callSite; ///< the call through which it came here as an argument
  };

  void keep(SyntaxNode by) {
    if (!holders_.keeper)
      holders_.keeper = by;
    keepers_.push_back(by);
  }

  void step(Item item) {
    SyntaxNode parent = item.node.parent();
    switch (parent.kind()) {
    case NodeKind::ParenthesizedExpression:
    case NodeKind::ConditionalExpression:
    case NodeKind::BooleanOperator:
    case NodeKind::Await:
    case NodeKind::List:
    case NodeKind::Tuple:
    case NodeKind::Set:
    case NodeKind::Dictionary:
    case NodeKind::Pair:
    case NodeKind::ExpressionList:
    case NodeKind::ListSplat:
      work_.push_back({parent, item.callSite});
      return;
    case NodeKind::ListComprehension:
    case NodeKind::SetComprehension:
    case NodeKind::DictionaryComprehension:
    case NodeKind::GeneratorExpression:
      if (item.node.field() == Field::Body)
        work_.push_back({parent, item.callSite});
      return;
    case NodeKind::NamedExpression:
      bind(parent.child(Field::Name), item);
      work_.push_back({parent, item.callSite});
      return;
    case NodeKind::Assignment:
      if (item.node.field() == Field::Right)
        assign(parent, item);
      return;
    case NodeKind::ReturnStatement:
      // Back to where the argument came from, if it came from somewhere.
      return item.callSite ? work_.push_back({item.callSite, {}}) : keep(parent);
    case NodeKind::Yield:
    case NodeKind::Lambda:
    case NodeKind::DefaultParameter:
    case NodeKind::TypedDefaultParameter:
    case NodeKind::RaiseStatement:
      return keep(parent);
    case NodeKind::KeywordArgument:
    case NodeKind::ArgumentList:
      return argument(item);
    case NodeKind::AsPattern:
      if (SyntaxNode target = parent.child(Field::Alias).firstChild())
        bind(target, item);
      return;
    default:
      return; // looked at, copied or thrown away
    }
  }

  void assign(SyntaxNode assignment, Item item) {
    SyntaxNode target = assignment.child(Field::Left);
    switch (target.kind()) {
    case NodeKind::Identifier:
      bind(target, item);
      break;
    case NodeKind::PatternList:
    case NodeKind::TuplePattern:
    case NodeKind::ListPattern:
      for (SyntaxNode part : target.children())
        bind(part, item);
      break;
    case NodeKind::Subscript:
      // Into a slice its items are copied; as an item it stays itself.
      if (!target.child(NodeKind::Slice))
        keep(target);
      break;
    default:
      keep(target);
    }
    // `a = b = value`
    if (assignment.parent().kind() == NodeKind::Assignment)
      work_.push_back({assignment, item.callSite});
  }

  void bind(SyntaxNode target, Item item) {
    SymbolId id = model_.symbolOf(target);
    if (target.kind() != NodeKind::Identifier || id == kNoId)
      return keep(target);
    const Symbol &symbol = model_.symbol(id);
    ScopeKind scope = model_.scope(symbol.scope).kind;
    bool isOwnName = scope == ScopeKind::Function || scope == ScopeKind::Lambda ||
                     scope == ScopeKind::Comprehension ||
                     (scope == ScopeKind::Module && model_.isModuleBody(model_.functionOf(target)));
    if (!isOwnName)
      return keep(target);
    if (!seen_.contains(id))
      holders_.symbols.push_back(id);
    this->symbol(id, item.callSite);
  }

  void argument(Item item) {
    SyntaxNode list = item.node.parent();
    if (list.kind() == NodeKind::KeywordArgument)
      list = list.parent();
    SyntaxNode call = list.parent();
    SyntaxNode callee = call.child(Field::Function);
    llvm::StringRef last = lastNameOf(call);
    FunctionId function = model_.calleeFunction(call);
    if (function != kNoId && model_.function(function).name != "__init__")
      return parameter(function, item, call);

    const LibraryRow *row = libraryRowOf(model_, call);
    bool isClass = !last.empty() && llvm::isUpper(last.front());
    bool keeps = row != nullptr ? row->has(Trait::Retains)
                                : isClass || llvm::is_contained(kKeepingNames, last);
    if (row != nullptr && row->has(Trait::ReadsInto) && !holders_.filler)
      holders_.filler = call;
    if (!keeps)
      return;
    // A new object keeps it as long as it lives itself; a method's receiver is there already.
    bool givesHolder = row != nullptr && row->result != "NoneType" &&
                       (!row->result.empty() || callee.kind() == NodeKind::Identifier);
    if (isClass || givesHolder)
      work_.push_back({call, item.callSite});
    else
      keep(call);
  }

  void parameter(FunctionId id, Item item, SyntaxNode call) {
    if (model_.function(id).isOpaque)
      return;
    SymbolId parameter = parameterOf(model_, id, item.node);
    if (parameter == kNoId)
      return keep(call); // `*args`: not followed
    symbol(parameter, call);
  }

  const SemanticModel &model_;
  Until until_;
  llvm::SmallVector<SyntaxNode, 4> keepers_;
  llvm::SmallVector<Item, 8> work_;
  llvm::DenseSet<SymbolId> seen_;
  ValueHolders holders_;
};

} // namespace

SymbolId parameterOf(const SemanticModel &model, FunctionId function, SyntaxNode argument) {
  const Function &callee = model.function(function);
  SyntaxNode list = argument.parent();
  SyntaxNode keyword;
  if (list.kind() == NodeKind::KeywordArgument) {
    keyword = list;
    list = list.parent();
  }
  unsigned position = callee.classScope != kNoId ? 1 : 0; // self comes first
  for (SyntaxNode before : list.children()) {
    if (before == argument)
      break;
    ++position;
  }
  unsigned index = 0;
  for (SyntaxNode declared : callee.node.child(Field::Parameters).children()) {
    SyntaxNode name =
        declared.kind() == NodeKind::Identifier ? declared : declared.child(Field::Name);
    if (!name)
      name = declared.firstChild();
    bool matches = keyword ? name.text() == keyword.child(Field::Name).text() : index == position;
    if (matches && model.symbolOf(name) != kNoId)
      return model.symbolOf(name);
    ++index;
  }
  return kNoId;
}

ValueHolders followValue(const SemanticModel &model, SyntaxNode made) {
  Follower follower(model);
  follower.value(made);
  return follower.run();
}

ValueHolders followSymbol(const SemanticModel &model, SymbolId symbol) {
  Follower follower(model);
  follower.symbol(symbol, {});
  return follower.run();
}

llvm::SmallVector<SyntaxNode, 4> keepersOf(const SemanticModel &model, SyntaxNode made) {
  Follower follower(model, Follower::Until::End);
  follower.value(made);
  return follower.runToEnd();
}

llvm::SmallVector<SyntaxNode, 4> keepersOf(const SemanticModel &model, SymbolId symbol) {
  Follower follower(model, Follower::Until::End);
  follower.symbol(symbol, {});
  return follower.runToEnd();
}

} // namespace fraglint
