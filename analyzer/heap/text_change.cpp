#include "heap/text_change.h"

#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <algorithm>

// NOLINTBEGIN(misc-no-recursion): kMaxDepth bounds it, kMaxSteps the work.

namespace fraglint {

namespace {

constexpr unsigned kMaxDepth = 16;
constexpr unsigned kMaxSteps = 400;
/// A name bound more often than this may be anything.
constexpr size_t kBindingLimit = 100;
/// A timer of this period, or of an unknown one, changes a text seldom.
constexpr double kSeldomSeconds = 0.5;

/// Functions and methods whose result depends on nothing but what they are given.
bool isPure(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("str", "int", "float", "round", "len", "min", "max", "abs", "ord", "chr", true)
      .Cases("hex", "bin", "bool", "sum", "repr", "list", "tuple", "range", "divmod", "map", true)
      .Cases("format", "join", "upper", "lower", "strip", "lstrip", "rstrip", "center", true)
      .Cases("ljust", "rjust", "zfill", "replace", "split", "decode", "index", "get", true)
      .Cases("wrap_text_to_lines", "wrap_text_to_pixels", "zip", "enumerate", "sorted", true)
      .Default(false);
}

/// The time of day goes on by itself, but texts show it by the second or minute.
std::optional<TextChange> changeOfTimeOfDay(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<TextChange>>(name)
      .Cases("localtime", "gmtime", "now", "strftime", TextChange::Seldom)
      .Cases("time", "mktime", "isoformat", TextChange::Coarsely)
      .Default(std::nullopt);
}

std::optional<TextChange> changeOfTimeField(llvm::StringRef name) {
  if (name == "tm_sec" || name == "second")
    return TextChange::Coarsely;
  if (name.starts_with("tm_") || name == "datetime")
    return TextChange::Seldom;
  return std::nullopt;
}

/// The item of `time.localtime()` that holds the seconds.
constexpr llvm::StringLiteral kSecondsItem = "5";

/// Attributes that a device may change at any time, but hardly on every pass.
bool namesState(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("title", "artist", "album", "name", "player_name", "ssid", "filename", true)
      .Cases("state", "status", "mode", "score", "level", "lives", true)
      .Default(false);
}

/// Whether a name holds an object of a class that no known library brings: a part of the program,
/// whose attributes are as likely its state as a reading.
bool isOfProgram(const SemanticModel &model, SymbolId symbol) {
  if (symbol == kNoId || model.symbol(symbol).bindings.empty())
    return false;
  return llvm::all_of(model.symbol(symbol).bindings, [&](BindingId id) {
    const Binding &binding = model.binding(id);
    if (binding.kind != BindingKind::Assignment || binding.value.kind() != NodeKind::Call)
      return false;
    std::string made = model.qualifiedName(binding.value.child(Field::Function));
    llvm::StringRef module = llvm::StringRef(made).split('.').first;
    return llvm::StringRef(made).contains('.') && !module.starts_with("adafruit_") &&
           !isKnownModule(module) && module != "board";
  });
}

/// The `for` statement (no comprehension) that binds a loop target.
SyntaxNode loopOf(const Binding &binding) {
  for (SyntaxNode up = binding.name; up; up = up.parent())
    if (up.kind() == NodeKind::ForStatement || up.kind() == NodeKind::ForInClause)
      return up;
  return {};
}

} // namespace

bool asksUser(SyntaxNode test) {
  for (SyntaxNode node = test; node && test.contains(node); node = node.next())
    for (llvm::StringRef word : {"button", "btn", "pressed", "touch", "key", "fell"})
      if (node.kind() == NodeKind::Identifier && node.text().contains_insensitive(word))
        return true;
  return false;
}

TextChangeReader::TextChangeReader(const Module &module, const Repetition &repetition,
                                   SyntaxNode target)
    : module_(module), model_(module.model()), repetition_(repetition),
      loop_(module.flow(repetition.function).graph.loop(repetition.loop).node),
      calls_(repetition.calls.begin(), repetition.calls.end()) {
  for (SyntaxNode node = target; node && target.contains(node); node = node.next()) {
    SymbolId symbol = model_.symbolOf(node);
    if (symbol == kNoId)
      continue;
    for (BindingId id : model_.symbol(symbol).bindings)
      if (model_.binding(id).kind == BindingKind::LoopTarget)
        if (SyntaxNode loop = loopOf(model_.binding(id)))
          choosingLoops_.insert(loop.ordinal());
  }
}

TextChange TextChangeReader::read(SyntaxNode expression, unsigned depth) {
  if (!expression)
    return TextChange::Often;
  if (depth > kMaxDepth || ++steps_ > kMaxSteps)
    return TextChange::Often;
  switch (expression.kind()) {
  case NodeKind::Identifier:
    return readSymbol(model_.symbolOf(expression), expression, depth);
  case NodeKind::Attribute:
    return readAttribute(expression, depth);
  case NodeKind::Call:
    return readCall(expression, depth);
  case NodeKind::ConditionalExpression: {
    // One of two: it changes as they do, else whenever the test does.
    SyntaxNode yes = expression.firstChild();
    SyntaxNode test = yes.nextSibling();
    TextChange arms = std::max(read(yes, depth + 1), read(test.nextSibling(), depth + 1));
    bool isFixed = read(test, depth + 1) == TextChange::Never;
    return isFixed ? arms : std::max(arms, TextChange::Seldom);
  }
  case NodeKind::ComparisonOperator:
  case NodeKind::NotOperator:
    return std::min(readParts(expression, depth), TextChange::Seldom);
  case NodeKind::BinaryOperator: {
    TextChange change = readParts(expression, depth);
    bool isRounded = expression.child(Field::Operator).text() == "//";
    return isRounded ? std::min(change, TextChange::Coarsely) : change;
  }
  case NodeKind::Interpolation: {
    TextChange change = read(expression.child(Field::Expression), depth + 1);
    bool isRounded = expression.child(Field::FormatSpecifier).text().contains(".0f");
    return isRounded ? std::min(change, TextChange::Coarsely) : change;
  }
  case NodeKind::Subscript: {
    TextChange change = std::max(read(expression.child(Field::Value), depth + 1),
                                 read(expression.child(Field::Subscript), depth + 1));
    bool isSeconds = expression.child(Field::Subscript).text() == kSecondsItem;
    return change == TextChange::Seldom && isSeconds ? TextChange::Coarsely : change;
  }
  case NodeKind::KeywordArgument:
    return read(expression.child(Field::Value), depth + 1);
  case NodeKind::Await:
  case NodeKind::Yield:
    return TextChange::Often;
  default:
    return readParts(expression, depth);
  }
}

TextChange TextChangeReader::readParts(SyntaxNode expression, unsigned depth) {
  TextChange change = TextChange::Never;
  for (SyntaxNode part : expression.children())
    change = std::max(change, read(part, depth + 1));
  return change;
}

TextChange TextChangeReader::readCall(SyntaxNode call, unsigned depth) {
  SyntaxNode callee = call.child(Field::Function);
  SyntaxNode arguments = call.child(Field::Arguments);
  llvm::StringRef name = lastNameOf(call);
  if (std::optional<TextChange> change = changeOfTimeOfDay(name))
    return *change;
  if (FunctionId own = model_.calleeFunction(call); own != kNoId)
    return readOwnCall(call, own, depth);
  if (!isPure(name))
    return TextChange::Often;
  TextChange change = readParts(arguments, depth);
  if (callee.kind() == NodeKind::Attribute)
    change = std::max(change, read(callee.child(Field::Object), depth + 1));
  llvm::StringRef pattern = callee.child(Field::Object).text();
  bool isRounded = (name == "round" && CallArguments(call).positionalCount() == 1) ||
                   (name == "int" && model_.typeOf(CallArguments(call).get(0)).name != "str") ||
                   (name == "format" && pattern.count('{') == pattern.count(".0f"));
  return isRounded ? std::min(change, TextChange::Coarsely) : change;
}

/// What a function of the module returns.
TextChange TextChangeReader::readOwnCall(SyntaxNode call, FunctionId callee, unsigned depth) {
  if (llvm::is_contained(calls_, call) || model_.function(callee).isAsync)
    return TextChange::Often;
  calls_.push_back(call);
  TextChange change = TextChange::Never;
  llvm::SmallVector<SyntaxNode, 4> returned = model_.returnedBy(callee);
  for (SyntaxNode value : returned)
    change = std::max(change, value ? read(value, depth + 1) : TextChange::Never);
  // Which of several it returns may differ from pass to pass.
  if (returned.size() > 1)
    change = std::max(change, TextChange::Seldom);
  calls_.pop_back();
  return change;
}

TextChange TextChangeReader::readAttribute(SyntaxNode attribute, unsigned depth) {
  if (SymbolId symbol = model_.symbolOf(attribute); symbol != kNoId)
    return readSymbol(symbol, attribute, depth);
  if (std::optional<TextChange> change =
          changeOfTimeField(attribute.child(Field::Attribute).text()))
    return *change;
  SyntaxNode object = attribute.child(Field::Object);
  if (model_.typeOf(attribute).name == "bool")
    return TextChange::Seldom;
  // What a class of this module stores in its instances.
  ClassId owner = model_.classNamed(object);
  bool onInstance = owner == kNoId;
  if (onInstance)
    owner = model_.classOf(model_.typeOf(object).classScope);
  if (owner != kNoId)
    if (SymbolId symbol =
            model_.attributeNamed(owner, attribute.child(Field::Attribute).text(), onInstance);
        symbol != kNoId)
      return readSymbol(symbol, attribute, depth);
  if (isWrittenHere(attribute))
    return TextChange::Seldom;
  // Constants of modules; anything else may be a device's, also what `from x import y` brings.
  SymbolId symbol = model_.symbolOf(object);
  llvm::StringRef name = attribute.child(Field::Attribute).text();
  bool isModule = symbol != kNoId && !model_.symbol(symbol).bindings.empty() &&
                  llvm::all_of(model_.symbol(symbol).bindings, [&](BindingId id) {
                    const Binding &binding = model_.binding(id);
                    bool isPart = llvm::StringRef(binding.importedName).contains('.');
                    return binding.kind == BindingKind::Import && (!isPart || name == name.upper());
                  });
  if (isModule)
    return TextChange::Never;
  return namesState(name) || isOfProgram(model_, symbol) ? TextChange::Coarsely : TextChange::Often;
}

/// Whether the program itself sets the attribute: it holds a setting or state, no reading.
bool TextChangeReader::isWrittenHere(SyntaxNode attribute) const {
  return llvm::any_of(model_.foreignWritesOf(attribute.child(Field::Attribute).text()),
                      [&](SyntaxNode write) { return write.text() == attribute.text(); });
}

TextChange TextChangeReader::readSymbol(SymbolId symbol, SyntaxNode use, unsigned depth) {
  if (symbol == kNoId)
    return TextChange::Never;
  const Symbol &info = model_.symbol(symbol);
  if (info.bindings.size() > kBindingLimit)
    return TextChange::Often;
  if (!active_.insert(symbol).second)
    return TextChange::Never;
  TextChange change = TextChange::Never;
  unsigned oftenUnderConditions = 0;
  bool isSetAnew = llvm::any_of(info.bindings, [&](BindingId id) {
    const Binding &binding = model_.binding(id);
    return binding.kind == BindingKind::Assignment && passOf(binding).kind == PassKind::EveryPass;
  });
  // Inside a `for`, its variable has what that gives.
  SyntaxNode inner;
  for (BindingId id : info.bindings)
    if (model_.binding(id).kind == BindingKind::LoopTarget)
      if (SyntaxNode loop = loopOf(model_.binding(id)); loop.contains(use))
        inner = loop;
  for (BindingId id : info.bindings) {
    const Binding &binding = model_.binding(id);
    if (inner && !(binding.kind == BindingKind::LoopTarget && loopOf(binding) == inner))
      continue;
    if (binding.kind == BindingKind::Function && use.kind() == NodeKind::Attribute) {
      change = TextChange::Often; // a property
      break;
    }
    if (binding.kind == BindingKind::Parameter) {
      change = std::max(change, readParameter(binding, depth));
      continue;
    }
    PassFacts pass = passOf(binding);
    if (pass.kind == PassKind::Never)
      continue;
    if (isWhereReadingIs(binding))
      pass.kind = PassKind::EveryPass;
    TextChange bound = binding.kind == BindingKind::AugmentedAssignment
                           ? readAugmented(binding, isSetAnew, depth)
                           : readBinding(binding, depth);
    bool isQuickTimer = pass.kind == PassKind::Timer && pass.periodSeconds > 0 &&
                        pass.periodSeconds < kSeldomSeconds;
    // What shares the text's mode or timer is as frequent as the text.
    bool isShared = pass.kind == repetition_.pass.kind && pass.kind >= PassKind::Mode;
    if (pass.kind == PassKind::EveryPass || isQuickTimer || isShared) {
      change = std::max(change, bound);
      continue;
    }
    bool isAlternative = bound >= TextChange::Coarsely && pass.kind == PassKind::Event &&
                         binding.kind != BindingKind::AugmentedAssignment;
    oftenUnderConditions += isAlternative ? 1 : 0;
    change = std::max(change, TextChange::Seldom);
  }
  // Set on both sides of an `if`: one of them is taken.
  if (oftenUnderConditions >= 2)
    change = std::max(change, TextChange::Coarsely);
  active_.erase(symbol);
  return change;
}

/// Whether and how the passes of the loop come to a binding.
PassFacts TextChangeReader::passOf(const Binding &binding) const {
  const FunctionFlow &flow = module_.flow(repetition_.function);
  if (binding.function == repetition_.function) {
    if (!loop_.contains(binding.name))
      return {PassKind::Never};
    return flow.loops.onPassOf(repetition_.loop, binding.name);
  }
  if (model_.isModuleBody(binding.function))
    return {PassKind::Never};
  // A local name of a function on the way is made anew by each call.
  if (model_.scope(model_.symbol(binding.symbol).scope).kind == ScopeKind::Function) {
    const FunctionFlow &own = module_.flow(binding.function);
    PassFacts pass = own.loops.onPassOf(own.graph.loopOf(binding.name), binding.name);
    bool isConstant = binding.value && model_.stringOf(binding.value);
    return pass.kind == PassKind::Never || isConstant ? pass : PassFacts{PassKind::EveryPass};
  }
  std::optional<Repetition> own = repetitionOf(module_, binding.name);
  if (own && own->function == repetition_.function && own->loop == repetition_.loop)
    return own->pass;
  // What an object gets when it is made stays.
  if (model_.function(binding.function).name == "__init__")
    return {PassKind::Never};
  return {PassKind::Event};
}

/// Whether each pass binds the name but for the want of the reading that the same branch takes:
/// `if sensor.distance is not None: far = sensor.distance`. A button or a packet is no reading.
bool TextChangeReader::isWhereReadingIs(const Binding &binding) const {
  SyntaxNode branch = binding.name.statement().parent();
  SyntaxNode test = branch.parent().child(Field::Condition);
  if (binding.function != repetition_.function || branch.parent().kind() != NodeKind::IfStatement ||
      !test)
    return false;
  if (test.kind() == NodeKind::ComparisonOperator && test.text().ends_with("is not None"))
    test = test.firstChild();
  if (test.kind() != NodeKind::Attribute || model_.symbolOf(test) != kNoId || asksUser(test) ||
      test.child(Field::Attribute).text() == "in_waiting" || model_.typeOf(test).name == "bool" ||
      module_.flow(repetition_.function).loops.onPassOf(repetition_.loop, test).kind !=
          PassKind::EveryPass)
    return false;
  for (SyntaxNode node = branch; node && branch.contains(node); node = node.next())
    if (node.kind() == NodeKind::Attribute && node.text() == test.text())
      return true;
  return false;
}

TextChange TextChangeReader::readBinding(const Binding &binding, unsigned depth) {
  switch (binding.kind) {
  case BindingKind::Assignment:
  case BindingKind::Walrus:
    return read(binding.value, depth + 1);
  case BindingKind::Unpacking:
    return read(binding.value ? binding.value
                              : binding.name.enclosing(NodeKind::Assignment).child(Field::Right),
                depth + 1);
  case BindingKind::LoopTarget: {
    SyntaxNode loop = loopOf(binding);
    bool chooses = loop && choosingLoops_.contains(loop.ordinal());
    return chooses ? read(binding.value, depth + 1) : TextChange::Often;
  }
  case BindingKind::Import:
  case BindingKind::Function:
  case BindingKind::Class:
    return TextChange::Never;
  default:
    return TextChange::Often;
  }
}

/// Of `n += 1`. What is added on to a value that the pass has set anew makes it no other.
TextChange TextChangeReader::readAugmented(const Binding &binding, bool isSetAnew, unsigned depth) {
  SyntaxNode assignment = binding.name.enclosing(NodeKind::AugmentedAssignment);
  TextChange change = read(assignment.child(Field::Right), depth + 1);
  llvm::StringRef op = assignment.child(Field::Operator).text();
  bool counts = change == TextChange::Never && !isSetAnew && (op == "+=" || op == "-=");
  return counts ? TextChange::Often : change;
}

/// What the call on the way to the text passes; parameters of the loop's own function do not
/// change while it runs.
TextChange TextChangeReader::readParameter(const Binding &binding, unsigned depth) {
  if (binding.function == repetition_.function)
    return TextChange::Never;
  const Function &function = model_.function(binding.function);
  unsigned position = 0;
  for (SyntaxNode parameter : function.node.child(Field::Parameters).children()) {
    if (parameter.contains(binding.name))
      break;
    ++position;
  }
  if (function.classScope != kNoId && !function.isStaticMethod) {
    if (position == 0)
      return TextChange::Never; // self
    --position;
  }
  for (SyntaxNode call : llvm::reverse(calls_)) {
    if (model_.calleeFunction(call) != binding.function)
      continue;
    SyntaxNode argument = CallArguments(call).get(position, model_.symbol(binding.symbol).name);
    if (argument)
      return read(argument, depth + 1);
    return binding.value ? TextChange::Never : TextChange::Often;
  }
  return TextChange::Often;
}

TextChange textChangeOf(const LabelWrite &write, const Module &module,
                        const Repetition &repetition) {
  return write.adds ? TextChange::Often
                    : TextChangeReader(module, repetition, write.target).changeOf(write.value);
}

} // namespace fraglint
// NOLINTEND(misc-no-recursion)
