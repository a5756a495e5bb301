#include "heap/movability.h"

#include "semantic/call_traits.h"
#include "semantic/none_check.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/SmallSet.h"

namespace fraglint {

namespace {

/// Fewer labels are not worth moving something for.
constexpr unsigned kLeastLabels = 3;
/// How deep calls are followed for what they make, and how many statements are passed.
constexpr unsigned kCallDepth = 3;
constexpr size_t kCompanionLimit = 6;
/// Statements above a large one that are looked at: more than anybody writes.
constexpr uint32_t kStatementLimit = 400;

bool isPureCall(llvm::StringRef callee) {
  return llvm::is_contained(
      {"len", "int", "min", "max", "abs", "round", "bytes", "bytearray", "array.array"}, callee);
}

bool isStorageModule(llvm::StringRef name) {
  llvm::StringRef root = name.split('.').first;
  return llvm::is_contained({"storage", "sdcardio", "sdioio", "adafruit_sdcard", "sdcard"}, root);
}

bool isLabel(const SemanticModel &model, const AllocationSite &site) {
  return site.node.kind() == NodeKind::Call &&
         llvm::StringRef(model.calleeName(site.node)).starts_with("adafruit_display_text.");
}

SyntaxNode topStatement(SyntaxNode node) {
  while (node.parent())
    node = node.parent();
  return node;
}

/// One search for a place further up.
class Mover {
public:
  Mover(const HeapModel &heap, const AllocationSite &site)
      : heap_(heap), model_(heap.module().model()), site_(site) {
    for (const Binding &binding : model_.bindings())
      usesStorage_ |= binding.kind == BindingKind::Import && isStorageModule(binding.importedName);
    readsFiles_ = site.kind == AllocationKind::Image;
  }

  std::optional<LatePlacement> run() {
    SyntaxNode own = topStatement(site_.node);
    if (own.kind() != NodeKind::ExpressionStatement || !addNeeds(site_.node))
      return std::nullopt;
    // The statements above it in its own file, the nearest first.
    uint32_t last = indexOf(own);
    uint32_t first = model_.function(model_.functionOf(own)).firstStatement;
    first = std::max(first, last - std::min(last, kStatementLimit));
    for (uint32_t index = last; index-- > first;) {
      SyntaxNode statement = model_.tree().statement(index);
      // A collection behind all that was made: the room left is as good as it gets.
      if (placement_.before.empty() && heap_.collects(statement))
        return std::nullopt;
      if (!pass(statement))
        break;
    }
    return judge();
  }

private:
  uint32_t indexOf(SyntaxNode topLevel) const {
    const SyntaxTree &tree = model_.tree();
    auto statements = llvm::seq(0U, tree.statementCount());
    return *llvm::partition_point(statements, [&](uint32_t index) {
      return tree.statement(index).ordinal() < topLevel.ordinal();
    });
  }

  /// Adds the names that `expression` reads and the effects it waits for; false where they are
  /// not known.
  bool addNeeds(SyntaxNode expression) {
    for (SyntaxNode node = expression; node && expression.contains(node); node = node.next()) {
      switch (node.kind()) {
      case NodeKind::Lambda:
      case NodeKind::Await:
      case NodeKind::Yield:
      case NodeKind::NamedExpression:
      case NodeKind::ListComprehension:
      case NodeKind::DictionaryComprehension:
      case NodeKind::SetComprehension:
      case NodeKind::GeneratorExpression:
        return false;
      case NodeKind::Call:
        if (!addCall(node))
          return false;
        break;
      case NodeKind::Identifier:
        if (!addName(node))
          return false;
        break;
      default:
        break;
      }
    }
    return true;
  }

  bool addCall(SyntaxNode call) {
    if (call == site_.node)
      return true;
    std::string callee = model_.calleeName(call);
    readsFiles_ |= callee == "open";
    return callee == "open" || isPureCall(callee);
  }

  bool addName(SyntaxNode name) {
    SymbolId symbol = model_.symbolOf(name);
    if (symbol == kNoId || !needs_.insert(symbol).second)
      return true;
    // Bound by code that runs who knows when.
    return llvm::all_of(model_.symbol(symbol).bindings, [&](BindingId id) {
      return model_.isModuleBody(model_.binding(id).function);
    });
  }

  /// Goes above `statement` if nothing in it is needed; false where that ends here.
  bool pass(SyntaxNode statement) {
    if (statement.hasError() || changesFiles(statement))
      return false;
    bool binds = false;
    for (SymbolId symbol : llvm::SmallVector<SymbolId, 8>(needs_.begin(), needs_.end())) {
      binds |= llvm::any_of(model_.symbol(symbol).bindings, [&](BindingId id) {
        return statement.contains(model_.binding(id).name);
      });
      if (changes(statement, symbol))
        return false;
    }
    if (binds)
      return takeAlong(statement);
    collectFrom(statement);
    return true;
  }

  /// Whether `statement` stores into the object of a needed name, or calls a method of it.
  bool changes(SyntaxNode statement, SymbolId symbol) const {
    return llvm::any_of(model_.symbol(symbol).references, [&](SyntaxNode load) {
      if (!statement.contains(load))
        return false;
      SyntaxNode up = load.parent();
      bool isPart = up.kind() == NodeKind::Attribute || up.kind() == NodeKind::Subscript;
      bool isImport = llvm::any_of(model_.symbol(symbol).bindings, [&](BindingId id) {
        return model_.binding(id).kind == BindingKind::Import;
      });
      return isPart && !isImport && (up.field() == Field::Left || up.field() == Field::Function);
    });
  }

  /// `WIDTH = 64`, `display = board.DISPLAY` move together with what needs them.
  bool takeAlong(SyntaxNode statement) {
    SyntaxNode assignment = statement.firstChild();
    if (statement.kind() != NodeKind::ExpressionStatement ||
        assignment.kind() != NodeKind::Assignment ||
        assignment.child(Field::Left).kind() != NodeKind::Identifier ||
        placement_.companions.size() == kCompanionLimit ||
        !addNeeds(assignment.child(Field::Right)))
      return false;
    placement_.companions.push_back(statement);
    return true;
  }

  /// Whether a file that is to be read may first come to be there, or its path may change.
  bool changesFiles(SyntaxNode statement) const {
    if (!readsFiles_ || statement.kind() == NodeKind::FunctionDefinition ||
        statement.kind() == NodeKind::ClassDefinition)
      return false;
    for (SyntaxNode node = statement; node && statement.contains(node); node = node.next()) {
      if (node.kind() != NodeKind::Call)
        continue;
      const LibraryRow *row = libraryRowOf(model_, node);
      llvm::StringRef last = lastNameOf(node);
      bool writes = last == "wget" || last.starts_with("save") ||
                    (last == "open" && (node.text().contains("\"w") || node.text().contains("'w")));
      if (writes || (row != nullptr && row->has(Trait::OpensStorage)) ||
          (row == nullptr && usesStorage_))
        return true;
    }
    return false;
  }

  void collectFrom(SyntaxNode statement) {
    if (statement.kind() == NodeKind::FunctionDefinition)
      return;
    llvm::SmallVector<MovableAllocation, 8> found;
    addSites(statement, model_.functionOf(statement), found, kCallDepth);
    if (found.empty())
      return;
    placement_.before.insert(placement_.before.begin(), found.begin(), found.end());
    placement_.destination = statement;
    companionsUsed_ = placement_.companions.size();
  }

  // NOLINTBEGIN(misc-no-recursion): kCallDepth bounds it.
  void addSites(SyntaxNode code, FunctionId function,
                llvm::SmallVectorImpl<MovableAllocation> &found, unsigned depth) {
    for (const AllocationSite &other : sitesWithin(code))
      if (other.function == function)
        addSite(other, found);
    for (SyntaxNode node = code; node && code.contains(node); node = node.next()) {
      if (node.kind() != NodeKind::Call || model_.functionOf(node) != function)
        continue;
      FunctionId callee = model_.calleeFunction(node);
      if (callee != kNoId && depth > 0 && entered_.insert(callee).second)
        addSites(model_.function(callee).node, callee, found, depth - 1);
      else if (callee == kNoId)
        addNetwork(node, found);
    }
  }
  // NOLINTEND(misc-no-recursion)

  llvm::ArrayRef<AllocationSite> sitesWithin(SyntaxNode code) const {
    llvm::ArrayRef<AllocationSite> all = heap_.allocationSites();
    auto before = [](const AllocationSite &a, uint32_t ordinal) {
      return a.node.ordinal() < ordinal;
    };
    const auto *first = llvm::lower_bound(all, code.ordinal(), before);
    const auto *last = first;
    while (last != all.end() && code.contains(last->node))
      ++last;
    return {first, last};
  }

  void addSite(const AllocationSite &other, llvm::SmallVectorImpl<MovableAllocation> &found) {
    bool isFont =
        llvm::StringRef(other.node.kind() == NodeKind::Call ? model_.calleeName(other.node)
                                                            : std::string())
            .ends_with("load_font");
    bool isSmallText = isLabel(model_, other);
    // Other large runs are as hard to place: their order among themselves is the program's.
    bool isLargeRun = heap_.isLarge(other) && other.kind != AllocationKind::Document;
    if ((isLargeRun && !isFont && !isSmallText) || other.kind == AllocationKind::Text ||
        other.node.enclosing(NodeKind::ExceptClause) || !stays(other))
      return;
    Interval times = timesMade(other);
    Interval bytes = other.cost.retained * times;
    bool presumed = (isFont && isUsedEarlier(other)) ||
                    (other.kind == AllocationKind::Document && other.presumedLarge);
    // What every small object takes is not worth a note each.
    if (bytes.lo < heap_.target().largeBytes() / 8 && !presumed)
      return;
    if (isSmallText)
      labels_ += static_cast<unsigned>(std::min<int64_t>(times.lo, kLeastLabels));
    found.push_back({other.node, bytes, presumed});
  }

  /// A connection keeps sockets, certificates and the session's buffers.
  void addNetwork(SyntaxNode call, llvm::SmallVectorImpl<MovableAllocation> &found) const {
    const LibraryRow *row = libraryRowOf(model_, call);
    if (row != nullptr && row->has(Trait::OpensNetwork))
      found.push_back({call, Interval::atLeast(0), true});
  }

  bool stays(const AllocationSite &other) const {
    ValueHolders holders = followValue(model_, other.node);
    for (SymbolId symbol : holders.symbols)
      if (llvm::any_of(heap_.deletions(), [&](const Deletion &d) {
            return d.symbol == symbol && d.statement.ordinal() < site_.node.ordinal();
          }))
        return false;
    bool isNamed = llvm::any_of(holders.symbols, [&](SymbolId symbol) {
      ScopeKind kind = model_.scope(model_.symbol(symbol).scope).kind;
      return kind == ScopeKind::Module || kind == ScopeKind::Instance;
    });
    // What a function returns is its caller's, who may drop it at once.
    return isNamed || (holders.keeper && holders.keeper.kind() != NodeKind::ReturnStatement);
  }

  /// Whether the name of an object is read before the site: a font has glyphs only then.
  bool isUsedEarlier(const AllocationSite &other) const {
    return llvm::any_of(followValue(model_, other.node).symbols, [&](SymbolId symbol) {
      return llvm::any_of(model_.symbol(symbol).references,
                          [&](SyntaxNode use) { return use.ordinal() < site_.node.ordinal(); });
    });
  }

  Interval timesMade(const AllocationSite &other) const {
    Interval times = Interval::exactly(1);
    for (SyntaxNode up = other.node.parent(); up; up = up.parent()) {
      if (up.kind() == NodeKind::FunctionDefinition || up.kind() == NodeKind::WhileStatement)
        break;
      if (up.kind() == NodeKind::ForStatement)
        times = times * model_.tripsOf(up).clampedBelow(1);
    }
    return times;
  }

  std::optional<LatePlacement> judge() {
    if (placement_.before.empty())
      return std::nullopt;
    if (labels_ < kLeastLabels)
      llvm::erase_if(placement_.before, [&](const MovableAllocation &movable) {
        return movable.node.kind() == NodeKind::Call && isLabelCall(movable.node);
      });
    bool presumed = false;
    for (const MovableAllocation &movable : placement_.before) {
      placement_.bytes = placement_.bytes + movable.bytes;
      presumed |= movable.presumed;
    }
    if (placement_.before.empty() ||
        (!presumed && placement_.bytes.lo < heap_.target().largeBytes()))
      return std::nullopt;
    placement_.companions.resize(companionsUsed_);
    return std::move(placement_);
  }

  bool isLabelCall(SyntaxNode call) const {
    return llvm::StringRef(model_.calleeName(call)).starts_with("adafruit_display_text.");
  }

  const HeapModel &heap_;
  const SemanticModel &model_;
  const AllocationSite &site_;
  LatePlacement placement_;
  llvm::SmallSet<SymbolId, 8> needs_;
  llvm::SmallSet<FunctionId, 8> entered_;
  bool usesStorage_ = false;
  bool readsFiles_ = false;
  unsigned labels_ = 0;
  size_t companionsUsed_ = 0; ///< those below the destination
};

bool isInEndlessLoop(const FunctionFlow &flow, SyntaxNode node) {
  for (LoopId loop = flow.graph.loopOf(node); loop != kNoId; loop = flow.graph.loop(loop).parent)
    if (flow.loops.neverEnds(loop))
      return true;
  return false;
}

/// Whether all calls of `function` come from endless loops, and there is one.
// NOLINTNEXTLINE(misc-no-recursion): `depth` bounds it.
bool runsInLoopOnly(const Module &module, FunctionId function, unsigned depth) {
  llvm::ArrayRef<CallEdge> callers = module.callersOf(function);
  if (depth == 0 || callers.empty())
    return false;
  for (const CallEdge &edge : callers)
    if (!isInEndlessLoop(module.flow(edge.caller), edge.call) &&
        (module.model().isModuleBody(edge.caller) ||
         !runsInLoopOnly(module, edge.caller, depth - 1)))
      return false;
  return true;
}

} // namespace

std::optional<LatePlacement> findLatePlacement(const HeapModel &heap, const AllocationSite &site) {
  if (!heap.module().model().isModuleBody(site.function))
    return std::nullopt;
  return Mover(heap, site).run();
}

SyntaxNode firstTimeGuard(const HeapModel &heap, const AllocationSite &site) {
  const Module &module = heap.module();
  const SemanticModel &model = module.model();
  SyntaxNode assignment = site.node.parent();
  SyntaxNode guard = site.node.enclosing(NodeKind::IfStatement);
  SyntaxNode asked = askedForNone(guard.child(Field::Condition));
  SymbolId symbol = model.symbolOf(asked);
  if (assignment.kind() != NodeKind::Assignment || symbol == kNoId ||
      model.symbolOf(assignment.child(Field::Left)) != symbol)
    return {};
  ScopeKind scope = model.scope(model.symbol(symbol).scope).kind;
  if (scope != ScopeKind::Module && scope != ScopeKind::Instance)
    return {};
  if (!isInEndlessLoop(module.flow(site.function), site.node) &&
      (model.isModuleBody(site.function) || !runsInLoopOnly(module, site.function, kCallDepth)))
    return {};
  // Known from the start: bound once, by the module body, outside every loop.
  for (SyntaxNode node = site.node; node && site.node.contains(node); node = node.next()) {
    SymbolId used = node.kind() == NodeKind::Identifier ? model.symbolOf(node) : kNoId;
    if (used == kNoId)
      continue;
    for (BindingId id : model.symbol(used).bindings) {
      const Binding &binding = model.binding(id);
      if (!model.isModuleBody(binding.function) ||
          binding.name.enclosing(NodeKind::WhileStatement) ||
          binding.name.enclosing(NodeKind::ForStatement))
        return {};
    }
  }
  return guard;
}

} // namespace fraglint
