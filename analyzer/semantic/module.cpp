#include "semantic/module.h"

#include "semantic/call_traits.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

FunctionFlow::FunctionFlow(const SemanticModel &model, FunctionId function)
    : graph(model.tree(), model.function(function),
            [&](SyntaxNode call) { return neverReturns(model, call); }),
      loops(model, graph, function) {}

Module::Module(std::shared_ptr<const SyntaxTree> tree, const ProgramImports &imports)
    : tree_(std::move(tree)), model_(*tree_, imports), firmware_(firmwareKind(model_)),
      edgesByCallee_(model_.callEdges()), flows_(model_.functions().size()) {
  llvm::stable_sort(edgesByCallee_,
                    [](const CallEdge &a, const CallEdge &b) { return a.callee < b.callee; });
}

const FunctionFlow &Module::flow(FunctionId function) const {
  std::unique_ptr<FunctionFlow> &flow = flows_[function];
  if (!flow)
    flow = std::make_unique<FunctionFlow>(model_, function);
  return *flow;
}

llvm::ArrayRef<CallEdge> Module::callersOf(FunctionId function) const {
  auto first = llvm::partition_point(edgesByCallee_,
                                     [&](const CallEdge &edge) { return edge.callee < function; });
  auto last = std::find_if(first, edgesByCallee_.end(),
                           [&](const CallEdge &edge) { return edge.callee != function; });
  return llvm::ArrayRef(edgesByCallee_).slice(first - edgesByCallee_.begin(), last - first);
}

} // namespace fraglint
