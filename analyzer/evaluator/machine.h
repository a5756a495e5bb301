#pragma once
/// Evaluates the code of a program as the firmware would: what is known concretely, the rest in
/// bounds. This is what natives and operations see of it.

#include "evaluator/any_order.h"
#include "evaluator/native.h"
#include "evaluator/object_heap.h"
#include "evaluator/operators.h"
#include "heap/firmware_profile.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

#include <optional>
#include <string>

namespace fraglint {

/// What who asks for the next item does with it.
enum class Asks : uint8_t {
  ForAll,  ///< goes on to the last one, and asks for more the more there are
  ForEach, ///< goes on to the last one, and asks for the same with each
  ForOne,  ///< decides each time
};

class Machine {
public:
  explicit Machine(const FirmwareProfile &profile);
  virtual ~Machine();
  Machine(const Machine &) = delete;
  Machine &operator=(const Machine &) = delete;

  const FirmwareProfile &profile() const { return profile_; }
  ObjectHeap &heap() { return heap_; }
  const ObjectHeap &heap() const { return heap_; }
  /// Bytes of `count` machine words.
  int64_t words(int64_t count) const { return count * profile_.wordBytes; }
  /// Gives `object` its header, of so many words.
  void allocate(Object &object, int64_t headerWords) {
    object.header = heap_.request(words(headerWords));
  }

  // --- Making values. What is charged stands with each.

  /// A name or a short string that is known to the firmware from the start, or from now on: no
  /// request. Two calls with the same text give the same object.
  Value name(llvm::StringRef text);
  /// Whether a text is such a one.
  bool isName(llvm::StringRef text) const;
  /// A float: boxed floats ask for 2 words (Boxed64 on 32 bits: 3), others for nothing. Rounds
  /// to what the firmware holds.
  Value real(double value);
  double rounded(double value) const;
  /// An int of any size: those beyond the word are objects of 4 words, then their digits.
  Value integer(const llvm::APInt &value);
  Value integer(int64_t value);
  /// A tuple: 2 words and the items, in one request; the empty one is a constant.
  Value tuple(llvm::ArrayRef<Value> items);
  /// A list of exactly these items: 4 words, then room for max(4, n).
  Value list(llvm::ArrayRef<Value> items);
  /// A str as `mp_obj_new_str_copy` makes it: 4 words, then length + 1 bytes; nothing for a name.
  Value str(llvm::StringRef text);
  /// A str of which `buffer` (resized to length + 1 here) is to be the data, as
  /// `mp_obj_new_str_from_vstr` makes it: 4 words; a name frees the buffer.
  Value strFrom(Run buffer, Content content);
  /// The same of bytes.
  Value bytes(llvm::StringRef data);
  Value bytesFrom(Run buffer, Content content);
  /// A value that is not known; `type` as in AbstractObject. No request.
  Value abstract(llvm::StringRef type, const llvm::Twine &reason);
  Value abstractInt(Interval number, const llvm::Twine &reason);
  /// What a document may hold; see AbstractObject::isPlainData.
  Value abstractData(const llvm::Twine &reason);
  /// Plain data, taken as a list or as a dictionary. No request.
  Value dataAsList(Value data);
  Value dataAsDict(Value data);

  // --- Looking at values.

  bool isAbstract(Value value) const { return heap_.get<AbstractObject>(value) != nullptr; }
  /// An int or bool that fits 64 bits; nothing for others.
  std::optional<int64_t> intOf(Value value) const;
  /// An int, bool or float as a double.
  std::optional<double> numberOf(Value value) const;
  bool isNumber(Value value) const;
  /// The text of a str, or the data of bytes, bytearray, array('B'), where known.
  std::optional<llvm::StringRef> textOf(Value value) const;
  std::optional<std::string> dataOf(Value value) const;
  /// Python's name of the type: `int`, `str`, `Sensor`, `displayio.Group`.
  llvm::StringRef typeName(Value value) const;
  /// The class of a value; types of the firmware are made on demand.
  Value typeOf(Value value);
  Value nativeType(llvm::StringRef name);
  bool isInstance(Value value, Value type);
  /// What a module of the firmware remembers (`random.state`): an Opaque, made on demand.
  ObjectId moduleState(llvm::StringRef name);

  // --- Operations of the language. Nothing where an exception was raised.

  std::optional<bool> truth(Value value);
  std::optional<bool> equal(Value left, Value right);
  std::optional<Value> binary(BinaryOperator op, Value left, Value right, bool isInPlace);
  std::optional<Value> unary(UnaryOperator op, Value operand);
  /// `<`, `==`, `in` … as values, since `<` of unknown ones is unknown.
  std::optional<Value> compare(CompareOperator op, Value left, Value right);
  std::optional<Value> loadSubscript(Value base, Value index);
  bool storeSubscript(Value base, Value index, Value value);
  bool deleteSubscript(Value base, Value index);
  std::optional<Value> loadAttribute(Value base, llvm::StringRef name);
  bool storeAttribute(Value base, llvm::StringRef name, Value value);
  /// What `base.name` is: a plain value, or a function with the object that it is to be called on.
  struct Attribute {
    Value value; ///< Unbound: there is none, or something was raised
    Value self; ///< Unbound: plain
  };
  Attribute findAttribute(Value base, llvm::StringRef name);
  /// The same in the classes of `type`, from the first base on where `isSuper`.
  Attribute findInClass(ObjectId type, llvm::StringRef name, bool isSuper = false);
  std::optional<Value> call(Value callee, llvm::ArrayRef<Value> arguments,
                            llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords = {});
  /// A function of the firmware as a value.
  Value nativeFunction(const NativeRow &row);
  /// Calls a method, without a bound method in between.
  std::optional<Value> callMethod(Value base, llvm::StringRef name,
                                  llvm::ArrayRef<Value> arguments);
  /// The number of items: Unbound kinds raise TypeError. Abstract where not known.
  std::optional<Value> length(Value value);

  /// An iterator over `value`; one on the heap asks for 4 words where the firmware's `for` would
  /// keep it on its stack.
  std::optional<Value> iterator(Value value, bool isOnHeap);
  /// The next item; Unbound at the end. Nothing, too, where the evaluation has gone over so many
  /// that it ends.
  std::optional<Value> next(Value iterator, Asks asks = Asks::ForAll);
  /// Gives each item of `iterable` to `take` until that returns false; false where something was
  /// raised, `take` returning false included. For what is not fully known, see forEachAbstract.
  bool forEach(Value iterable, bool isOnHeap, llvm::function_ref<bool(Value)> take);

  /// `str(value)` or `repr(value)` without the requests for the text itself: what is printed.
  /// Calls the program's `__str__`. Unknown content where not known.
  std::optional<Content> print(Value value, bool isRepr);
  /// What goes to the program's output: `?` where that is not known, or whether it comes to that.
  void write(const Content &text);
  const std::string &output() const { return output_; }
  /// Whether what is under way may not happen.
  virtual bool isUncertain() const { return false; }

  // --- Failing.

  /// Raises one of the firmware's exceptions; always gives nothing, so `return m.raise(…)`.
  /// Charges the exception, its message and its traceback.
  std::nullopt_t raise(llvm::StringRef type, const llvm::Twine &message = "");
  /// Raises an instance that exists.
  std::nullopt_t raise(Value exception);
  /// The exception under way; Unbound where there is none.
  Value raised() const { return raised_; }
  void clearRaised() { raised_ = {}; }
  /// Whether what is raised is only asked for, as `hasattr` does, and so makes no object.
  bool isProbing() const { return isProbing_; }
  void setProbing(bool isProbing) { isProbing_ = isProbing; }
  /// Something that cannot be evaluated at all: the value is unknown, and so is what it costs.
  Value unknown(const llvm::Twine &reason);

  /// Goes on with a generator, to which `sent` is given; Unbound at its end. Gives StopIteration's
  /// value through `returned` where that is wanted.
  virtual std::optional<Value> resumeGenerator(Value generator, Value sent,
                                               Value *returned = nullptr) = 0;
  /// Whoever goes over a generator of which nobody knows when it ends is given any of its items,
  /// and no more: the operation under way has an open count.
  bool isGoneOver(Value generator) const { return llvm::is_contained(goneOver_, generator); }
  bool isCountOpen() const { return !goneOver_.empty(); }
  /// Any item that it may still give.
  virtual Value takeRest(Value generator, Asks asks) = 0;
  /// `value`, of which it is not known how many items it was made of.
  Value opened(Value value);
  /// Raises `exception` within a generator, which may go on; as resumeGenerator.
  virtual std::optional<Value> throwInto(Value generator, Value exception) = 0;
  /// Whether tasks took turns as often as is looked at one by one.
  virtual bool haveTasksEnough() const = 0;
  /// What tasks do from there on, in any order. Whether `main` may come to its end; where it only
  /// may raise, that is raised.
  virtual bool repeatTasks(Value main,
                           llvm::function_ref<llvm::SmallVector<Value>()> coroutines) = 0;
  /// Nothing that follows on this way is looked at.
  virtual void stop() = 0;
  /// Asks each of a few objects of the program for its truth, which is not known then. False where
  /// all raise.
  bool askTruths(Value value);
  /// A truth that is not known.
  bool isUndecided(Value value);
  /// What a value may be, where it is one of a few: without `None`, on which everything fails.
  llvm::SmallVector<Value, 8> waysOf(Value value) const;
  /// The same where one of them is an object of a class of the program, which decides what
  /// operators do; else none.
  llvm::SmallVector<Value, 8> waysOfInstances(Value value) const;
  /// One of a few values of one type that cannot be changed, as one of that type; others as they
  /// are.
  virtual Value settled(Value value) = 0;
  /// Runs `run` for each of a few values, of which one is meant: each is a way of its own, and
  /// what they give is joined. Nothing where all raise.
  virtual std::optional<Value> eachWay(llvm::ArrayRef<Value> values,
                                       llvm::function_ref<std::optional<Value>(Value)> run) = 0;
  /// Calls something that is one of a few, or not known at all.
  virtual std::optional<Value>
  callUnknown(Value callee, llvm::ArrayRef<Value> arguments,
              llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords) = 0;
  /// `container` got one item more: where passes of a loop do that again and again, it has no end.
  virtual void noteGrowth(Value container) = 0;
  /// A way that the program may take is left out of the figures.
  virtual void noteGap(const llvm::Twine &reason) = 0;
  /// What a coroutine of the program, if it is one, would still do happens as far as nobody knows.
  virtual void runPerhaps(Value coroutine, const llvm::Twine &reason) = 0;
  /// A step of the evaluation that is no instruction. False where its limits are met: the native
  /// gives nothing, as if something had been raised.
  virtual bool takeStep() { return true; }
  /// Before items are taken in one of several orders, and before each further step of that.
  virtual void beginWalk(AnyOrderWalk &, Value /*iterator*/) {}
  virtual void noteStep(AnyOrderWalk &) {}
  /// At its end. What it asked for is not known where steps differ, but for what the collections
  /// that it made grow by. False where it raised something or left behind what
  /// depends on the order: the evaluation ends.
  virtual bool endWalk(AnyOrderWalk &, llvm::ArrayRef<Value>) { return true; }
  /// What the operation under way asks for is not known: all figures of its site say so.
  virtual void noteUnknownCost(const llvm::Twine &reason) = 0;
  /// The same because a length is not known: of what it reads, unless `reason` says which.
  virtual void noteUnknownLength(const llvm::Twine &reason = "") { noteUnknownCost(reason); }
  /// The length of what the operation under way makes, in items of so many bytes: `known`, or where
  /// that has no end what a contract of the program (semantic/contract.h) says.
  virtual Interval contractedLength(Interval known, int64_t itemBytes = 1);
  /// What is under way may fail instead: `fail` raises then, and may not happen. Nothing where
  /// nobody would catch it, since the program ends there.
  virtual void noteFailure(llvm::function_ref<void()> fail) = 0;
  void mayRaise(llvm::StringRef type, const llvm::Twine &message = "");
  /// A character that is not known may become a name.
  virtual void noteCharacter() {}
  /// Code that is made at run time is run, of which no more than its text is known, if that: it may
  /// bind any name that is in it, of the module under way.
  virtual void noteRunText(std::optional<llvm::StringRef>) {}

protected:
  /// Plain data that has such a method: a text, a list or a dictionary. Unbound where none has.
  Value dataWith(Value data, llvm::StringRef method);
  /// The same of an attribute of a value that is one of a few.
  Attribute attributeOfWays(llvm::ArrayRef<Value> ways, llvm::StringRef name);
  using Keywords = llvm::ArrayRef<std::pair<llvm::StringRef, Value>>;
  virtual std::optional<Value> callFunction(Value function, llvm::ArrayRef<Value> arguments,
                                            Keywords keywords) = 0;
  std::optional<Value> callNative(const NativeRow &row, llvm::ArrayRef<Value> arguments,
                                  Keywords keywords);
  std::optional<Value> instantiate(Value type, llvm::ArrayRef<Value> arguments, Keywords keywords);
  /// The native type that a class of the program derives from; null where none.
  const ClassObject *nativeBaseOf(ObjectId type) const;
  std::optional<Value> callOperator(Value left, llvm::StringRef method,
                                    llvm::ArrayRef<Value> arguments, bool &isThere);

  const FirmwareProfile &profile_;
  ObjectHeap heap_;
  Value raised_;
  bool isProbing_ = false;
  /// Generators of which the operation under way was given all that they may give.
  llvm::SmallVector<Value, 2> goneOver_;
  std::string output_;
  llvm::StringMap<ObjectId> names_;
  llvm::StringMap<ObjectId> nativeTypes_;
  llvm::DenseMap<const NativeRow *, ObjectId> nativeFunctions_;
  llvm::StringMap<ObjectId> moduleStates_;
};

} // namespace fraglint
