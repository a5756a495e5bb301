#pragma once
/// A machine without a program, and what its operations ask for: `16 =` … as in the rows.

#include "evaluator/machine.h"
#include "evaluator/native.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>

namespace fraglint {

class TextMachine : public Machine, private HeapObserver {
public:
  explicit TextMachine(llvm::StringRef profile = "micropython-1.29")
      : Machine(*findProfile(profile)) {
    heap().setObserver(this);
  }

  /// A literal of the program: short ones are names.
  Value text(llvm::StringRef literal) {
    return literal.size() <= 10 ? name(literal) : str(literal);
  }
  Value data(llvm::StringRef literal) { return bytes(literal); }
  Value unknownText(Interval length) {
    auto &object = heap().make<StrObject>();
    object.content = Content::ofLength(length);
    return Value::object(object.id);
  }
  Value slice(Value start, Value stop) {
    auto &object = heap().make<SliceObject>();
    object.start = start;
    object.stop = stop;
    object.step = Value::none();
    return Value::object(object.id);
  }

  /// Calls a native and forgets what was asked for before. `""` where it raised.
  std::optional<Value> native(llvm::StringRef name, llvm::ArrayRef<Value> arguments,
                              Keywords keywords = {}) {
    log_.clear();
    const NativeRow *row = findNative(name);
    return row ? callNative(*row, arguments, keywords) : std::nullopt;
  }
  std::optional<Value> operation(BinaryOperator op, Value left, Value right) {
    log_.clear();
    return binary(op, left, right, false);
  }
  std::optional<Value> item(Value base, Value index) {
    log_.clear();
    return loadSubscript(base, index);
  }

  /// `16 >40 f16 s5`: requests, growth, what was freed, shrinking.
  const std::string &log() const { return log_; }
  std::string textOr(std::optional<Value> value, llvm::StringRef other = "nothing") const {
    if (!value)
      return other.str();
    std::optional<std::string> data = dataOf(*value);
    return data ? *data : other.str();
  }

  std::optional<Value> resumeGenerator(Value, Value, Value *) override { return Value(); }
  bool haveTasksEnough() const override { return false; }
  bool repeatTasks(Value, llvm::function_ref<llvm::SmallVector<Value>()>) override { return false; }
  void stop() override {}
  std::optional<Value> throwInto(Value, Value) override { return Value(); }
  Value takeRest(Value, Asks) override { return {}; }
  void noteUnknownCost(const llvm::Twine &) override { add("?"); }
  void noteFailure(llvm::function_ref<void()>) override {}
  Value settled(Value value) override { return value; }
  std::optional<Value> eachWay(llvm::ArrayRef<Value> values,
                               llvm::function_ref<std::optional<Value>(Value)> run) override {
    return run(values.front());
  }
  void noteGrowth(Value) override {}
  void noteGap(const llvm::Twine &) override {}
  void runPerhaps(Value, const llvm::Twine &) override {}
  std::optional<Value> callUnknown(Value, llvm::ArrayRef<Value>, Keywords) override {
    return Value();
  }

protected:
  std::optional<Value> callFunction(Value, llvm::ArrayRef<Value>, Keywords) override {
    return Value();
  }

private:
  void onEvent(const HeapEvent &event) override {
    std::string bytes = shown(event.bytes);
    switch (event.kind) {
    case EventKind::Request:
      return add(bytes);
    case EventKind::Resize:
      return add(">" + bytes);
    case EventKind::Shrink:
      return add("s" + bytes);
    case EventKind::Free:
      return add("f" + bytes);
    case EventKind::Collect:
      return add("collect");
    }
  }
  static std::string shown(Interval bytes) {
    std::string text = std::to_string(bytes.lo);
    return bytes.isExact() ? text : text + ".." + std::to_string(bytes.hi);
  }
  void add(const std::string &entry) { log_ += (log_.empty() ? "" : " ") + entry; }

  std::string log_;
};

} // namespace fraglint
