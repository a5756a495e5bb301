#include "heap/document_reads.h"

#include "heap/name_liveness.h"
#include "heap/value_flow.h"
#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// How many names and calls a value is followed through.
constexpr unsigned kDepth = 4;

/// Methods of lists and dicts.
constexpr llvm::StringLiteral kContainerMethods[] = {"append", "get",    "items", "keys",
                                                     "pop",    "values", "sort"};
/// Functions that go through what they are given.
constexpr llvm::StringLiteral kIterating[] = {"enumerate", "len", "list", "max",    "min",
                                              "reversed",  "set", "sum",  "sorted", "tuple"};

/// `text.split(" ")` takes a single line to pieces.
bool isSplitInLine(SyntaxNode call) {
  SyntaxNode separator = CallArguments(call).get(0, "sep");
  return separator.kind() == NodeKind::String && !separator.text().contains("\\n");
}

/// What `call` gives another form of; null where it does something else.
SyntaxNode reformedBy(SyntaxNode call) {
  if (call.kind() != NodeKind::Call)
    return {};
  SyntaxNode callee = call.child(Field::Function);
  if (callee.kind() != NodeKind::Attribute)
    return callee.text() == "list" ? CallArguments(call).get(0) : SyntaxNode();
  llvm::StringRef method = callee.child(Field::Attribute).text();
  bool isWhole = method == "decode" || method == "encode" || method == "splitlines" ||
                 (method == "split" && !isSplitInLine(call));
  return isWhole ? callee.child(Field::Object) : SyntaxNode();
}

bool isWrapping(SyntaxNode node) {
  return node.kind() == NodeKind::ParenthesizedExpression || node.kind() == NodeKind::Await;
}

/// The value bound to a name by a binding that reaches `use`; null where there is none.
SyntaxNode valueReaching(const Module &module, SyntaxNode use) {
  const SemanticModel &model = module.model();
  SymbolId symbol = model.symbolOf(use);
  if (symbol == kNoId)
    return {};
  for (BindingId id : model.symbol(symbol).bindings) {
    const Binding &binding = model.binding(id);
    bool isElsewhere = binding.function != model.functionOf(use) ||
                       use.enclosing(NodeKind::Assignment).contains(binding.name);
    if (binding.value && !isElsewhere && reaches(module, binding, use))
      return binding.value;
  }
  return {};
}

bool isSubscripted(SyntaxNode use) {
  return use.parent().kind() == NodeKind::Subscript && use.field() == Field::Value;
}

bool isIterated(SyntaxNode use) {
  NodeKind kind = use.parent().kind();
  return (kind == NodeKind::ForStatement || kind == NodeKind::ForInClause) &&
         use.field() == Field::Right;
}

/// The field that `use` of a document reads, `document["name"]` or `document.get("name")`; null
/// for any other use.
SyntaxNode fieldRead(SyntaxNode use) {
  SyntaxNode parent = use.parent();
  if (isSubscripted(use))
    return parent.child(Field::Subscript).kind() == NodeKind::String ? parent : SyntaxNode();
  if (parent.kind() != NodeKind::Attribute || parent.child(Field::Attribute).text() != "get")
    return {};
  return parent.parent().kind() == NodeKind::Call ? parent.parent() : SyntaxNode();
}

/// Uses that keep nothing and tell nothing of what is in the document: `print(document)`,
/// `"name" in document`, `if document:`.
bool isGlance(SyntaxNode use) {
  SyntaxNode parent = use.parent();
  if (parent.kind() == NodeKind::ArgumentList)
    return lastNameOf(parent.parent()) == "print";
  return parent.kind() == NodeKind::Interpolation ||
         parent.kind() == NodeKind::ComparisonOperator || use.field() == Field::Condition;
}

bool areSingle(const SemanticModel &model, SymbolId symbol, unsigned depth);

// NOLINTBEGIN(misc-no-recursion): kDepth bounds it.

/// Whether the code treats a value as a single one, a number or a text, as far as it is seen.
bool isSingle(const SemanticModel &model, SyntaxNode value, unsigned depth) {
  SyntaxNode parent = value.parent();
  while (isWrapping(parent) || parent.kind() == NodeKind::BooleanOperator ||
         parent.kind() == NodeKind::ConditionalExpression) {
    value = parent;
    parent = value.parent();
  }
  if (isSubscripted(value))
    return static_cast<bool>(parent.child(NodeKind::Slice));
  if (parent.kind() == NodeKind::Attribute)
    return !llvm::is_contained(kContainerMethods, parent.child(Field::Attribute).text());
  if (isIterated(value) || parent.kind() == NodeKind::ReturnStatement)
    return false;
  if (parent.kind() == NodeKind::Assignment) {
    SyntaxNode target = parent.child(Field::Left);
    if (SymbolId symbol = model.symbolOf(target); symbol != kNoId)
      return areSingle(model, symbol, depth);
    return target.kind() == NodeKind::Attribute || target.kind() == NodeKind::Subscript;
  }
  SyntaxNode list = parent.kind() == NodeKind::KeywordArgument ? parent.parent() : parent;
  if (list.kind() != NodeKind::ArgumentList)
    return true;
  SyntaxNode call = list.parent();
  FunctionId function = model.calleeFunction(call);
  if (function == kNoId)
    return !llvm::is_contained(kIterating, lastNameOf(call));
  SymbolId parameter = parameterOf(model, function, value);
  return parameter != kNoId && areSingle(model, parameter, depth);
}

bool areSingle(const SemanticModel &model, SymbolId symbol, unsigned depth) {
  return depth != 0 && llvm::all_of(model.symbol(symbol).references, [&](SyntaxNode use) {
           return isSingle(model, use, depth - 1);
         });
}

// NOLINTEND(misc-no-recursion)

} // namespace

SyntaxNode wholeAround(const SemanticModel &model, SyntaxNode made) {
  while (true) {
    SyntaxNode parent = made.parent();
    SyntaxNode call = parent.parent();
    if (isWrapping(parent))
      made = parent;
    else if (call.kind() == NodeKind::Call && reformedBy(call) == made &&
             model.calleeFunction(call) == kNoId)
      made = call;
    else
      return made;
  }
}

SyntaxNode originOf(const Module &module, SyntaxNode value, SymbolId holder) {
  SyntaxNode whole = value;
  bool isPart = false;
  bool isMadeOf = false;
  for (unsigned names = 0; value;) {
    if (isWrapping(value)) {
      value = value.firstChild();
    } else if (SyntaxNode source = reformedBy(value)) {
      value = source;
      isMadeOf = true;
    } else if (value.kind() == NodeKind::Subscript && !value.child(NodeKind::Slice)) {
      value = value.child(Field::Value);
      isPart = isMadeOf = true;
    } else if (value.kind() == NodeKind::Identifier && isMadeOf && ++names < kDepth) {
      value = valueReaching(module, value);
    } else {
      break;
    }
  }
  return isPart && !isReadAsList(module.model(), holder, whole) ? SyntaxNode() : value;
}

bool isReadAsList(const SemanticModel &model, SymbolId symbol, SyntaxNode except) {
  return llvm::any_of(model.symbol(symbol).references, [&](SyntaxNode use) {
    SyntaxNode parent = use.parent();
    if (except.contains(use))
      return false;
    if (isSubscripted(use))
      return model.typeOf(parent.child(Field::Subscript)).name == "int";
    if (parent.kind() == NodeKind::ArgumentList)
      return lastNameOf(parent.parent()) == "enumerate";
    return isIterated(use);
  });
}

bool readsTopFieldsOnly(const SemanticModel &model, SymbolId symbol) {
  bool readsAny = false;
  for (SyntaxNode use : model.symbol(symbol).references) {
    SyntaxNode field = fieldRead(use);
    if (field ? !isSingle(model, field, kDepth) : !isGlance(use))
      return false;
    readsAny |= static_cast<bool>(field);
  }
  return readsAny;
}

} // namespace fraglint
