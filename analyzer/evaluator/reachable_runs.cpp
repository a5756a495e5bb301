#include "evaluator/reachable_runs.h"

#include "evaluator/interpreter.h"

namespace fraglint {

namespace {

/// Goes through all that can be reached: what surely is first.
class Walk {
public:
  Walk(Interpreter &interpreter, llvm::function_ref<void(const Run &, bool isSure)> run,
       llvm::function_ref<void(const Object &)> object)
      : interpreter_(interpreter), run_(run), object_(object), seen_(interpreter.heap().size()) {
    auto sure = [this](Value value) { reach(value); };
    auto take = [this](const Run &held) {
      if (held)
        run_(held, isSure_);
    };
    auto doubt = [this](Value value) {
      if (value.isObject())
        doubtful_.push_back(value);
    };
    interpreter.visitRoots({sure, take, doubt});
    follow({sure, take, doubt});
    isSure_ = false;
    for (Value value : doubtful_)
      reach(value);
    follow({sure, take});
  }

  uint64_t visited() const { return visited_; }

private:
  void reach(Value value) {
    if (!value.isObject() || seen_[value.asObject()])
      return;
    seen_[value.asObject()] = true;
    waiting_.push_back(value.asObject());
  }

  void follow(const ObjectVisitor &visitor) {
    while (!waiting_.empty()) {
      const Object &object = interpreter_.heap()[waiting_.back()];
      waiting_.pop_back();
      ++visited_;
      if (object_)
        object_(object);
      object.visit(visitor);
    }
  }

  Interpreter &interpreter_;
  llvm::function_ref<void(const Run &, bool isSure)> run_;
  llvm::function_ref<void(const Object &)> object_;
  std::vector<bool> seen_;
  std::vector<ObjectId> waiting_;
  std::vector<Value> doubtful_;
  bool isSure_ = true;
  uint64_t visited_ = 0;
};

} // namespace

ReachableRuns reachableRuns(Interpreter &interpreter) {
  return [&interpreter](llvm::function_ref<void(uint32_t run)> keep) {
    auto roots = [&](const ObjectVisitor &visitor) { interpreter.visitRoots(visitor); };
    interpreter.heap().visitReachable(roots, [&](const Run &run) { keep(run.id); });
  };
}

uint64_t visitReachable(Interpreter &interpreter,
                        llvm::function_ref<void(const Run &run, bool isSure)> run,
                        llvm::function_ref<void(const Object &object)> object) {
  return Walk(interpreter, run, object).visited();
}

} // namespace fraglint
