#pragma once
/// What a rule's check may ask, and where it reports.

#include "evaluator/program_heap.h"
#include "heap/heap_model.h"
#include "lint/diagnostic.h"
#include "lint/rule.h"
#include "semantic/repetition.h"

#include <string>
#include <vector>

namespace fraglint {

/// Lives for one file. `heap` is null for facts about files that were not analysed, and so is
/// `program`.
class RuleContext {
public:
  RuleContext(std::shared_ptr<const SourceFile> file, const HeapModel *heap,
              const ProgramHeap *program, std::vector<Diagnostic> &sink)
      : file_(std::move(file)), heap_(heap), program_(program), sink_(sink) {}

  const HeapModel &heap() const { return *heap_; }
  /// The program as the evaluator runs it: a question to it costs as much as all other analysis, so
  /// a rule asks when everything else speaks for a finding, and takes from it better figures or a
  /// reason to be silent, never a reason to speak.
  const ProgramHeap &program() const { return *program_; }
  const Module &module() const { return heap_->module(); }
  const Target &target() const { return heap_->target(); }
  const SourceFile &file() const { return *file_; }

  /// Reports at `range` with the rule's own severity. The reference is good until the next
  /// call; notes, cost, fix and a lower severity are set through it.
  Diagnostic &report(TextRange range, std::string message);
  Diagnostic &report(SyntaxNode node, std::string message) {
    return report(node.range(), std::move(message));
  }
  /// A note at a node of any file of the program.
  static Note note(SyntaxNode node, std::string message) {
    return {{node.tree().sharedFile(), node.range()}, std::move(message)};
  }
  /// How a pass comes to a repeated place, as notes: the loop, then the calls on the way.
  std::vector<Note> wayOf(const Repetition &repetition) const;
  /// Where a node is, for messages: `line 11`, in another file `line 11 of helper.py`.
  std::string lineOf(SyntaxNode node) const;
  /// Why the room of garbage is not to be had, for messages: nothing is collected before it, or
  /// only by the program's `gc.threshold()`.
  std::string whyRoomIsTaken() const;
  /// Edits that insert `gc.collect()` as a statement of its own after `statement`, with
  /// `import gc` where the file lacks it; empty where that cannot be done safely.
  llvm::SmallVector<Edit, 2> collectAfter(SyntaxNode statement) const;
  /// The same before `statement`, and before that the simple statement `first`, if any.
  llvm::SmallVector<Edit, 2> collectBefore(SyntaxNode statement, llvm::StringRef first = {}) const;

  /// Set by the linter before each check.
  void setRule(const Rule *rule) { rule_ = rule; }

private:
  std::shared_ptr<const SourceFile> file_;
  const HeapModel *heap_;
  const ProgramHeap *program_;
  std::vector<Diagnostic> &sink_;
  const Rule *rule_ = nullptr;
};

} // namespace fraglint
