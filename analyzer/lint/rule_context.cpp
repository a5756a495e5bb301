#include "lint/rule_context.h"

#include "lint/collect_insertion.h"

#include "llvm/Support/Path.h"

namespace fraglint {

Diagnostic &RuleContext::report(TextRange range, std::string message) {
  Diagnostic &diagnostic = sink_.emplace_back();
  diagnostic.rule = rule_;
  diagnostic.severity = rule_->severity;
  diagnostic.location = {file_, range};
  diagnostic.message = std::move(message);
  return diagnostic;
}

std::vector<Note> RuleContext::wayOf(const Repetition &repetition) const {
  SyntaxNode loop = module().flow(repetition.function).graph.loop(repetition.loop).node;
  std::vector<Note> way = {note(loop.firstChild(), "the loop is here")};
  for (SyntaxNode call : repetition.calls)
    way.push_back(note(call, "a pass comes to it through this call"));
  return way;
}

std::string RuleContext::lineOf(SyntaxNode node) const {
  const SourceFile &file = node.tree().file();
  std::string place = "line " + std::to_string(file.lines().lineAt(node.range().begin) + 1);
  if (&file != file_.get())
    place += " of " + llvm::sys::path::filename(file.path()).str();
  return place;
}

std::string RuleContext::whyRoomIsTaken() const {
  return heap_->setsThreshold()
             ? "only `gc.threshold` collects here, at a moment that the code does not choose"
             : "it cannot use that room unless it starts a collection itself";
}

llvm::SmallVector<Edit, 2> RuleContext::collectAfter(SyntaxNode statement) const {
  return collectInsertion(module().model(), statement);
}

llvm::SmallVector<Edit, 2> RuleContext::collectBefore(SyntaxNode statement,
                                                      llvm::StringRef first) const {
  return collectInsertion(module().model(), statement, InsertionSide::Before, first);
}

} // namespace fraglint
