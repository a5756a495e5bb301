#include "heap/allocation_finder.h"

#include "heap/object_layout.h"
#include "semantic/call_traits.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"

#include <optional>
#include <utility>

namespace fraglint {

namespace {

using enum AllocationKind;

/// Longest piece of source that a message quotes, in bytes.
constexpr size_t kQuoteBytes = 40;

/// Nobody writes code that deep; what machines generate there is not looked at, since answers
/// about a node take time in proportion to its depth.
constexpr uint16_t kDepthLimit = 400;

/// How a message names an expression: as it is written where that is short.
std::string quote(SyntaxNode node) {
  llvm::StringRef text = node.text();
  if (text.size() <= kQuoteBytes && !text.contains('\n'))
    return ("`" + text + "`").str();
  if (SyntaxNode callee = node.child(Field::Function);
      callee && callee.text().size() <= kQuoteBytes && !callee.text().contains('\n'))
    return ("`" + callee.text() + "(…)`").str();
  // `….json()` of a long chain.
  if (SyntaxNode callee = node.child(Field::Function);
      callee && callee.kind() == NodeKind::Attribute)
    return "`…." + callee.child(Field::Attribute).text().str() + "(…)`";
  return {};
}

unsigned countChildren(SyntaxNode node) {
  unsigned count = 0;
  for (SyntaxNode child : node.children())
    count += child.kind() != NodeKind::Operator ? 1 : 0;
  return count;
}

class Finder {
public:
  Finder(const SemanticModel &model, const Target &target) : model_(model), target_(target) {
    for (const Function &function : model.functions())
      if (function.isOpaque)
        opaque_.insert(function.node.ordinal());
  }

  HeapFacts run() {
    depths_.assign(model_.tree().nodeCount(), 0);
    for (uint32_t i = 0; i < model_.tree().statementCount(); ++i)
      visit(model_.tree().statement(i));
    return std::move(facts_);
  }

private:
  /// Whether nothing below `node` is code that allocates.
  bool isBarred(SyntaxNode node) const {
    switch (node.kind()) {
    case NodeKind::Error:
    case NodeKind::Type:
    case NodeKind::Decorator:
      return true;
    case NodeKind::FunctionDefinition:
      return opaque_.contains(node.ordinal());
    default:
      return node.hasError() && isSimpleStatement(node.kind());
    }
  }

  void visit(SyntaxNode statement) {
    for (SyntaxNode node = statement; node;) {
      SyntaxNode parent = node.parent();
      uint16_t depth = parent ? depths_[parent.ordinal()] + 1 : 0;
      if (depth > kDepthLimit || isBarred(node)) {
        node = node.firstAfter();
        continue;
      }
      depths_[node.ordinal()] = depth;
      expression(node);
      node = node.next();
    }
  }

  void expression(SyntaxNode node) {
    switch (node.kind()) {
    case NodeKind::Call:
      return call(node);
    case NodeKind::Attribute:
      return attribute(node);
    case NodeKind::BinaryOperator:
      return repetition(node);
    case NodeKind::Subscript:
      return slice(node);
    case NodeKind::List:
    case NodeKind::Set:
    case NodeKind::Dictionary:
      return display(node);
    case NodeKind::ListComprehension:
    case NodeKind::SetComprehension:
    case NodeKind::DictionaryComprehension:
      return comprehension(node);
    case NodeKind::DeleteStatement:
      return deletion(node);
    case NodeKind::Assignment:
      return assignment(node);
    default:
      return;
    }
  }

  AllocationSite &add(SyntaxNode node, AllocationKind kind, llvm::StringRef what,
                      CostBuilder &cost) {
    AllocationSite &site = facts_.sites.emplace_back();
    site.node = node;
    site.kind = kind;
    site.function = model_.functionOf(node);
    site.what = quote(node);
    if (site.what.empty())
      site.what = what.str();
    site.presumedLarge = cost.presumedLarge();
    site.leavesLarge = cost.leavesLarge();
    site.cost = cost.take();
    return site;
  }

  /// `n` of `bytearray(n)`, where it may be a number.
  SyntaxNode countArgument(SyntaxNode call, AllocationKind kind) const {
    CallArguments arguments(call);
    SyntaxNode first = arguments.get(0);
    if (kind != Buffer || arguments.positionalCount() != 1 || !first)
      return {};
    // `bytes(x)` of something unknown is a conversion more often than not.
    ValueType type = model_.typeOf(first);
    bool mayBeCount = !type && call.child(Field::Function).text() != "bytes";
    return mayBeCount || type.name == "int" ? first : SyntaxNode();
  }

  void call(SyntaxNode node) {
    CostBuilder cost(target_);
    llvm::StringRef name = model_.calleeName(node);
    bool isUnknownResponse = name.empty() && decodesResponse(node);
    if (isUnknownResponse)
      name = "json.loads"; // whatever it keeps besides is not known
    if (const LayoutRow *row = findLayout(name)) {
      bool maybeCached = row->heldByLibrary || isUnknownResponse;
      if (maybeCached && liesReady(node.child(Field::Function)))
        return;
      row->charge({model_, node, CallArguments(node)}, cost);
      AllocationSite &site = add(node, row->kind, "this call", cost);
      site.heldByLibrary = row->heldByLibrary;
      site.size = countArgument(node, row->kind);
      return;
    }
    // Anything else that is named like a class makes an object of a size not known here.
    llvm::StringRef last = node.child(Field::Function).text().rsplit('.').second;
    if (last.empty())
      last = node.child(Field::Function).text();
    if (!last.empty() && llvm::isUpper(last.front())) {
      cost.keep(Interval::atLeast(cost.words(4).lo));
      cost.because("what its constructor allocates is not known");
      add(node, Object, "this object", cost);
    }
  }

  /// `response.json()` of something unknown that is named like an answer, or asked for on the spot:
  /// there are more libraries for requests than are known here.
  bool decodesResponse(SyntaxNode call) const {
    SyntaxNode callee = call.child(Field::Function);
    if (callee.kind() != NodeKind::Attribute || callee.child(Field::Attribute).text() != "json" ||
        CallArguments(call).positionalCount() != 0 || model_.calleeFunction(call) != kNoId)
      return false;
    SyntaxNode asked = callee.child(Field::Object);
    if (model_.typeOf(asked))
      return false;
    if (asked.kind() == NodeKind::Call)
      return llvm::is_contained({"get", "post", "request", "fetch"}, lastNameOf(asked));
    llvm::StringRef name = asked.text().rsplit('.').second;
    name = name.empty() ? asked.text() : name;
    return name == "r" || name == "res" || name.contains_insensitive("resp") ||
           name.contains_insensitive("reply") || name.contains_insensitive("answer");
  }

  /// Whether the response that `attribute` asks for its body was asked before, in the same
  /// function: adafruit_requests gives what it has.
  bool liesReady(SyntaxNode attribute) {
    SymbolId symbol = model_.symbolOf(attribute.child(Field::Object));
    if (symbol == kNoId)
      return false;
    auto [asked, isFirst] =
        askedFor_.try_emplace({symbol, model_.functionOf(attribute)}, attribute.ordinal());
    uint32_t before = std::exchange(asked->second, attribute.ordinal());
    return !isFirst && llvm::none_of(model_.symbol(symbol).bindings, [&](BindingId id) {
      uint32_t bound = model_.binding(id).name.ordinal();
      return before < bound && bound < attribute.ordinal();
    });
  }

  /// `response.text` and `.content` are properties that read the whole body.
  void attribute(SyntaxNode node) {
    llvm::StringRef name = node.child(Field::Attribute).text();
    if (node.field() == Field::Function || (name != "text" && name != "content"))
      return;
    const LayoutRow *row = findLayout(model_.qualifiedName(node));
    if (row == nullptr || (row->heldByLibrary && liesReady(node)))
      return;
    CostBuilder cost(target_);
    row->charge({model_, node, CallArguments(node)}, cost);
    add(node, row->kind, "this body", cost).heldByLibrary = row->heldByLibrary;
  }

  /// heap-facts b.2, b.4: `[x] * n` makes the operand, then the whole; so does text.
  void repetition(SyntaxNode node) {
    if (node.child(Field::Operator).text() != "*")
      return;
    SyntaxNode sequence = node.child(Field::Left);
    SyntaxNode count = node.child(Field::Right);
    if (!isRepeatable(sequence))
      std::swap(sequence, count);
    if (!isRepeatable(sequence))
      return;
    CostBuilder cost(target_);
    Interval times = model_.intervalOf(count).clampedBelow(0);
    Interval length = model_.lengthOf(sequence).clampedBelow(0) * times;
    if (!length.hasHi())
      cost.because("how often it is repeated is not known");
    if (model_.typeOf(sequence).name == "list") {
      cost.keepList(length);
      add(node, Buffer, "this list", cost).size = count;
      return;
    }
    cost.keepBytes(length);
    // CircuitPython copies the repeated data once more; the first copy is garbage.
    if (target_.family() == FirmwareFamily::CircuitPython)
      cost.drop(length + Interval::exactly(1));
    bool isText = model_.typeOf(sequence).name == "str";
    add(node, isText ? Text : Buffer, "this repetition", cost).size = count;
  }

  bool isRepeatable(SyntaxNode node) const {
    llvm::StringRef type = model_.typeOf(node).name;
    return type == "list" || type == "bytes" || type == "str";
  }

  /// heap-facts b.2, b.3: a slice is a copy.
  void slice(SyntaxNode node) {
    SyntaxNode slice = node.child(NodeKind::Slice);
    if (!slice || isTarget(node))
      return;
    SyntaxNode base = node.child(Field::Value);
    llvm::StringRef type = model_.typeOf(base).name;
    CostBuilder cost(target_);
    SyntaxNode count = sliceCount(slice);
    Interval length = (count ? model_.intervalOf(count) : model_.lengthOf(node)).clampedBelow(0);
    if (!length.hasHi())
      cost.because("the length of the slice is not known");
    if (type == "bytearray" || type == "array.array") {
      Interval item =
          type == "bytearray" ? Interval::exactly(1) : arrayItemBytes(model_, base, target_);
      cost.keep(cost.words(4));
      cost.keep(item * length);
    } else if (type == "bytes" || type == "str") {
      cost.drop(cost.words(4));
      cost.keepBytes(length);
    } else if (type == "list") {
      cost.drop(cost.words(4));
      cost.keepList(length);
    } else {
      return;
    }
    add(node, type == "str" ? Text : Buffer, "this slice", cost).size = count;
  }

  /// `n` of `a[i:i + n]`, else null.
  static SyntaxNode sliceCount(SyntaxNode slice) {
    SyntaxNode start = slice.firstChild();
    SyntaxNode colon = start.nextSibling();
    SyntaxNode stop = colon.nextSibling();
    bool isSum = colon.kind() == NodeKind::Colon && stop.kind() == NodeKind::BinaryOperator &&
                 stop.child(Field::Operator).text() == "+" && !stop.nextSibling();
    return isSum && stop.child(Field::Left).text() == start.text() ? stop.child(Field::Right)
                                                                   : SyntaxNode();
  }

  static bool isTarget(SyntaxNode node) {
    return node.field() == Field::Left || node.parent().kind() == NodeKind::DeleteStatement;
  }

  void display(SyntaxNode node) {
    CostBuilder cost(target_);
    Interval count = Interval::exactly(countChildren(node));
    if (node.child(NodeKind::ListSplat) || node.child(NodeKind::DictionarySplat))
      count = Interval::atLeast(0);
    if (node.kind() == NodeKind::List) {
      cost.keepList(count);
    } else {
      cost.keep(cost.words(4));
      cost.keep(cost.words(count) * Interval::exactly(node.kind() == NodeKind::Dictionary ? 2 : 1));
    }
    add(node, Container,
        node.kind() == NodeKind::List         ? "this list"
        : node.kind() == NodeKind::Dictionary ? "this dict"
                                              : "this set",
        cost);
  }

  /// heap-facts b.4: the comprehension's function, then growth as by append.
  void comprehension(SyntaxNode node) {
    CostBuilder cost(target_);
    Interval count = Interval::exactly(1);
    bool filtered = false;
    for (SyntaxNode clause : node.children()) {
      if (clause.kind() == NodeKind::ForInClause)
        count = count * model_.tripsOf(clause).clampedBelow(0);
      filtered |= clause.kind() == NodeKind::IfClause;
    }
    if (filtered)
      count.lo = 0;
    if (!count.hasHi())
      cost.because("how many items it gets is not known");
    cost.drop(cost.words(4));
    if (node.kind() == NodeKind::ListComprehension) {
      cost.keepGrownList(count);
    } else {
      // The table of n entries has at least n and at most about 1.5 n slots.
      int64_t slotWords = node.kind() == NodeKind::DictionaryComprehension ? 2 : 1;
      Interval slots = {count.lo, count.hasHi() ? count.hi + count.hi / 2 + 2 : count.hi};
      cost.keep(cost.words(4));
      cost.keep(cost.words(slots * Interval::exactly(slotWords)));
    }
    add(node, Container, "this comprehension", cost);
  }

  void addDeletion(SyntaxNode statement, SyntaxNode target) {
    SymbolId symbol = model_.symbolOf(target);
    if (symbol != kNoId)
      facts_.deletions.push_back({statement, target, symbol, model_.functionOf(statement)});
  }

  void deletion(SyntaxNode statement) {
    for (SyntaxNode node = statement.firstChild(); node && statement.contains(node);) {
      bool isGroup = llvm::is_contained({NodeKind::ExpressionList, NodeKind::Tuple, NodeKind::List,
                                         NodeKind::ParenthesizedExpression},
                                        node.kind());
      if (isGroup) {
        node = node.next();
        continue;
      }
      addDeletion(statement, node);
      node = node.firstAfter();
    }
  }

  void assignment(SyntaxNode node) {
    if (node.child(Field::Right).kind() == NodeKind::NoneLiteral)
      addDeletion(node.statement(), node.child(Field::Left));
  }

  const SemanticModel &model_;
  const Target &target_;
  llvm::DenseSet<uint32_t> opaque_; ///< ordinals of definitions that are not Python inside
  std::vector<uint16_t> depths_; ///< of the nodes visited, by ordinal
  /// Where the response of a name was last asked for its body.
  llvm::DenseMap<std::pair<SymbolId, FunctionId>, uint32_t> askedFor_;
  HeapFacts facts_;
};

} // namespace

HeapFacts findHeapFacts(const SemanticModel &model, const Target &target) {
  return Finder(model, target).run();
}

std::vector<AllocationSite> findGrowths(const SemanticModel &model) {
  std::vector<AllocationSite> growths;
  for (uint32_t i = 0; i < model.tree().statementCount(); ++i) {
    SyntaxNode statement = model.tree().statement(i);
    for (SyntaxNode call = statement; call && statement.contains(call); call = call.next()) {
      SyntaxNode callee =
          call.kind() == NodeKind::Call ? call.child(Field::Function) : SyntaxNode();
      if (callee.kind() != NodeKind::Attribute ||
          callee.child(Field::Attribute).text() != "append" || call.hasError())
        continue;
      SyntaxNode list = callee.child(Field::Object);
      SymbolId symbol = model.symbolOf(list);
      ScopeKind scope =
          symbol == kNoId ? ScopeKind::Function : model.scope(model.symbol(symbol).scope).kind;
      bool stays = scope == ScopeKind::Module || scope == ScopeKind::Instance;
      if (!stays || model.typeOf(list).name != "list")
        continue;
      AllocationSite &site = growths.emplace_back();
      site.node = call;
      site.kind = AllocationKind::Container;
      site.function = model.functionOf(call);
      site.cost.requests.push_back({Interval::atLeast(0)});
      site.what = ("the growth of `" + list.text().take_front(40) + "`").str();
    }
  }
  return growths;
}

} // namespace fraglint
