#include "evaluator/reachable_runs.h"

#include "evaluator/interpreter.h"

namespace fraglint {

ReachableRuns reachableRuns(Interpreter &interpreter) {
  return [&interpreter](llvm::function_ref<void(uint32_t run)> keep) {
    auto roots = [&](llvm::function_ref<void(Value)> value,
                     llvm::function_ref<void(const Run &)> run) {
      interpreter.visitRoots(value, run);
    };
    interpreter.heap().visitReachable(roots, [&](const Run &run) { keep(run.id); });
  };
}

} // namespace fraglint
