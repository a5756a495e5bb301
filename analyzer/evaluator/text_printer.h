#pragma once
/// How texts of values are printed: see text_print.h, which is what others need.

#include "evaluator/operations.h"
#include "evaluator/text_data.h"
#include "evaluator/text_print.h"

namespace fraglint {

/// Containers in containers deeper than this are taken for what the firmware's stack does not hold.
inline constexpr int kMostDepth = 200;

/// Values that are one of a few are each printed up to this depth in one another.
inline constexpr unsigned kMostWaysDepth = 2;

/// Prints one value, and what is in it.
class Printer {
public:
  Printer(Machine &m, TextSink sink) : m_(m), heap_(m.heap()), sink_(sink) {}

  bool print(Value value, PrintKind kind) {
    if (depth_ > kMostDepth) {
      m_.raise("RuntimeError", "maximum recursion depth exceeded");
      return false;
    }
    ++depth_;
    bool done = value.isObject() ? printObject(value, kind) : printScalar(value);
    --depth_;
    return done;
  }

private:
  bool say(llvm::StringRef text) {
    put(sink_, text);
    return true;
  }

  bool sayUnknown(int64_t least, int64_t most = Interval::kNoHi) {
    sink_(Content::ofLength({least, most}));
    return true;
  }

  /// Hexadecimal digits of an address.
  bool sayAddress() { return m_.profile().wordBytes == 4 ? sayUnknown(5, 8) : sayUnknown(9, 12); }

  bool printScalar(Value value) {
    if (value.isNone())
      return say("None");
    if (value.isBool())
      return say(value.asBool() ? "True" : "False");
    if (value.isFloat())
      return say(floatText(m_.profile(), value.asReal()));
    if (value.isInt())
      return say(std::to_string(value.asInt()));
    return say("(nil)");
  }

  bool printObject(Value value, PrintKind kind);
  /// Between the shortest and the longest text of a few values that it may be.
  std::optional<Interval> lengthOfAlternatives(llvm::ArrayRef<Value> alternatives, PrintKind kind);
  bool printAbstract(const AbstractObject &object, PrintKind kind);
  bool printWays(llvm::ArrayRef<Value> ways, PrintKind kind);
  bool printText(const TextOperand &text, PrintKind kind);
  bool printItems(llvm::ArrayRef<Value> items);
  bool printTuple(const TupleObject &tuple);
  bool printUnknownItems(Interval length, Value element, int64_t around);
  /// Each of so many items, with commas between them.
  bool printEach(size_t count, bool isInAnyOrder,
                 llvm::function_ref<bool(Printer &, size_t)> printOne);
  bool printInAnyOrder(size_t count, llvm::function_ref<bool(Printer &, size_t)> printOne);
  bool printDict(Value value, const DictObject &dict);
  bool printView(const DictViewObject &view);
  bool printSet(Value value, const SetObject &set);
  bool printArray(const ArrayObject &array);
  bool printRange(const RangeObject &range);
  bool printInstance(Value value, const InstanceObject &instance, PrintKind kind);
  bool printException(Value value, PrintKind kind, bool isSubclass);
  Value findMember(ObjectId type, llvm::StringRef name);

  Machine &m_;
  ObjectHeap &heap_;
  TextSink sink_;
  int depth_ = 0;
  unsigned waysDepth_ = 0; ///< values that are one of a few, within one another
};

} // namespace fraglint
