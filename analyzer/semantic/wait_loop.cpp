#include "semantic/wait_loop.h"

#include "semantic/call_traits.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Built-ins that only look at their arguments.
bool isPureBuiltin(llvm::StringRef name) {
  return llvm::is_contained({"len", "int", "float", "abs", "bool", "min", "max", "round", "any",
                             "all", "isinstance", "getattr", "hasattr", "ord", "sum"},
                            name);
}

/// Whether a method of a value of unknown type polls, by its name: `buttons.events.get()`,
/// `scale.read()`.
bool isPollByName(SyntaxNode call) {
  SyntaxNode callee = call.child(Field::Function);
  if (callee.kind() != NodeKind::Attribute || call.child(Field::Arguments).firstChild())
    return false;
  llvm::StringRef method = callee.child(Field::Attribute).text();
  if (method == "get")
    return callee.child(Field::Object).text().ends_with("events");
  return llvm::is_contained({"is_pressed", "was_pressed", "is_connected", "isconnected", "read"},
                            method);
}

/// Goes over the code of one loop.
class WaitReader {
public:
  WaitReader(const SemanticModel &model, SyntaxNode loop) : model_(model), loop_(loop) {}
  bool onlyWaits();

private:
  static constexpr unsigned kMaxCallDepth = 3;
  static constexpr unsigned kMaxNodes = 2000;

  bool isQuiet(SyntaxNode code, unsigned callDepth);
  bool isQuietNode(SyntaxNode node, unsigned callDepth);
  bool isQuietCall(SyntaxNode call, unsigned callDepth);
  bool isQuietPrint(SyntaxNode call);
  bool isQuietStore(SyntaxNode target);
  bool mayEnd() const;

  const SemanticModel &model_;
  SyntaxNode loop_;
  bool stores_ = false;       ///< something was assigned
  bool looksOutside_ = false; ///< a device, a clock, another task was asked
  bool prints_ = false;
  unsigned seenNodes_ = 0;
};

bool WaitReader::onlyWaits() {
  SyntaxNode body = loop_.child(Field::Body);
  if (loop_.child(Field::Alternative) || !isQuiet(body, 0))
    return false;
  if (prints_ && !mayEnd())
    return false; // then printing is what the program does
  if (!stores_)
    return true;
  // Assignments without any look outside are a computation. The test may do the looking.
  bool isPlainTest = isQuiet(loop_.child(Field::Condition), 0);
  return looksOutside_ || !isPlainTest;
}

// NOLINTBEGIN(misc-no-recursion): kMaxCallDepth bounds it.

bool WaitReader::isQuiet(SyntaxNode code, unsigned callDepth) {
  SyntaxNode end = code.firstAfter();
  for (SyntaxNode node = code; node && !(node == end); node = node.next())
    if (++seenNodes_ > kMaxNodes || !isQuietNode(node, callDepth))
      return false;
  return true;
}

bool WaitReader::isQuietNode(SyntaxNode node, unsigned callDepth) {
  switch (node.kind()) {
  case NodeKind::Call:
    return isQuietCall(node, callDepth);
  case NodeKind::Attribute:
    looksOutside_ = true;
    return true;
  case NodeKind::Assignment:
  case NodeKind::AugmentedAssignment:
    return isQuietStore(node.child(Field::Left));
  case NodeKind::ForStatement:
  case NodeKind::NamedExpression:
    stores_ = true;
    return true;
  case NodeKind::WithStatement:
  case NodeKind::DeleteStatement:
  case NodeKind::RaiseStatement:
  case NodeKind::FunctionDefinition:
  case NodeKind::ClassDefinition:
  case NodeKind::ImportStatement:
  case NodeKind::ImportFromStatement:
  case NodeKind::ListComprehension:
  case NodeKind::SetComprehension:
  case NodeKind::DictionaryComprehension:
  case NodeKind::GeneratorExpression:
  case NodeKind::List:
  case NodeKind::Set:
  case NodeKind::Dictionary:
  case NodeKind::Lambda:
  case NodeKind::Yield:
  case NodeKind::Error:
    return false;
  default:
    return true;
  }
}

bool WaitReader::isQuietCall(SyntaxNode call, unsigned callDepth) {
  FunctionId callee = model_.calleeFunction(call);
  if (callee != kNoId) {
    SyntaxNode body = model_.function(callee).node.child(Field::Body);
    return callDepth < kMaxCallDepth && isQuiet(body, callDepth + 1);
  }
  llvm::StringRef name = model_.calleeName(call);
  if (name == "print")
    return isQuietPrint(call);
  if (isPureBuiltin(name))
    return true;
  const LibraryRow *row = libraryRowOf(model_, call);
  constexpr Trait kQuiet = Trait::Collects | Trait::SleepsSeconds | Trait::SleepsMillis |
                           Trait::SleepsMicros | Trait::ReadsClock | Trait::Polls;
  bool isKnown = row && row->has(kQuiet);
  // Light sleep, and making the alarms that end it.
  bool isAlarm =
      llvm::StringRef(name).starts_with("alarm.") && !(row && row->has(Trait::SleepsForever));
  bool isQuietOne = isKnown || isAlarm || (name.empty() && isPollByName(call));
  looksOutside_ |= isQuietOne;
  return isQuietOne;
}

// NOLINTEND(misc-no-recursion)

/// Names only: an attribute or item may be an output.
bool WaitReader::isQuietStore(SyntaxNode target) {
  stores_ = true;
  return target.kind() == NodeKind::Identifier ||
         (target.kind() == NodeKind::PatternList &&
          llvm::all_of(target.children(),
                       [](SyntaxNode it) { return it.kind() == NodeKind::Identifier; }));
}

/// Dots and plain words: nothing is printed that the loop found out.
bool WaitReader::isQuietPrint(SyntaxNode call) {
  prints_ = true;
  SyntaxNode arguments = call.child(Field::Arguments);
  SyntaxNode end = arguments.firstAfter();
  for (SyntaxNode node = arguments; node && !(node == end); node = node.next())
    if (node.kind() == NodeKind::Call ||
        (node.kind() == NodeKind::Identifier && node.field() != Field::Name))
      return false;
  return true;
}

/// Whether anything in the loop ends it.
bool WaitReader::mayEnd() const {
  if (model_.truthOf(loop_.child(Field::Condition)) != true)
    return true;
  SyntaxNode body = loop_.child(Field::Body);
  SyntaxNode end = body.firstAfter();
  for (SyntaxNode node = body; node && !(node == end); node = node.next())
    if (node.kind() == NodeKind::BreakStatement || node.kind() == NodeKind::ReturnStatement)
      return true;
  return false;
}

} // namespace

bool onlyWaits(const SemanticModel &model, SyntaxNode whileStatement) {
  return WaitReader(model, whileStatement).onlyWaits();
}

} // namespace fraglint
