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
      flows_(model_.functions().size()) {}

const FunctionFlow &Module::flow(FunctionId function) const {
  std::unique_ptr<FunctionFlow> &flow = flows_[function];
  if (!flow)
    flow = std::make_unique<FunctionFlow>(model_, function);
  return *flow;
}

} // namespace fraglint
