#pragma once
/// The stack machine: runs Code, and takes both ways where a test is not known.

#include "evaluator/code.h"
#include "evaluator/frame.h"
#include "evaluator/machine.h"
#include "evaluator/name_table.h"
#include "evaluator/request_log.h"
#include "semantic/contract.h"
#include "syntax/thread_clock.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringSet.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// Bounds of one evaluation. Running out is a reason in the figures, never a hang.
struct EvaluationLimits {
  uint64_t steps = 5'000'000;
  unsigned passes = 3;      ///< of the loop that never ends
  unsigned growingPasses = 64; ///< at most, while something is longer after each
  uint64_t decidedPasses = 1'000'000; ///< of one that may be left, while all tests are known
  unsigned callDepth = 150; ///< of the program's functions
  uint64_t growingSteps = 500'000; ///< of all, after which that is no reason to go on
  uint64_t uncertainSteps = 1'000'000; ///< of those, on ways from tests that are not known
  unsigned forks = 40;      ///< tests within tests that are not known
  size_t objects = 400'000;
  bool callsFunctions = false; ///< as others may, behind the end of a program that has one
  /// It is given up then. Looked at now and then only.
  ThreadClock::time_point end = ThreadClock::time_point::max();
};

/// What the file of number `importer` means by a module's name as it spells it.
struct ModuleResolver {
  /// The program's file; null where it means none.
  std::function<const Code *(uint32_t importer, llvm::StringRef name)> find;
  /// Whether something lies there, be it no source.
  std::function<bool(uint32_t importer, llvm::StringRef name)> isThere;
};

/// How a run of instructions ended.
enum class Ending : uint8_t {
  Returned,
  Yielded,
  Raised,
  Reached, ///< the instruction that it was to stop at
  Left,    ///< a jump out of the region that it was to stay in: the frame's pc is the target
  Stopped, ///< the limits, or as many passes as were wanted
};

class Interpreter : public Machine {
public:
  /// More than any heap has.
  static constexpr int64_t kUnboundedBytes = int64_t{1} << 40;

  Interpreter(const FirmwareProfile &profile, const EvaluationLimits &limits,
              ModuleResolver resolver);
  ~Interpreter() override;

  /// Makes what is there before the program runs: names, constants, modules. Requests of this are
  /// those of loading.
  void prepare(const Code &code);
  /// How many names are interned when the program begins. What it makes known from here on is
  /// told to onNames.
  void beginNames(Interval names);
  /// Runs the entry from its first statement to its end, or through enough passes.
  Ending runModule(const Code &code);

  /// Behind the end of a module: calls what others may call of its functions and of the methods of
  /// its classes, again and again, in any order, with whatever they may be given. Those that take
  /// stars or keywords only are left out. False where that was too much to follow.
  bool callAsOthersMay(const Code &module);

  /// What is being evaluated, of the program's own files.
  SyntaxNode site() const;
  uint32_t callPath() const { return callPath_; }
  Phase phase() const { return isInPass() && !isOfLeftLoop() ? Phase::Pass : Phase::SetUp; }
  /// Of Phase::Pass, from 1.
  unsigned pass() const { return pass_; }
  /// Whether what happens now happens on some paths only.
  bool isUncertain() const override;
  const RequestLog &log() const { return log_; }
  RequestLog &log() { return log_; }
  /// Why figures are not complete; in the order in which that was met.
  llvm::ArrayRef<std::string> gaps() const { return gaps_; }
  /// The exception that ended the program; Unbound where none did.
  Value uncaught() const { return uncaught_; }
  uint64_t steps() const { return steps_; }
  /// Whether the pass stands for all further ones: what differs from pass to pass is not known.
  bool isGeneralPass() const { return generalPasses_ > 0; }
  /// Tests that were not known, so far.
  uint64_t undecided() const { return undecided_; }
  /// A loop that its head never ends: its code, and where that begins.
  using EndlessLoop = std::pair<const Code *, uint32_t>;
  /// Those whose passes were counted and that the program left all the same, each time that it
  /// came to them and without a test that is not known: none of them is its main loop.
  llvm::DenseSet<EndlessLoop> leftLoops() const;
  /// Tells before the evaluation what another one of the same code has found: what happens in
  /// these is of no pass.
  void setLeftLoops(llvm::DenseSet<EndlessLoop> loops) { knownAsLeft_ = std::move(loops); }
  /// The `while` statement whose passes are counted; null before its first.
  SyntaxNode passLoop() const;
  /// The innermost way from a test that is not known, or behind one that did not come back, that is
  /// being followed: each has a number of its own. 0: what happens now happens on every path.
  uint32_t way() const;
  /// Whether it still is: what happened there has happened, if what happens now does.
  bool isOnWay(uint32_t way) const;
  /// The innermost one at whose end the objects become those of another way again, or are joined
  /// with them; 0: none.
  uint32_t arm() const {
    return !ways_.empty() ? ways_.back() : isGeneralPassOpen_ ? generalWay_ : 0;
  }
  /// Bytes of objects that are not known any more since two ways were joined: they may be reachable
  /// although nothing seems to refer to them. kUnboundedBytes or more where they are not known.
  int64_t lostBytes() const { return lostBytes_; }
  /// The expression whose value is being made, and whether its own code is running.
  struct Making {
    SyntaxNode node;
    bool isInside = false;
  };
  Making making() const;
  /// What the assignment to an attribute that is under way stores; Unbound where none is.
  Value storedInAttribute() const;
  /// Why some way that the program may take was not followed; empty: all were.
  llvm::StringRef leftOut() const { return leftOut_; }
  /// Whether it ended because enough passes were made.
  bool hasMadeAllPasses() const { return hasMadeAllPasses_; }
  /// Whether some loop may make more passes than were evaluated one by one.
  bool hasCutPasses() const { return hasCutPasses_; }
  /// Whether of each loop the last of the passes that stand for all further ones kept no more than
  /// there was.
  bool isSteady() const { return isSteady_; }

  /// All that the program can reach now, with what operations under way hold.
  void visitRoots(const ObjectVisitor &visitor);
  bool takeStep() override;
  void beginWalk(AnyOrderWalk &walk, Value iterator) override;
  void noteStep(AnyOrderWalk &walk) override;
  bool endWalk(AnyOrderWalk &walk, llvm::ArrayRef<Value> own) override;
  void noteUnknownCost(const llvm::Twine &reason) override;
  void noteUnknownLength(const llvm::Twine &reason) override;
  Interval contractedLength(Interval known, int64_t itemBytes) override;
  /// What the program's writer says of it; must outlive this.
  void setContracts(const Contracts &contracts) { contracts_ = &contracts; }
  /// Bytes that a container takes at most which the statement makes longer; from 0.
  Interval roomPromised(SyntaxNode site) const;
  /// A contract of the statement that `site` lies in; null where there is none.
  const Contract *contractAt(SyntaxNode site, ContractKind kind) const;
  void noteFailure(llvm::function_ref<void()> fail) override;
  Value settled(Value value) override;
  std::optional<Value> eachWay(llvm::ArrayRef<Value> values,
                               llvm::function_ref<std::optional<Value>(Value)> run) override;
  void noteGrowth(Value container) override;
  void noteCharacter() override;
  void noteRunText(std::optional<llvm::StringRef> text) override;
  std::optional<Value>
  callUnknown(Value callee, llvm::ArrayRef<Value> arguments,
              llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords) override;
  /// Ordinals of the definitions whose functions were run so far.
  llvm::DenseSet<uint32_t> entered() const;
  /// Names of the firmware's modules that it imported so far, or may have.
  const llvm::StringSet<> &firmwareModules() const { return firmwareModules_; }
  /// Containers that were longer at the end of each pass than before, with where that is done.
  struct Growth {
    SyntaxNode site;
    int64_t length = 0; ///< when the last pass began
    bool isOld = false; ///< it was there when the last pass began
    bool isGrowing = false; ///< and became longer in it
  };
  const std::map<ObjectId, Growth> &growths() const { return growths_; }
  int64_t lengthOf(ObjectId container) const;
  void noteGap(const llvm::Twine &reason) override;
  void runPerhaps(Value coroutine, const llvm::Twine &reason) override;

  std::optional<Value> resumeGenerator(Value generator, Value sent, Value *returned) override;
  std::optional<Value> throwInto(Value generator, Value exception) override;
  Value takeRest(Value generator, Asks asks) override;
  void stop() override { isStopped_ = hasMadeAllPasses_ = true; }
  bool haveTasksEnough() const override { return haveTasksEnough_; }
  bool repeatTasks(Value main, llvm::function_ref<llvm::SmallVector<Value>()> coroutines) override;

  /// Hears of requests whose size is not known at all.
  std::function<void(HeapEvent)> onUnknown;
  /// Hears of calls of the program's functions, while site() is the call: before anything is asked
  /// for, and when the frame is given back; not of those that raise.
  enum class CallMoment : uint8_t { Begins, Returns };
  std::function<void(CallMoment)> onCall;
  /// Hears each time that the loop whose passes are counted comes to its head: pass() is the one
  /// that is over, 0 before the first.
  std::function<void()> onPass;
  /// Hears that a way did not come back, and those within it, whose numbers are larger: nothing
  /// that follows comes behind it.
  std::function<void(uint32_t way)> onStopped;
  /// Hears of what interning a name may ask for.
  std::function<void(HeapEvent, const NameGrowth &)> onNames;
  /// Hears that another file of the program is about to be compiled, and how many names are known.
  std::function<void(const Code &code, Interval names)> onImport;

protected:
  std::optional<Value> callFunction(Value function, llvm::ArrayRef<Value> arguments,
                                    Keywords keywords) override;

private:
  /// Keeps the stack of frames, and the way there, while a function runs.
  class Activation {
  public:
    Activation(Interpreter &interpreter, Frame &frame);
    ~Activation();
    Activation(const Activation &) = delete;
    Activation &operator=(const Activation &) = delete;

  private:
    Interpreter &interpreter_;
    uint32_t path_;
    llvm::SmallVector<Value, 2> goneOver_;
  };
  /// Where a run of instructions is to stop.
  struct Region {
    uint32_t stop = ~0u; ///< instruction before which it ends
    uint32_t begin = 0; ///< jumps to before it leave the region
    uint32_t end = ~0u; ///< jumps behind it leave the region
  };
  /// An exception that may have been raised, and the frame that would catch it.
  struct Failure {
    Value exception;
    size_t depth = 0; ///< counted from the outermost
  };
  /// One way from a test that is not known.
  struct Arm {
    Ending ending = Ending::Reached;
    uint32_t at = 0;
    Frame frame;
    Value result, raised;
    ObjectHeap::Changes changes;
  };

  Ending execute(Frame &frame, const Region &region, Value &result);
  Ending executeAll(Frame &frame, Value &result);
  void followExit(Frame &frame, const Frame::Exit &from, std::vector<Value> locals,
                  ObjectHeap::Changes objects, Ending &ending, Value result);
  Ending endOfAll(Frame &frame, Ending ending, Value &result);
  bool isFollowed(const Frame::Exit &exit) const;
  void addExit(Frame &frame, const Frame::Exit &exit);
  Ending step(Frame &frame, const Instruction &instruction, const Region &region, Value &result);
  /// After something was raised: goes to a handler of the frame, or says Raised.
  Ending unwind(Frame &frame);
  /// Raises within a generator that is to go on with an exception.
  Ending raiseWhereItWaits(Frame &frame, Value exception, Value &result);
  static bool hasHandler(const Frame &frame);
  Ending jump(Frame &frame, uint32_t target, const Region &region);
  Ending leaveBlocks(Frame &frame, uint32_t target, unsigned count, uint32_t height,
                     const Region &region);
  Ending returnFrom(Frame &frame, Value value, Value &result);
  Ending endFinally(Frame &frame, const Region &region, Value &result);
  Ending withCleanup(Frame &frame);

  // Where a test is not known (branching.cpp).
  Ending branch(Frame &frame, uint32_t target, uint32_t next, uint32_t join, const Region &region,
                Value &result);
  Ending branchKeeping(Frame &frame, uint32_t target, uint32_t next, uint32_t join, Value &result);
  bool hasFailureFor(const Frame &frame) const;
  void branchToHandlers(Frame &frame);
  void branchToHandler(Frame &frame, const Failure &failure);
  void skip(Frame &frame, uint32_t begin, uint32_t end);
  void skipCode(const Code &code, uint32_t begin, uint32_t end, llvm::StringRef reason);
  void skipFunction(const Code &code, llvm::StringRef reason);
  void skipValue(Value value, llvm::StringRef reason);
  void skipRest(llvm::StringRef reason);
  bool giveUp(llvm::StringRef reason);
  bool collectsInAnyOrder(const Code &code, Value iterating);
  bool endWalkOf(Frame &frame);
  void skipHeldFunctions(llvm::StringRef reason);
  void skipMethods(llvm::StringRef name, llvm::StringRef reason);
  void addFailure(Value exception, size_t depth, bool isPropagated);
  Ending repeat(Frame &frame, uint32_t head, uint32_t body, uint32_t behind, const Region &region,
                Value &result);
  std::optional<Value> anyItem(Value iterating);
  std::optional<Value> resumeAnyPlace(Value generator, Value sent, Value *returned);
  std::optional<Value> delegate(Value source, Value sent, Value &over);
  void addPlace(llvm::SmallVectorImpl<std::shared_ptr<const Frame>> &places,
                const std::shared_ptr<const Frame> &place);
  void addWaiting(Frame &frame, const Frame &other);
  void addWaiting(Frame &frame, Frame place, Value item);
  bool waitInstead(Frame &frame, Value &result);
  void waitAndGoOn(Frame &frame, Value item, Value returned);
  bool goesOnAtOnce(const Frame &frame, const Region &region) const;
  void noteRaised();
  Ending repeatIteration(Frame &frame, uint32_t head, uint32_t end, Value iterating, Value given,
                         const Region &region, Value &result);
  Ending repeatWhile(Frame &frame, const WhileLoop &loop, uint32_t target, const Region &region,
                     Value &result);
  /// What there is of a pass that is to be entered.
  enum class Entry : uint8_t { None, Begun, Whole };
  void repeatPasses(Frame &frame, const Region &pass, unsigned popped,
                    llvm::function_ref<Entry()> enter, llvm::function_ref<int64_t()> most,
                    Value &result);
  Interval lengthOfSources(Value iterating) const;
  bool isRecursion(const Code &code, llvm::ArrayRef<Value> arguments);
  Value giveAnything(Value generator, Frame place, Value thrown, Value *returned);
  bool covers(Value general, Value value) const;
  bool isLike(Value value, Value before, unsigned depth);
  bool mayFork() const;
  void openArm();
  void closeArm();
  Arm runArm(Frame &frame, uint32_t at, const Region &region);
  Arm finishArm(Frame &frame, Ending ending, Value result);
  void keepExit(Frame &frame, Arm &other, uint32_t at);
  void joinExits(Frame &frame, uint32_t at);
  static unsigned rank(const Arm &arm);
  void goBack(Frame &frame, Frame before, Arm &arm);
  void noteOther(Frame &frame, Arm &other, const Arm &main);
  Ending afterArm(Frame &frame, Ending ending, const Region &region);
  bool mayEndAnywhere(const IteratorObject &iterator) const;
  void joinAttributes(OpaqueObject &object, const OpaqueObject &other);
  void joinHeaps(const ObjectHeap::Changes &other, const ObjectHeap::Changes &before);
  void joinFrames(Frame &frame, const Frame &other);
  Value join(Value left, Value right);
  void joinGenerators(GeneratorObject &generator, const GeneratorObject &other);
  void joinObject(Object &object, const Object &other);
  Value joinItems(Value element, llvm::ArrayRef<Value> items);
  void joinTables(MapTable &table, const MapTable &other);
  void loseRun(const Run &run);
  void loseValue(Value value);
  void mergeMany(llvm::SmallVectorImpl<Value> &alternatives);
  std::optional<Interval> boundsOf(Value value) const;
  void widenAlternatives(llvm::SmallVectorImpl<Value> &alternatives, Value before);
  void noteBound(Value compared);
  int64_t roundedUp(int64_t bound) const;
  Interval joinIntervals(Interval one, Interval two);
  Interval joinBounds(Interval one, Interval two, bool isFree);
  Interval joinSizes(Interval one, Interval two);

  // What a test says of the variable that it looks at (narrowing.cpp).
  /// A test of a variable or an attribute of one: `x`, `x is None`, `x < 5`, `len(x) > 8`.
  struct Tested {
    enum class Looks : uint8_t { Truth, Value, Length };
    Looks looks = Looks::Truth;
    const Instruction *variable = nullptr; ///< what loads it
    const Instruction *attribute = nullptr; ///< null: the variable itself
    CompareOperator op = CompareOperator::Is;
    Value other; ///< what it is compared with
    bool isNegated = false;
  };
  std::optional<Tested> testedBefore(const Frame &frame, uint32_t jump);
  Value valueOf(const Frame &frame, const Tested &tested);
  void narrow(Frame &frame, const Tested &tested, bool isTrue);
  Value narrowed(Value value, const Tested &tested, bool isTrue);
  Value *placeOf(Frame &frame, const Tested &tested);
  void narrowLength(Value value, Interval within);

  // Where the program's writer says more (interpreter_contracts.cpp).
  void noteUnknown(std::string reason);
  void applyContracts(const Frame &frame, const Instruction &instruction, bool isDone);
  void narrow(Value value);
  void attach(Run run, Value value);

  // Names and modules.
  std::optional<Value> loadGlobal(Frame &frame, llvm::StringRef name);
  std::optional<Value> builtin(llvm::StringRef name);
  bool storeGlobal(Frame &frame, llvm::StringRef name, Value value);
  std::optional<Value> importModule(const Frame &frame, llvm::StringRef spelled, Value fromList);
  std::optional<Value> importFrom(const Frame &frame, const Instruction &instruction);
  std::optional<Value> importStar(Frame &frame, Value module);
  std::optional<Value> loadPart(const Code *code, llvm::StringRef name, Value package);
  std::optional<Value> loadFile(const Code &code, llvm::StringRef name);
  Value firmwareModule(llvm::StringRef name, bool isTopWanted);
  Value moduleObject(const Code *code, llvm::StringRef name);

  // Functions and classes.
  bool bindArguments(Frame &frame, const FunctionObject &function, llvm::ArrayRef<Value> arguments,
                     Keywords keywords);
  std::optional<Value> makeFunction(Frame &frame, const Instruction &instruction);
  std::optional<Value> buildClass(Frame &frame, llvm::ArrayRef<Value> arguments);
  using NamedValues = llvm::SmallVector<std::pair<llvm::StringRef, Value>, 4>;
  bool addMapping(Value mapping, NamedValues &keywords, Run &scratch, int64_t &room,
                  size_t positional);
  std::optional<Value> callStarred(Frame &frame, const Instruction &instruction, bool isMethod);
  std::optional<size_t> mostArguments(Value callee) const;
  bool takesMore(Value callee) const;
  std::optional<Value> callWithAny(Value callee, llvm::ArrayRef<Value> before, Interval count,
                                   Value item, llvm::ArrayRef<Value> behind, size_t most,
                                   Keywords keywords);
  std::optional<Value> callPlain(Frame &frame, const Instruction &instruction, bool isMethod);
  std::optional<Value> loadMethod(Frame &frame, const Instruction &instruction, bool isSuper);
  bool takesSliceFromStack(const Frame &frame, Value base) const;
  bool unpack(Frame &frame, int64_t before, int64_t behind, bool hasStar);
  bool unpackUnknown(Frame &frame, Value sequence, int64_t wanted, int64_t behind, bool hasStar);
  bool matchesException(Value exception, Value type);
  bool mayMatch(Value exception, Value type) const;
  void openFrame(Frame &frame);
  void closeFrame(Frame &frame);
  const std::vector<Value> &constantsOf(const Code &code);
  Value constantValue(const Constant &constant);
  void learnNames(const Code &code);
  void noteNewNames(bool isFree);
  void noteNameRequest(const NameGrowth &growth);
  bool hasGrown();
  bool feedsItself(BinaryOperator op, Value left, Value right) const;
  bool hasGrownSince(const ObjectHeap::Changes &before, Frame &frame, Frame &begin);
  bool startGeneralPass(Frame &frame);
  void letOthersRun();
  bool passesOver(const Frame &frame) const;
  Ending delegateAll(Frame &frame, Value &result);
  bool isCaughtAnywhere() const;
  bool isOutside(Value value) const;
  void noteOutsideCall(Value callee, llvm::ArrayRef<Value> arguments, Keywords keywords);
  void runCallbacks(llvm::StringRef native = "");
  Value makeAsOthersMay(Value type);
  void addCallees(const MapTable &table, ObjectId module, Value self);
  bool mayFail(Value callee, llvm::ArrayRef<Value> arguments) const;
  void noteOutsideFailure();
  Ending startPass(Frame &frame, const Instruction &start, const Region &region, Value &result);
  bool isInPass() const;
  bool isOfLeftLoop() const { return knownAsLeft_.contains({passCode_, passAt_}); }
  void noteLeftLoop();
  bool isLong(Frame &frame);
  void prepareGlobals(ModuleObject &module, bool isEntry, bool isOfFile);
  Value packagePath(llvm::StringRef name);
  int64_t typeWords(size_t bases) const;
  size_t nativeBases(ObjectId type) const;

  static constexpr llvm::StringLiteral kNestedCalls = "calls are nested too deeply to be followed";

  const EvaluationLimits limits_;
  const ModuleResolver resolver_;
  const Contracts *contracts_ = nullptr;
  std::vector<Value> lengthened_; ///< by the instruction under way, where its length has a bound
  Run sized_; ///< what a `size` stands for, until the value is there
  llvm::DenseSet<ObjectId> fixed_; ///< containers that never get longer
  llvm::DenseMap<const Code *, std::unique_ptr<std::vector<Value>>> constants_;
  llvm::DenseMap<const Code *, ObjectId> modules_;
  llvm::StringMap<ObjectId> loaded_; ///< the program's own, by their whole names
  std::optional<NameTable> nameTable_;
  llvm::StringSet<> firmwareModules_;
  llvm::StringSet<> notedNames_;
  int64_t characters_ = 0; ///< that are not known, and may have become names
  std::map<int64_t, Run> nameRuns_; ///< pools and chunks that may be asked for, by their bytes
  llvm::StringMap<Value> builtins_;
  std::vector<Frame *> frames_;
  llvm::SmallVector<Value, 32> held_; ///< arguments of calls under way
  Value thrown_; ///< into the generator that goes on next
  /// What was raised comes out of a function that was called.
  bool isPropagated_ = false;
  bool isStopped_ = false; ///< the limits were met, or enough passes made
  std::vector<Failure> failures_; ///< that nobody has caught yet
  llvm::DenseSet<uint32_t> asked_; ///< while the rest is skipped: ordinals of what was come to
  llvm::DenseSet<const Code *> skipped_; ///< functions that were not followed at all
  Frame passFrameBefore_; ///< as it was when the last pass began that the next is joined with
  bool isGeneralPassOpen_ = false; ///< its changes can be taken back
  unsigned generalPasses_ = 0; ///< begun, of those that stand for all further ones
  /// A function of the program that something outside may call, and what was given it.
  struct Callback {
    Value function;
    std::string taker; ///< `machine.Pin.irq`
  };
  std::vector<Callback> callbacks_;
  std::unique_ptr<const Code> callers_; ///< the loop of callAsOthersMay()
  bool isInCallback_ = false;
  std::map<ObjectId, Growth> growths_;
  RequestLog log_;
  std::vector<std::string> gaps_;
  Value uncaught_;
  uint64_t steps_ = 0;
  uint64_t uncertainSteps_ = 0;
  uint64_t undecided_ = 0; ///< tests that were not known, so far
  uint32_t callPath_ = 0;
  unsigned uncertainty_ = 0;
  unsigned forks_ = 0;
  unsigned pass_ = 0;
  const Code *passCode_ = nullptr; ///< of the loop whose passes are counted
  uint32_t passAt_ = 0, passEnd_ = 0;
  llvm::DenseSet<EndlessLoop> left_, cut_, knownAsLeft_; ///< see leftLoops()
  size_t passFrame_ = 0; ///< depth
  size_t passTasks_ = ~size_t{0}; ///< depth of what runs the event loop where it is of a task
  const Code *passTasksCode_ = nullptr;
  uint32_t passTasksAt_ = 0;
  /// How bounds that still move from pass to pass are joined.
  /// What a join does with bounds that still move.
  enum class Widening : uint8_t {
    None,
    ToRound, ///< the next round number
    NumbersToNone, ///< none; those of lengths and bytes, which may follow numbers, the next round
                   ///< one
    ToNone,
  };
  /// Of the join behind pass `count` of those that stand for any number.
  static Widening wideningOf(unsigned count, unsigned beforeRound, unsigned beforeNone);
  Widening widening_ = Widening::None;
  /// A value, or the state of an object, was joined with one before it that does not cover it.
  bool bringsNew_ = false;
  llvm::SmallVector<int64_t, 8> bounds_; ///< that what grows was compared with, sorted
  llvm::DenseSet<uint32_t> followedExits_; ///< what comes behind them has been looked at
  uint32_t lastExit_ = 0;
  bool hasMadeAllPasses_ = false;
  bool haveTasksEnough_ = false; ///< a task went round as often as is looked at one by one
  bool passesOverAwaits_ = false; ///< tasks do not wait: others are taken to have run
  bool isSteady_ = true;
  bool hasCutPasses_ = false;
  unsigned mergeDepth_ = 0; ///< mergeMany() under way
  int64_t lostBytes_ = 0;
  llvm::SmallVector<uint32_t, 8> ways_; ///< of arms, the innermost last
  uint32_t lastWay_ = 0, generalWay_ = 0;
  std::string leftOut_;
  /// From where on the rest of a function was not followed any more.
  llvm::DenseMap<const Code *, uint32_t> restsSkipped_;
  bool hasSkippedOthers_ = false; ///< what waits, and what others may call
  size_t heldFunctionsOf_ = 1,
         heldFunctionsOfAll_ = 0; ///< objects that skipHeldFunctions() has seen
};

} // namespace fraglint
