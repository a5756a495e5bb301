#pragma once
/// The analysed files of one program: syntax, names, control flow. Immutable once built.

#include "semantic/contract.h"
#include "semantic/control_flow_graph.h"
#include "semantic/firmware.h"
#include "semantic/loop_model.h"
#include "semantic/semantic_model.h"

#include <memory>
#include <optional>
#include <vector>

namespace fraglint {

/// A function's control flow and its loops.
struct FunctionFlow {
  ControlFlowGraph graph;
  LoopModel loops;
  FunctionFlow(const SemanticModel &model, FunctionId function);
};

/// Owns everything about one program: its entry and the files that it imports, or one file alone.
/// Not thread-safe: flow() builds on first use; one Module belongs to one task at a time.
class Module {
public:
  /// `tree` is one file's, or a joined one with the entry first and what its imports mean.
  explicit Module(std::shared_ptr<const SyntaxTree> tree, ProgramImports imports = {},
                  llvm::ArrayRef<Assumption> assumptions = {});

  const SyntaxTree &tree() const { return *tree_; }
  const SemanticModel &model() const { return model_; }
  /// The file that the one of number `importer` means by a module's name as it spells it, leading
  /// dots included; kNoId where it is none of the program's.
  uint32_t fileNamed(uint32_t importer, llvm::StringRef module) const;
  /// Whether such a module lies with the program, in whatever form.
  bool isThere(uint32_t importer, llvm::StringRef module) const {
    return importer < imports_.size() && imports_[importer].contains(module);
  }
  /// What the entry is, by its own imports.
  FirmwareKind firmware() const { return firmware_; }
  /// What the program's writer, or the user, says where its text does not tell.
  const Contracts &contracts() const { return contracts_; }
  const FunctionFlow &flow(FunctionId function) const;
  /// The calls of `function` in this module, in source order.
  llvm::ArrayRef<CallEdge> callersOf(FunctionId function) const {
    return model_.callersOf(function);
  }
  /// Whether the function is handed out to be called later (callback.h).
  bool isCallback(FunctionId function) const;
  /// Whether some function of the program has a loop that never ends: callbacks run while it does.
  bool hasEndlessLoop() const;

private:
  std::shared_ptr<const SyntaxTree> tree_;
  SemanticModel model_;
  Contracts contracts_;
  FirmwareKind firmware_;
  mutable std::vector<std::unique_ptr<FunctionFlow>> flows_; ///< by function, built on demand
  mutable std::vector<bool> callbacks_; ///< by function; empty until asked
  mutable std::optional<bool> hasEndlessLoop_;
  ProgramImports imports_;
};

} // namespace fraglint
