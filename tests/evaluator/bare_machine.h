#pragma once
/// A machine without a program around it: natives and operators are called with values.

#include "evaluator/machine.h"
#include "evaluator/numbers.h"
#include "evaluator/operations.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace fraglint {

class BareMachine : public Machine, public HeapObserver {
public:
  explicit BareMachine(llvm::StringRef profile = "micropython-1.29")
      : Machine(*findProfile(profile)) {
    heap().setObserver(this);
  }

  std::optional<Value> resumeGenerator(Value, Value, Value *) override { return Value(); }
  bool haveTasksEnough() const override { return false; }
  bool repeatTasks(Value, llvm::function_ref<llvm::SmallVector<Value>()>) override { return false; }
  void stop() override {}
  std::optional<Value> throwInto(Value, Value) override { return std::nullopt; }
  Value takeRest(Value, Asks) override { return {}; }
  void noteUnknownCost(const llvm::Twine &) override {}
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
  std::optional<Value> callFunction(Value, llvm::ArrayRef<Value>, Keywords) override {
    return std::nullopt;
  }

  /// As rows.json writes them, all longer runs as `M`: `16`, `M32`, `s8`, `f16`; `16?` may not be.
  void onEvent(const HeapEvent &event) override {
    requests_ += requests_.empty() ? "" : " ";
    switch (event.kind) {
    case EventKind::Request:
      requests_ += written(event.bytes) + (event.mayNotHappen ? "?" : "");
      break;
    case EventKind::Resize:
      requests_ += "M" + written(event.bytes);
      break;
    case EventKind::Shrink:
      requests_ += "s" + written(event.bytes);
      break;
    case EventKind::Free:
      requests_ += "f" + written(event.before);
      break;
    case EventKind::Collect:
      break;
    }
  }
  /// What was asked for since the last call.
  std::string requests() { return std::exchange(requests_, ""); }

  /// Calls a native; what it raised is an error of the test's unless it asks for raisedType().
  Value call(llvm::StringRef name, llvm::ArrayRef<Value> arguments, Keywords keywords = {}) {
    const NativeRow *row = findNative(name);
    if (!row) {
      ADD_FAILURE() << "no native " << name.str();
      return {};
    }
    return row->function(*this, {arguments, keywords}).value_or(Value());
  }
  Value calculate(Value left, BinaryOperator op, Value right) {
    return binaryNumber(*this, op, left, right).value_or(Value());
  }
  /// An int as a literal of the program, of any size.
  Value literal(llvm::StringRef digits) {
    llvm::APInt value(static_cast<unsigned>(4 * digits.size() + 8), digits, 10);
    if (value.getSignificantBits() <= profile().smallIntBits())
      return Value::integer(value.getSExtValue());
    auto &made = heap().make<BigIntObject>();
    made.value = value;
    return Value::object(made.id);
  }
  std::string shown(Value value) {
    std::optional<Content> text = print(value, true);
    return text && text->isKnown ? text->bytes : "?";
  }
  /// The type of what was raised, which is cleared; "" where nothing was.
  std::string raisedType() {
    std::string type = raised().isUnbound() ? "" : typeName(raised()).str();
    clearRaised();
    return type;
  }

private:
  static std::string written(Interval bytes) {
    if (bytes.isExact())
      return std::to_string(bytes.lo);
    return std::to_string(bytes.lo) + ".." + (bytes.hasHi() ? std::to_string(bytes.hi) : "");
  }

  std::string requests_;
};

} // namespace fraglint
