#pragma once
/// One question about values of a SemanticModel, answered within a budget of steps and depth:
/// past it the answer is "unknown", which is always true. Answers are made anew each time.

#include "semantic/call_arguments.h"
#include "semantic/known_library.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <string>

namespace fraglint {

class ValueEvaluator {
public:
  explicit ValueEvaluator(const SemanticModel &model) : model_(model) {}

  std::string nameOf(SyntaxNode expression);
  FunctionId calleeOf(SyntaxNode call);
  FunctionId functionNamed(SyntaxNode expression);
  ValueType typeOf(SyntaxNode expression);
  Interval integerOf(SyntaxNode expression);
  Interval lengthOf(SyntaxNode expression);
  Interval tripsOf(SyntaxNode forStatementOrClause);
  std::optional<double> numberOf(SyntaxNode expression);
  std::optional<bool> truthOf(SyntaxNode expression);
  std::optional<std::string> stringOf(SyntaxNode expression);
  SyntaxNode soleValueOf(SymbolId symbol);
  llvm::SmallVector<SyntaxNode, 4> passedFor(SymbolId parameter);

private:
  /// Dotted name and type of the same expression, worked out together.
  struct Meaning {
    std::string name;
    ValueType type;
  };
  /// A symbol whose value is being worked out, with what is known of it so far.
  struct Active {
    SymbolId symbol;
    ValueType type = {};
    Interval length = Interval::atLeast(0);
  };
  /// Everything that gives a symbol values.
  struct Values {
    llvm::SmallVector<BindingId, 4> bindings;
    bool complete = true; ///< nothing else can write it
  };
  /// One step deeper; false where the budget is spent.
  class Step {
  public:
    explicit Step(ValueEvaluator &owner) : owner_(owner) {
      ++owner_.depth_;
      if (owner_.steps_ != 0)
        --owner_.steps_;
    }
    ~Step() { --owner_.depth_; }
    Step(const Step &) = delete;
    Step &operator=(const Step &) = delete;
    explicit operator bool() const { return owner_.steps_ != 0 && owner_.depth_ < kMaxDepth; }

  private:
    ValueEvaluator &owner_;
  };
  /// What must not happen to a container for an answer to hold.
  enum class Keeps : uint8_t { Length, Content };

  static constexpr unsigned kMaxDepth = 64;
  static constexpr unsigned kMaxSteps = 4096;
  /// A function with more calls is everybody's: its parameters may be anything.
  static constexpr size_t kMaxCallers = 16;

  // Symbols (value_evaluator.cpp).
  Values valuesOf(SymbolId symbol);
  bool hasForeignWrites(SymbolId symbol, ClassId family);
  bool mayBelongTo(ClassId family, SyntaxNode attribute);
  llvm::ArrayRef<SyntaxNode>
  accessesOf(SymbolId symbol,
             const llvm::DenseMap<uint32_t, std::vector<SyntaxNode>> &accesses) const;
  void addFamilyBindings(SymbolId symbol, ClassId family, Values &values);
  SymbolId attributeSymbol(SyntaxNode attribute);
  const Active *activeEntry(SymbolId symbol) const;
  bool isActive(SymbolId symbol) const { return activeEntry(symbol) != nullptr; }
  bool isUnreachable(SyntaxNode node);
  bool isModuleName(SymbolId symbol) const;
  const Binding *takeoverOf(SymbolId symbol) const;
  const Binding *takenOverImport(SyntaxNode identifier) const;

  // Names and functions (value_names.cpp).
  Meaning meaningOf(SyntaxNode expression);
  Meaning meaningOfAttribute(SyntaxNode attribute);
  Meaning memberOf(const Meaning &object, llvm::StringRef member);
  std::string nameOfIdentifier(SyntaxNode identifier);
  std::string nameOfSymbol(SymbolId symbol);
  FunctionId functionOfSymbol(SymbolId symbol);
  FunctionId methodNamed(SyntaxNode attribute);
  FunctionId superMethod(SyntaxNode attribute);
  FunctionId transparent(FunctionId function);

  // Types (value_types.cpp).
  ValueType typeOfCall(SyntaxNode call);
  ValueType typeOfExtreme(const CallArguments &arguments);
  ValueType typeOfOpen(SyntaxNode call);
  ValueType returnTypeOf(FunctionId function);
  SyntaxNode argumentReturnedBy(FunctionId function, SyntaxNode call);
  ValueType typeOfOperation(SyntaxNode operation);
  ValueType typeOfSubscript(SyntaxNode subscript);
  ValueType typeOfSymbol(SymbolId symbol);
  ValueType typeOfBinding(const Binding &binding, ValueType soFar);
  ValueType typeOfTarget(const Binding &binding);
  ValueType typeOfArguments(const Binding &parameter);
  ValueType typeOfAnnotation(const Binding &binding);
  ValueType joined(llvm::ArrayRef<SyntaxNode> expressions);
  ValueType elementTypeOf(SyntaxNode container);
  bool isEmptyContainer(SyntaxNode call);
  ValueType elementTypeOfSymbol(SymbolId symbol);
  ValueType instanceOf(ClassId id);

  // Integers (value_integers.cpp).
  Interval integerOfCall(SyntaxNode call);
  Interval returnIntegerOf(FunctionId function);
  Interval integerOfOperation(SyntaxNode operation);
  Interval integerOfSymbol(SymbolId symbol);
  Interval integerOfBinding(const Binding &binding);
  Interval augmented(Interval base, llvm::ArrayRef<BindingId> augmentations);
  Interval elementIntegerOf(SyntaxNode container);
  Interval integerOfSubscript(SyntaxNode subscript);
  Interval integerOfAttribute(SyntaxNode attribute);
  Interval truncated(SyntaxNode expression);
  bool keepsDigits(SyntaxNode part);
  bool isUsable(SyntaxNode operand, Interval value);

  // Lengths (value_lengths.cpp, value_uses.cpp).
  Interval lengthOfCall(SyntaxNode call);
  Interval lengthOfBytes(SyntaxNode argument);
  Interval lengthOfOperation(SyntaxNode operation);
  Interval lengthOfSlice(SyntaxNode subscript);
  Interval lengthOfComprehension(SyntaxNode comprehension);
  Interval lengthOfSymbol(SymbolId symbol);
  Interval lengthOfArguments(SymbolId parameter);
  Interval rangeLength(SyntaxNode call);
  bool usesKeep(SymbolId symbol, Keeps what, llvm::StringRef type);
  bool useKeeps(SyntaxNode use, Keeps what, llvm::StringRef type);
  bool argumentKeeps(SyntaxNode argument, SyntaxNode call, Keeps what, llvm::StringRef type);
  SymbolId parameterOf(FunctionId function, SyntaxNode call, SyntaxNode argument);
  SyntaxNode argumentFor(const Binding &parameter, SyntaxNode call);
  bool storeKeeps(SyntaxNode subscript, Keeps what, llvm::StringRef type);

  // Constants (value_constants.cpp).
  std::optional<double> numberOfOperation(SyntaxNode operation);
  std::optional<double> numberOfCall(SyntaxNode call);
  std::optional<bool> truthOfComparison(SyntaxNode comparison);

  const SemanticModel &model_;
  unsigned steps_ = kMaxSteps;
  unsigned depth_ = 0;
  llvm::SmallVector<Active, 8> active_;
  llvm::SmallVector<SymbolId, 8> keeping_; ///< other names whose uses are being looked at
};

/// The expression inside any number of parentheses.
SyntaxNode withoutParentheses(SyntaxNode expression);
/// Whether a binding gives its value another name at once: `x = y = []`, `x = (y := [])`.
bool isShared(const Binding &binding);
/// The operator of a binary, unary, augmented or boolean expression as spelled.
llvm::StringRef operatorOf(SyntaxNode operation);

} // namespace fraglint
