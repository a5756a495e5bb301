#include "semantic/program_end.h"

#include "semantic/call_traits.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// How many functions a chain of last calls may be long.
constexpr size_t kChainLimit = 64;

/// Whether, once the block `block` of a compound statement is done, that statement is.
bool endsItsStatement(SyntaxNode block) {
  SyntaxNode around = block.parent();
  switch (around.kind()) {
  case NodeKind::IfStatement:
  case NodeKind::WithStatement:
  case NodeKind::ElifClause:
  case NodeKind::ElseClause:
  case NodeKind::FinallyClause:
  case NodeKind::CaseClause:
    return true;
  case NodeKind::TryStatement:
    return !around.child(NodeKind::ElseClause);
  default:
    return false; // the body of a loop comes again, a handler is no ordinary end
  }
}

/// Whether nothing of its function's body stands behind `statement`.
bool isLastOfBody(SyntaxNode statement, SyntaxNode function) {
  SyntaxNode at = statement;
  while (true) {
    SyntaxNode parent = at.parent();
    if (!parent)
      return !at.followingStatement();
    if (parent == function)
      return true;
    if (parent.kind() == NodeKind::Block && at.nextSibling())
      return false;
    if (at.kind() == NodeKind::Block && !endsItsStatement(at))
      return false;
    at = parent;
  }
}

/// How a call of a function is used.
enum class Use : uint8_t { Value, Statement, Task };

/// Whether a call hands its coroutine argument to the event loop.
bool runsCoroutines(SyntaxNode call) {
  return llvm::is_contained(
      {"run", "run_until_complete", "create_task", "ensure_future", "gather", "wait_for"},
      lastNameOf(call));
}

/// What becomes of a call; gives the statement that it stands in.
Use useOf(SyntaxNode call, bool isCoroutine, SyntaxNode &statement) {
  if (isStatement(call.kind())) { // an import
    statement = call;
    return Use::Statement;
  }
  bool isAwaited = call.parent().kind() == NodeKind::Await;
  if (isCoroutine && !isAwaited) {
    for (SyntaxNode at = call.parent(); at && !isStatement(at.kind()); at = at.parent())
      if (at.kind() == NodeKind::Call && runsCoroutines(at))
        return Use::Task;
  }
  SyntaxNode outer = isAwaited ? call.parent() : call;
  statement = outer.parent();
  bool isWhole = statement.kind() == NodeKind::ExpressionStatement ||
                 statement.kind() == NodeKind::ReturnStatement;
  return isWhole ? Use::Statement : Use::Value;
}

} // namespace

bool isLastOfProgram(const SemanticModel &model, SyntaxNode statement, FunctionId function) {
  if (!isLastOfBody(statement, model.function(function).node))
    return false;
  llvm::DenseSet<FunctionId> seen = {function};
  llvm::SmallVector<FunctionId, 4> waiting = {function};
  while (!waiting.empty() && seen.size() <= kChainLimit) {
    FunctionId callee = waiting.pop_back_val();
    if (callee == kModuleBody)
      return true;
    for (const CallEdge &edge : model.callEdges()) {
      if (edge.callee != callee)
        continue;
      SyntaxNode caller;
      Use use = useOf(edge.call, model.function(callee).isAsync, caller);
      if (use == Use::Task)
        return true;
      bool isLast = use == Use::Statement && isLastOfBody(caller, model.function(edge.caller).node);
      if (isLast && seen.insert(edge.caller).second)
        waiting.push_back(edge.caller);
    }
  }
  return false;
}

} // namespace fraglint
