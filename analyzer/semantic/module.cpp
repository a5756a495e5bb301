#include "semantic/module.h"

#include "semantic/call_traits.h"
#include "semantic/callback.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

FunctionFlow::FunctionFlow(const SemanticModel &model, FunctionId function)
    : graph(model.tree(), model.function(function),
            [&](SyntaxNode call) { return neverReturns(model, call); }),
      loops(model, graph, function) {}

Module::Module(std::shared_ptr<const SyntaxTree> tree, ProgramImports imports,
               llvm::ArrayRef<Assumption> assumptions)
    : tree_(std::move(tree)), model_(*tree_, imports), contracts_(*tree_, assumptions),
      firmware_(firmwareKind(model_)), flows_(model_.functions().size()),
      imports_(std::move(imports)) {}

uint32_t Module::fileNamed(uint32_t importer, llvm::StringRef module) const {
  if (importer >= imports_.size())
    return kNoId;
  auto found = imports_[importer].find(module);
  return found == imports_[importer].end() ? kNoId : found->second;
}

const FunctionFlow &Module::flow(FunctionId function) const {
  std::unique_ptr<FunctionFlow> &flow = flows_[function];
  if (!flow)
    flow = std::make_unique<FunctionFlow>(model_, function);
  return *flow;
}

bool Module::isCallback(FunctionId function) const {
  if (callbacks_.empty())
    callbacks_ = findCallbacks(model_);
  return callbacks_[function];
}

bool Module::hasEndlessLoop() const {
  if (!hasEndlessLoop_) {
    auto isEndless = [&](FunctionId function) {
      const FunctionFlow &flow = this->flow(function);
      for (LoopId loop = 0; loop < flow.graph.loops().size(); ++loop)
        if (flow.loops.neverEnds(loop))
          return true;
      return false;
    };
    hasEndlessLoop_ = false;
    for (FunctionId id = 0; id < model_.functions().size() && !*hasEndlessLoop_; ++id)
      hasEndlessLoop_ = !model_.function(id).isOpaque && isEndless(id);
  }
  return *hasEndlessLoop_;
}

} // namespace fraglint
