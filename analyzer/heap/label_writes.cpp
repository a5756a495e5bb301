#include "heap/label_writes.h"

#include "semantic/call_arguments.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// How many expressions one search looks at, and how deep containers nest.
constexpr unsigned kStepLimit = 400;
constexpr unsigned kNestingLimit = 4;

/// Follows what an expression may stand for back to the calls that made it.
class OriginSearch {
public:
  explicit OriginSearch(const SemanticModel &model) : model_(model) {}

  /// The label constructors among the origins of `expression`.
  llvm::SmallVector<SyntaxNode, 1> labelsOf(SyntaxNode expression);

private:
  /// An expression, and how many items deep in its value the wanted one lies.
  struct Place {
    SyntaxNode node;
    unsigned depth;
  };

  void push(SyntaxNode node, unsigned depth) {
    if (node && depth <= kNestingLimit)
      work_.push_back({node, depth});
  }
  void follow(Place place);
  void followSymbol(SymbolId symbol, unsigned depth);
  void followLoopTarget(const Binding &binding, unsigned depth);
  void followParameter(const Binding &binding, unsigned depth);
  void followUse(SyntaxNode use, unsigned depth);
  void followCall(SyntaxNode call, unsigned depth);
  SymbolId symbolOf(SyntaxNode node) const;

  const SemanticModel &model_;
  llvm::SmallVector<Place, 16> work_;
  llvm::DenseSet<std::pair<uint32_t, unsigned>> seen_; ///< by ordinal and depth
  llvm::SmallVector<SyntaxNode, 1> labels_;
};

llvm::SmallVector<SyntaxNode, 1> OriginSearch::labelsOf(SyntaxNode expression) {
  push(expression, 0);
  for (unsigned steps = 0; !work_.empty() && steps < kStepLimit; ++steps) {
    Place place = work_.pop_back_val();
    if (seen_.insert({place.node.ordinal(), place.depth}).second)
      follow(place);
  }
  llvm::sort(labels_, [](SyntaxNode a, SyntaxNode b) { return a.ordinal() < b.ordinal(); });
  return labels_;
}

void OriginSearch::follow(Place place) {
  SyntaxNode node = place.node;
  switch (node.kind()) {
  case NodeKind::ParenthesizedExpression:
  case NodeKind::Await:
    return push(node.firstChild(), place.depth);
  case NodeKind::NamedExpression:
    return push(node.child(Field::Value), place.depth);
  case NodeKind::ConditionalExpression: {
    SyntaxNode yes = node.firstChild();
    push(yes, place.depth);
    return push(yes.nextSibling().nextSibling(), place.depth);
  }
  case NodeKind::BooleanOperator:
    push(node.child(Field::Left), place.depth);
    return push(node.child(Field::Right), place.depth);
  case NodeKind::BinaryOperator:
    push(node.child(Field::Left), place.depth);
    return push(node.child(Field::Right), place.depth);
  case NodeKind::Subscript:
    return push(node.child(Field::Value), place.depth + (node.child(NodeKind::Slice) ? 0 : 1));
  case NodeKind::List:
  case NodeKind::Tuple:
  case NodeKind::ExpressionList:
    if (place.depth > 0)
      for (SyntaxNode item : node.children())
        push(item, place.depth - 1);
    return;
  case NodeKind::Dictionary:
    if (place.depth > 0)
      for (SyntaxNode pair : node.children())
        push(pair.child(Field::Value), place.depth - 1);
    return;
  case NodeKind::ListComprehension:
    if (place.depth > 0)
      push(node.child(Field::Body), place.depth - 1);
    return;
  case NodeKind::DictionaryComprehension:
    if (place.depth > 0)
      push(node.child(Field::Body).child(Field::Value), place.depth - 1);
    return;
  case NodeKind::Identifier:
  case NodeKind::Attribute:
    return followSymbol(symbolOf(node), place.depth);
  case NodeKind::Call:
    return followCall(node, place.depth);
  default:
    return;
  }
}

/// Of `self.x`, and of `view.x` where the class of `view` is of this module.
SymbolId OriginSearch::symbolOf(SyntaxNode node) const {
  SymbolId symbol = model_.symbolOf(node);
  if (symbol != kNoId || node.kind() != NodeKind::Attribute)
    return symbol;
  ClassId owner = model_.classNamed(node.child(Field::Object));
  bool onInstance = owner == kNoId;
  if (onInstance)
    owner = model_.classOf(model_.typeOf(node.child(Field::Object)).classScope);
  if (owner == kNoId)
    return kNoId;
  return model_.attributeNamed(owner, node.child(Field::Attribute).text(), onInstance);
}

void OriginSearch::followSymbol(SymbolId symbol, unsigned depth) {
  if (symbol == kNoId)
    return;
  for (BindingId id : model_.symbol(symbol).bindings) {
    const Binding &binding = model_.binding(id);
    switch (binding.kind) {
    case BindingKind::Assignment:
    case BindingKind::Unpacking:
    case BindingKind::AugmentedAssignment:
    case BindingKind::Walrus:
    case BindingKind::WithTarget:
      push(binding.value, depth);
      break;
    case BindingKind::LoopTarget:
      followLoopTarget(binding, depth);
      break;
    case BindingKind::Parameter:
      followParameter(binding, depth);
      break;
    default:
      break;
    }
  }
  if (depth > 0)
    for (SyntaxNode use : model_.symbol(symbol).references)
      followUse(use, depth);
}

/// `for x in labels`, `for i, x in enumerate(labels)`, `for a, b in zip(names, labels)`, `for k, x
/// in labels.items()`.
void OriginSearch::followLoopTarget(const Binding &binding, unsigned depth) {
  SyntaxNode iterable = binding.value;
  SyntaxNode pattern = binding.name.parent();
  bool isOne = binding.name.field() == Field::Left;
  if (isOne)
    return push(iterable, depth + 1);
  unsigned position = 0;
  for (SyntaxNode before = binding.name.previousSibling(); before;
       before = before.previousSibling())
    ++position;
  if (iterable.kind() != NodeKind::Call || pattern.field() != Field::Left)
    return push(iterable, depth + 2);
  SyntaxNode callee = iterable.child(Field::Function);
  if (callee.text() == "enumerate" && position == 1)
    return push(CallArguments(iterable).get(0), depth + 1);
  if (callee.text() == "zip")
    return push(CallArguments(iterable).get(position), depth + 1);
  if (callee.child(Field::Attribute).text() == "items" && position == 1)
    push(callee.child(Field::Object), depth + 1);
}

/// What the calls in this file pass.
void OriginSearch::followParameter(const Binding &binding, unsigned depth) {
  const Function &function = model_.function(binding.function);
  SyntaxNode parameters = function.node.child(Field::Parameters);
  unsigned position = 0;
  bool isFound = false;
  for (SyntaxNode parameter : parameters.children()) {
    isFound = parameter.contains(binding.name);
    if (isFound)
      break;
    ++position;
  }
  if (!isFound)
    return;
  if (function.classScope != kNoId && !function.isStaticMethod) {
    if (position == 0)
      return; // self
    --position;
  }
  for (const CallEdge &edge : model_.callEdges())
    if (edge.callee == binding.function)
      push(CallArguments(edge.call).get(position, model_.symbol(binding.symbol).name), depth);
}

/// What `use` of a container puts into it.
void OriginSearch::followUse(SyntaxNode use, unsigned depth) {
  SyntaxNode parent = use.parent();
  SyntaxNode outer = parent.parent();
  if (parent.kind() == NodeKind::Attribute && outer.kind() == NodeKind::Call &&
      parent.field() == Field::Function) {
    llvm::StringRef method = parent.child(Field::Attribute).text();
    if (method == "append")
      push(CallArguments(outer).get(0), depth - 1);
    else if (method == "insert")
      push(CallArguments(outer).get(1), depth - 1);
    else if (method == "extend")
      push(CallArguments(outer).get(0), depth);
  }
  if (parent.kind() == NodeKind::Subscript && use.field() == Field::Value &&
      outer.kind() == NodeKind::Assignment && parent.field() == Field::Left)
    push(outer.child(Field::Right), depth - 1);
}

void OriginSearch::followCall(SyntaxNode call, unsigned depth) {
  SyntaxNode callee = call.child(Field::Function);
  CallArguments arguments(call);
  if (FunctionId function = model_.calleeFunction(call);
      function != kNoId && model_.classNamed(callee) == kNoId) {
    for (SyntaxNode value : model_.returnedBy(function))
      push(value, depth);
    return;
  }
  if (depth == 0) {
    if (labelKindOf(model_.typeOf(call).name))
      labels_.push_back(call);
    return;
  }
  if (llvm::is_contained({"list", "tuple", "sorted", "reversed", "iter"}, callee.text()))
    push(arguments.get(0), depth);
  else if (callee.child(Field::Attribute).text() == "values" && arguments.empty())
    push(callee.child(Field::Object), depth);
  else if (depth == 1 && llvm::is_contained({"get", "pop"}, callee.child(Field::Attribute).text()))
    push(callee.child(Field::Object), depth);
}

/// Whether a class of this module, a label by its base, gives `text` a meaning of its own.
bool hasOwnText(const SemanticModel &model, ValueType type) {
  if (type.classScope == kNoId)
    return false;
  SymbolId symbol = model.attributeNamed(model.classOf(type.classScope), "text", true);
  return symbol != kNoId && llvm::any_of(model.symbol(symbol).bindings, [&](BindingId id) {
           return model.binding(id).kind == BindingKind::Function;
         });
}

class Finder {
public:
  Finder(const SemanticModel &model, const Target &target) : model_(model), target_(target) {}

  std::vector<LabelWrite> run() {
    for (uint32_t i = 0; i < model_.tree().statementCount(); ++i)
      for (SyntaxNode node = model_.tree().statement(i); node; node = node.next())
        if (node.kind() == NodeKind::Assignment || node.kind() == NodeKind::AugmentedAssignment)
          if (!node.statement().hasError())
            assignment(node);
    return std::move(writes_);
  }

private:
  void assignment(SyntaxNode node) {
    SyntaxNode target = node.child(Field::Left);
    SyntaxNode value = node.child(Field::Right);
    while (value.kind() == NodeKind::Assignment) // `a.text = b.text = …`
      value = value.child(Field::Right);
    if (isText(target))
      return write(node, target, value);
    if (target.kind() != NodeKind::PatternList && target.kind() != NodeKind::TuplePattern &&
        target.kind() != NodeKind::ListPattern)
      return;
    bool isDisplay = value.kind() == NodeKind::ExpressionList || value.kind() == NodeKind::Tuple ||
                     value.kind() == NodeKind::List;
    SyntaxNode part = isDisplay ? value.firstChild() : SyntaxNode();
    for (SyntaxNode one : target.children()) {
      if (isText(one))
        write(node, one, part);
      part = part.nextSibling();
    }
  }

  static bool isText(SyntaxNode target) {
    return target.kind() == NodeKind::Attribute && target.child(Field::Attribute).text() == "text";
  }

  void write(SyntaxNode assignment, SyntaxNode target, SyntaxNode value) {
    SyntaxNode object = target.child(Field::Object);
    LabelWrite write;
    ValueType type = model_.typeOf(object);
    std::optional<LabelKind> kind = labelKindOf(type.name);
    if (!kind && type)
      return; // something else that has a text
    write.constructors = OriginSearch(model_).labelsOf(object);
    if (!kind && !write.constructors.empty()) {
      type = model_.typeOf(write.constructors.front());
      kind = labelKindOf(type.name);
    }
    if (!kind || hasOwnText(model_, type))
      return;
    write.statement = assignment.statement();
    write.target = target;
    write.value = value;
    write.adds = assignment.kind() == NodeKind::AugmentedAssignment;
    write.function = model_.functionOf(target);
    write.style = styleOf(write.constructors, *kind);
    write.text = measureText(model_, value);
    if (write.adds)
      write.text.characters.hi = Interval::kNoHi;
    write.text.isFixed &= !write.adds;
    write.cost = costOfText(write.style, write.text, target_);
    writes_.push_back(std::move(write));
  }

  /// Of several constructors, what holds for all.
  LabelStyle styleOf(llvm::ArrayRef<SyntaxNode> constructors, LabelKind kind) const {
    LabelStyle style;
    style.kind = kind;
    for (SyntaxNode call : constructors) {
      LabelStyle one = labelStyleOf(model_, call, kind);
      bool isFirst = call == constructors.front();
      style.isBuiltinFont = (isFirst || style.isBuiltinFont) && one.isBuiltinFont;
      style.namedPixels = isFirst ? one.namedPixels : std::min(style.namedPixels, one.namedPixels);
      style.hasBackground = (isFirst || style.hasBackground) && one.hasBackground;
      if (labelKindOf(model_.typeOf(call).name) == LabelKind::Glyphs)
        style.kind = LabelKind::Glyphs;
    }
    return style;
  }

  const SemanticModel &model_;
  const Target &target_;
  std::vector<LabelWrite> writes_;
};

} // namespace

std::vector<LabelWrite> findLabelWrites(const SemanticModel &model, const Target &target) {
  return Finder(model, target).run();
}

} // namespace fraglint
