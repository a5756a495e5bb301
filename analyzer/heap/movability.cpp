#include "heap/movability.h"

#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"
#include "semantic/none_check.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/SmallSet.h"

namespace fraglint {

namespace {

/// Fewer labels are not worth moving something for.
constexpr unsigned kLeastLabels = 3;
/// How deep calls are followed for what they make, and how many callers up.
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
         model.calleeName(site.node).starts_with("adafruit_display_text.");
}

/// Whether the statements of `block`, a block of `outer`, are what `outer` runs, once: what stands
/// there could stand above `outer`.
bool isTransparent(SyntaxNode block, SyntaxNode outer) {
  switch (outer.kind()) {
  case NodeKind::WithStatement:
    return true;
  case NodeKind::TryStatement:
    return outer.child(Field::Body) == block;
  case NodeKind::IfStatement:
    return outer.child(Field::Condition).text().starts_with("__name__");
  default:
    return false;
  }
}

/// Whether all that `name` ever stands for is written out: `HAS_ICONS = True`.
bool isSetting(const SemanticModel &model, SyntaxNode name) {
  SymbolId symbol = model.symbolOf(name);
  return symbol != kNoId && llvm::all_of(model.symbol(symbol).bindings, [&](BindingId id) {
           SyntaxNode value = model.binding(id).value;
           if (model.binding(id).kind != BindingKind::Assignment || !value)
             return false;
           for (SyntaxNode node = value; node && value.contains(node); node = node.next())
             if (node.kind() == NodeKind::Identifier)
               return false;
           return true;
         });
}

/// Whether `block` is what `outer`, an `if`, runs by the program's own settings: it could stand
/// higher up together with that.
bool isSwitched(const SemanticModel &model, SyntaxNode block, SyntaxNode outer) {
  SyntaxNode condition = outer.child(Field::Condition);
  if (outer.kind() != NodeKind::IfStatement || !(outer.child(Field::Consequence) == block) ||
      model.truthOf(condition) == false)
    return false;
  for (SyntaxNode node = condition; node && condition.contains(node); node = node.next())
    if (node.kind() == NodeKind::Call || node.kind() == NodeKind::Lambda ||
        (node.kind() == NodeKind::Identifier && !isSetting(model, node)))
      return false;
  return true;
}

/// Whether `statement` runs once each time that its function does, or at most once by a setting.
bool isStraight(const SemanticModel &model, SyntaxNode statement) {
  for (SyntaxNode block = statement.parent(); block; block = block.parent()) {
    SyntaxNode outer = block.parent();
    if (outer.kind() == NodeKind::FunctionDefinition)
      return true;
    if (!isTransparent(block, outer) && !isSwitched(model, block, outer))
      return false;
    block = outer;
  }
  return true;
}

bool isInComprehension(SyntaxNode node) {
  for (SyntaxNode up = node; up && !(up == node.statement()); up = up.parent())
    if (up.kind() == NodeKind::ForInClause || up.child(NodeKind::ForInClause))
      return true;
  return false;
}

/// The one call of `function`, which the program comes to once; null where there is none, or
/// where it may run again.
const CallEdge *onlyCall(const Module &module, FunctionId function) {
  const SemanticModel &model = module.model();
  llvm::ArrayRef<CallEdge> callers = module.callersOf(function);
  if (model.isModuleBody(function) || callers.size() != 1 || model.function(function).isGenerator)
    return nullptr;
  const CallEdge &edge = callers.front();
  if (edge.call.kind() != NodeKind::Call || isInComprehension(edge.call) ||
      module.flow(edge.caller).graph.loopOf(edge.call) != kNoId)
    return nullptr;
  // A name that is read elsewhere may be a callback.
  SymbolId symbol = model.symbolOf(model.function(function).node.child(Field::Name));
  if (symbol != kNoId && model.symbol(symbol).references.size() > 1)
    return nullptr;
  return &edge;
}

/// Whether `function` is part of the set-up: called once, and so are its callers.
bool runsOnce(const Module &module, FunctionId function) {
  for (unsigned depth = 0; depth < kCallDepth && !module.model().isModuleBody(function); ++depth) {
    const CallEdge *call = onlyCall(module, function);
    if (call == nullptr)
      return false;
    function = call->caller;
  }
  return module.model().isModuleBody(function);
}

/// Whether `use`, the `display.x` of a call or a store, leaves the sides of a display as they are.
bool onlyShows(SyntaxNode use) {
  return llvm::is_contained(
      {"auto_brightness", "auto_refresh", "brightness", "refresh", "root_group", "show"},
      use.child(Field::Attribute).text());
}

/// One search for a place further up.
class Mover {
public:
  Mover(const HeapModel &heap, const AllocationSite &site)
      : heap_(heap), model_(heap.module().model()), site_(site) {
    for (const Binding &binding : model_.bindings())
      if (binding.kind == BindingKind::Import && isStorageModule(binding.importedName))
        storageFiles_.insert(model_.fileOf(binding.name));
    readsFiles_ = site.kind == AllocationKind::Image;
    way_.push_back(site.function);
    for (const CallEdge *call = onlyCall(heap.module(), site.function);
         call != nullptr && way_.size() <= kCallDepth; call = onlyCall(heap.module(), call->caller))
      way_.push_back(call->caller);
  }

  std::optional<LatePlacement> run() {
    SyntaxNode own = site_.node.statement();
    if ((own.kind() != NodeKind::ExpressionStatement && own.kind() != NodeKind::ReturnStatement) ||
        !isStraight(model_, own))
      return std::nullopt;
    frames_.push_back({site_.function, site_.node});
    if (isBrief() || !addNeeds(site_.node))
      return std::nullopt;
    // Up to the top of its function, then on above the only call of that.
    while (passAbove(frames_.back().last.statement())) {
      FunctionId function = frames_.back().function;
      const CallEdge *call = onlyCall(heap_.module(), function);
      if (call == nullptr || frames_.size() > kCallDepth || !needsOfCaller(*call))
        break;
      frames_.push_back({call->caller, call->call});
    }
    return judge();
  }

private:
  /// Whether the function that makes it drops it again when it returns: that room is free for the
  /// next.
  bool isBrief() const {
    return !model_.isModuleBody(site_.function) && !staysIn(site_.function) &&
           !heap_.lifetime(site_).outlivesPass;
  }

  /// A function on the way up, and what of it comes last before the site.
  struct Frame {
    FunctionId function;
    SyntaxNode last;
  };

  /// Goes up from `at` to the top of its function; false where it has to stop before.
  bool passAbove(SyntaxNode at) {
    while (true) {
      llvm::SmallVector<SyntaxNode, 16> before = statementsBefore(at);
      for (SyntaxNode statement : llvm::reverse(before)) {
        // A collection behind all that was made: the room left is as good as it gets.
        if ((placement_.before.empty() && heap_.collects(statement)) || !pass(statement))
          return false;
      }
      SyntaxNode block = at.parent();
      SyntaxNode outer = block.parent();
      if (!block || outer.kind() == NodeKind::FunctionDefinition)
        return true;
      if (bindsNeedIn(outer, at) || !(isTransparent(block, outer) || liftsWith(block, outer)))
        return false;
      at = outer;
    }
  }

  /// Whether `block` goes above `outer` together with the condition that it stands under.
  bool liftsWith(SyntaxNode block, SyntaxNode outer) {
    return isSwitched(model_, block, outer) && addNeeds(outer.child(Field::Condition));
  }

  /// Those of the same block, in order; of a long one only the last.
  llvm::SmallVector<SyntaxNode, 16> statementsBefore(SyntaxNode at) const {
    llvm::SmallVector<SyntaxNode, 16> found;
    if (SyntaxNode block = at.parent()) {
      for (SyntaxNode statement : block.children()) {
        if (statement.contains(at))
          break;
        found.push_back(statement);
      }
    } else {
      uint32_t last = indexOf(at);
      uint32_t first = model_.function(model_.functionOf(at)).firstStatement;
      first = std::max(first, last - std::min(last, kStatementLimit));
      for (uint32_t index = first; index < last; ++index)
        found.push_back(model_.tree().statement(index));
    }
    if (found.size() > kStatementLimit)
      found.erase(found.begin(), found.end() - kStatementLimit);
    return found;
  }

  /// Whether the head of `outer` (`with open(…) as file:`) gives a name that is needed.
  bool bindsNeedIn(SyntaxNode outer, SyntaxNode inner) const {
    return llvm::any_of(needs_, [&](SymbolId symbol) {
      return llvm::any_of(model_.symbol(symbol).bindings, [&](BindingId id) {
        SyntaxNode name = model_.binding(id).name;
        return outer.contains(name) && !inner.parent().contains(name);
      });
    });
  }

  /// Needs, instead of parameters, what the call gives them; false where it needs other names of
  /// the function called, or what it is given is not known.
  bool needsOfCaller(const CallEdge &call) {
    for (SymbolId symbol : llvm::SmallVector<SymbolId, 8>(needs_.begin(), needs_.end())) {
      llvm::ArrayRef<BindingId> bindings = model_.symbol(symbol).bindings;
      if (llvm::none_of(bindings,
                        [&](BindingId id) { return model_.binding(id).function == call.callee; }))
        continue;
      SyntaxNode given = bindings.size() == 1 ? givenTo(symbol, call) : SyntaxNode();
      if (!given || !addNeeds(given))
        return false;
      needs_.erase(symbol);
    }
    return true;
  }

  /// What `call` gives to the parameter, or its default; null where that is not seen.
  SyntaxNode givenTo(SymbolId symbol, const CallEdge &call) const {
    const Binding &binding = model_.binding(model_.symbol(symbol).bindings.front());
    NodeKind form = binding.name.parent().kind();
    if (binding.kind != BindingKind::Parameter || form == NodeKind::ListSplatPattern ||
        form == NodeKind::DictionarySplatPattern)
      return {};
    for (SyntaxNode argument : call.call.child(Field::Arguments).children()) {
      if (argument.kind() == NodeKind::ListSplat || argument.kind() == NodeKind::DictionarySplat)
        return {};
      SyntaxNode value = argument.child(Field::Value);
      bool isKeyword = argument.kind() == NodeKind::KeywordArgument;
      if (parameterOf(model_, call.callee, isKeyword ? value : argument) == symbol)
        return isKeyword ? value : argument;
    }
    return binding.value;
  }

  bool isFrame(FunctionId function) const {
    return llvm::any_of(frames_, [&](const Frame &f) { return f.function == function; });
  }

  /// Whether `node` is evaluated before the site, as far as the order of the text tells.
  bool isEarlier(SyntaxNode node) const {
    FunctionId function = model_.functionOf(node);
    for (const Frame &frame : frames_)
      if (frame.function == function)
        return node.ordinal() < frame.last.ordinal();
    return entered_.contains(function) || node.ordinal() < frames_.back().last.ordinal();
  }

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
      case NodeKind::Attribute:
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
    llvm::StringRef callee = model_.calleeName(call);
    readsFiles_ |= callee == "open";
    return callee == "open" || isPureCall(callee);
  }

  bool addName(SyntaxNode name) {
    // The `self` of `self.width`, which is a name of its own.
    if (name.parent().kind() == NodeKind::Attribute && model_.symbolOf(name.parent()) != kNoId)
      return true;
    SymbolId symbol = model_.symbolOf(name);
    if (symbol == kNoId || !needs_.insert(symbol).second)
      return true;
    // Else bound by code that runs who knows when.
    return llvm::all_of(model_.symbol(symbol).bindings, [&](BindingId id) {
      FunctionId function = model_.binding(id).function;
      return model_.isModuleBody(function) || llvm::is_contained(way_, function);
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

  /// Whether `statement` stores into the object of a needed name, or calls a method of it, other
  /// than to show something.
  bool changes(SyntaxNode statement, SymbolId symbol) const {
    return llvm::any_of(model_.symbol(symbol).references, [&](SyntaxNode load) {
      if (!statement.contains(load))
        return false;
      SyntaxNode up = load.parent();
      bool isPart = up.kind() == NodeKind::Attribute || up.kind() == NodeKind::Subscript;
      bool isImport = llvm::any_of(model_.symbol(symbol).bindings, [&](BindingId id) {
        return model_.binding(id).kind == BindingKind::Import;
      });
      return isPart && !isImport && !onlyShows(up) &&
             (up.field() == Field::Left || up.field() == Field::Function);
    });
  }

  /// `WIDTH = 64`, `display = board.DISPLAY` move together with what needs them.
  bool takeAlong(SyntaxNode statement) {
    SyntaxNode assignment = statement.firstChild();
    SymbolId bound = assignment.kind() == NodeKind::Assignment
                         ? model_.symbolOf(assignment.child(Field::Left))
                         : kNoId;
    if (statement.kind() != NodeKind::ExpressionStatement || bound == kNoId ||
        placement_.companions.size() == kCompanionLimit)
      return false;
    needs_.erase(bound);
    if (!addNeeds(assignment.child(Field::Right)))
      return false;
    placement_.companions.push_back(statement);
    return true;
  }

  /// Whether a file that is to be read may first come to be there, or its path may change.
  bool changesFiles(SyntaxNode statement) const {
    if (!readsFiles_ || statement.kind() == NodeKind::FunctionDefinition ||
        statement.kind() == NodeKind::ClassDefinition)
      return false;
    llvm::SmallSet<FunctionId, 8> asked;
    return anyCallChangesFiles(statement, kCallDepth, asked);
  }

  // NOLINTBEGIN(misc-no-recursion): `depth` bounds it.
  bool anyCallChangesFiles(SyntaxNode code, unsigned depth,
                           llvm::SmallSet<FunctionId, 8> &asked) const {
    for (SyntaxNode node = code; node && code.contains(node); node = node.next())
      if (node.kind() == NodeKind::Call && callChangesFiles(node, depth, asked))
        return true;
    return false;
  }

  /// Whether the file that is read is one that nothing else in the program names: none that the
  /// program writes.
  bool isOwnFile() const {
    SyntaxNode path = CallArguments(site_.node).get(0);
    std::optional<std::string> text = path ? model_.stringOf(path) : std::nullopt;
    if (!text || text->empty())
      return false;
    llvm::StringRef name = llvm::StringRef(*text).rsplit('/').second;
    size_t count = 0;
    for (const ModuleFile &file : model_.files())
      count += file.tree->file().text().count(name.empty() ? llvm::StringRef(*text) : name);
    return count == 1;
  }

  /// Whether a call writes a file or changes what a path means, as far as its name tells; one of
  /// unknown effect may, in a file that drives a card.
  bool callChangesFiles(SyntaxNode call, unsigned depth,
                        llvm::SmallSet<FunctionId, 8> &asked) const {
    llvm::StringRef last = lastNameOf(call);
    bool writes = last == "wget" || last.starts_with("save") ||
                  (last == "open" && (call.text().contains("\"w") || call.text().contains("'w")));
    if (writes && !isOwnFile())
      return true;
    if (const LibraryRow *row = libraryRowOf(model_, call))
      return row->has(Trait::OpensStorage);
    FunctionId callee = model_.calleeFunction(call);
    SyntaxNode body = callee == kNoId ? SyntaxNode() : model_.function(callee).node;
    if (storageFiles_.contains(model_.fileOf(body ? body : call)))
      return true;
    if (!body || !asked.insert(callee).second)
      return false;
    return depth > 0 ? anyCallChangesFiles(body, depth - 1, asked) : !storageFiles_.empty();
  }
  // NOLINTEND(misc-no-recursion)

  void collectFrom(SyntaxNode statement) {
    if (statement.kind() == NodeKind::FunctionDefinition)
      return;
    llvm::SmallVector<MovableAllocation, 8> found;
    addSites(statement, model_.functionOf(statement), found, kCallDepth);
    if (found.empty())
      return;
    for (MovableAllocation &movable : found)
      movable.passed = statement;
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
        other.node.kind() == NodeKind::Call && model_.calleeName(other.node).ends_with("load_font");
    bool isSmallText = isLabel(model_, other);
    // Other large runs are as hard to place: their order among themselves is the program's. So
    // are the two halves of a mixer.
    bool isLargeRun = (heap_.isLarge(other) && other.kind != AllocationKind::Document) ||
                      model_.typeOf(other.node).name == "audiomixer.Mixer";
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
    found.push_back({other.node, {}, bytes, presumed});
  }

  /// A connection keeps sockets, certificates and the session's buffers. What joining a Wi-Fi takes
  /// by the firmware's own driver does not lie on this heap.
  void addNetwork(SyntaxNode call, llvm::SmallVectorImpl<MovableAllocation> &found) const {
    const LibraryRow *row = libraryRowOf(model_, call);
    bool isNative =
        llvm::is_contained({"wifi.radio.connect", "network.WLAN.connect"}, model_.calleeName(call));
    if (row != nullptr && row->has(Trait::OpensNetwork) && !isNative)
      found.push_back({call, {}, Interval::atLeast(0), true});
  }

  bool stays(const AllocationSite &other) const {
    ValueHolders holders = followValue(model_, other.node);
    for (SymbolId symbol : holders.symbols)
      if (llvm::any_of(heap_.deletions(), [&](const Deletion &d) {
            return d.symbol == symbol && isEarlier(d.statement);
          }))
        return false;
    bool isNamed = llvm::any_of(holders.symbols, [&](SymbolId symbol) {
      const Scope &scope = model_.scope(model_.symbol(symbol).scope);
      return scope.kind == ScopeKind::Module || scope.kind == ScopeKind::Instance ||
             (scope.kind == ScopeKind::Function && staysIn(model_.functionDefinedBy(scope.node)));
    });
    // What a function returns is its caller's, who may drop it at once.
    return isNamed || (holders.keeper && holders.keeper.kind() != NodeKind::ReturnStatement);
  }

  /// Whether the locals of `function` live as long as the program.
  bool staysIn(FunctionId function) const {
    if (!isFrame(function))
      return false;
    const FunctionFlow &flow = heap_.module().flow(function);
    return llvm::any_of(llvm::seq<LoopId>(0, flow.graph.loops().size()),
                        [&](LoopId loop) { return flow.loops.neverEnds(loop); });
  }

  /// Whether the name of a font is read before the site to draw with it: it has glyphs only then.
  bool isUsedEarlier(const AllocationSite &other) const {
    llvm::SmallVector<SymbolId, 2> names = followValue(model_, other.node).symbols;
    // An attribute keeps its value for others, so it is none of these.
    if (SymbolId own = model_.symbolOf(other.node.parent().child(Field::Left)); own != kNoId)
      names.push_back(own);
    return llvm::any_of(names, [&](SymbolId symbol) {
      return llvm::any_of(model_.symbol(symbol).references,
                          [&](SyntaxNode use) { return isEarlier(use) && !isMeasured(use); });
    });
  }

  /// Whether `font`, a use of a font, is only asked how tall all of it is.
  static bool isMeasured(SyntaxNode font) {
    return llvm::is_contained({"ascent", "descent", "get_bounding_box"},
                              font.parent().child(Field::Attribute).text());
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
    if (labels_ < kLeastLabels)
      llvm::erase_if(placement_.before, [&](const MovableAllocation &movable) {
        return movable.node.kind() == NodeKind::Call && isLabelCall(movable.node);
      });
    if (!retainMuch(placement_.before, heap_.target()))
      return std::nullopt;
    for (const MovableAllocation &movable : placement_.before)
      placement_.bytes = placement_.bytes + movable.bytes;
    placement_.companions.resize(companionsUsed_);
    return std::move(placement_);
  }

  bool isLabelCall(SyntaxNode call) const {
    return model_.calleeName(call).starts_with("adafruit_display_text.");
  }

  const HeapModel &heap_;
  const SemanticModel &model_;
  const AllocationSite &site_;
  LatePlacement placement_;
  llvm::SmallVector<Frame, 4> frames_; ///< from the site's own function up
  llvm::SmallSet<SymbolId, 8> needs_;
  llvm::SmallSet<FunctionId, 8> entered_;
  llvm::SmallVector<FunctionId, 4> way_; ///< the site's function and the callers that lead to it
  llvm::SmallSet<uint32_t, 2> storageFiles_; ///< those that import what mounts a card
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

/// Whether all calls of `function` come from endless loops, none from a handler, and there is one.
// NOLINTNEXTLINE(misc-no-recursion): `depth` bounds it.
bool runsInLoopOnly(const Module &module, FunctionId function, unsigned depth) {
  llvm::ArrayRef<CallEdge> callers = module.callersOf(function);
  if (depth == 0 || callers.empty())
    return false;
  for (const CallEdge &edge : callers)
    if (edge.call.enclosing(NodeKind::ExceptClause) ||
        (!isInEndlessLoop(module.flow(edge.caller), edge.call) &&
         (module.model().isModuleBody(edge.caller) ||
          !runsInLoopOnly(module, edge.caller, depth - 1))))
      return false;
  return true;
}

} // namespace

bool retainMuch(llvm::ArrayRef<MovableAllocation> allocations, const Target &target) {
  int64_t bytes = 0;
  for (const MovableAllocation &movable : allocations) {
    // What is presumed here, tens of KB at most, is lost in external RAM.
    if (movable.presumed && !target.hasPsram())
      return true;
    bytes += movable.bytes.lo;
  }
  return bytes >= target.largeBytes();
}

std::optional<LatePlacement> findLatePlacement(const HeapModel &heap, const AllocationSite &site) {
  if (!runsOnce(heap.module(), site.function))
    return std::nullopt;
  return Mover(heap, site).run();
}

bool isFirstMadeInLoop(const HeapModel &heap, const AllocationSite &site) {
  const Module &module = heap.module();
  const SemanticModel &model = module.model();
  if (!isInEndlessLoop(module.flow(site.function), site.node) &&
      (model.isModuleBody(site.function) || !runsInLoopOnly(module, site.function, kCallDepth)))
    return false;
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
        return false;
    }
  }
  return true;
}

SyntaxNode firstTimeGuard(const HeapModel &heap, const AllocationSite &site) {
  const SemanticModel &model = heap.module().model();
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
  return isFirstMadeInLoop(heap, site) ? guard : SyntaxNode();
}

} // namespace fraglint
