#pragma once
/// What the evaluator runs: the program's functions as instructions of a stack machine. They are
/// modelled on the firmware's own bytecode, because its frames, whose size depends on the deepest
/// stack, lie on the heap.

#include "evaluator/operators.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fraglint {

/// `a` and `b` are the operands; stack effects as in the firmware.
enum class Op : uint8_t {
  LoadConstant,   ///< a: index into constants
  LoadNull,       ///< a place that holds nothing
  LoadLocal,      ///< a: index into locals
  StoreLocal,
  DeleteLocal,
  LoadCell,       ///< a: local that holds the cell
  StoreCell,
  DeleteCell,
  LoadName,       ///< a: index into names; of a class body, else as LoadGlobal
  StoreName,
  DeleteName,
  LoadGlobal,
  StoreGlobal,
  DeleteGlobal,
  LoadAttribute,  ///< a: name
  StoreAttribute,
  DeleteAttribute,
  LoadMethod,     ///< a: name; pushes function and self
  LoadSuperMethod, ///< a: name; `super().name`
  LoadSubscript,
  StoreSubscript,
  DeleteSubscript,
  Duplicate,
  DuplicateTwo,
  Pop,
  RotateTwo,
  RotateThree,
  PassStart,      ///< of a loop that its head never ends; a: where it is over, b: LoopExits
  Jump,           ///< a: target
  PopJumpIfTrue,  ///< a: target; b: see Code::joins
  PopJumpIfFalse,
  JumpIfTrueOrPop,
  JumpIfFalseOrPop,
  UnwindJump,     ///< a: target; b: handlers to leave; the stack is cut to Code::heights[pc]
  SetUpExcept,    ///< a: handler
  SetUpFinally,
  SetUpWith,
  WithCleanup,
  LoadExit,       ///< `__aexit__` of what `async with` manages, its object and three arguments
  EndExit,        ///< takes what that gave: true swallows an exception
  EndFinally,
  PopExceptJump,  ///< a: target
  GetIterator,    ///< on the heap
  GetIteratorOnStack, ///< takes four places
  ForIterator,    ///< a: target at the end, where the four places are popped
  Unary,          ///< a: UnaryOperator
  Binary,         ///< a: BinaryOperator; b: whether in place
  Compare,        ///< a: CompareOperator
  ExceptionMatch,
  BuildTuple,     ///< a: items
  BuildList,
  BuildSet,
  BuildMap,       ///< a: pairs to come by StoreMap
  StoreMap,
  BuildSlice,     ///< a: 2 or 3
  StoreComprehension, ///< a: 0 list, 1 dict, 2 set; b: place of the collection from the top
  UnpackSequence, ///< a: items
  UnpackWithStar, ///< a: items before, b: behind
  MakeFunction,   ///< a: child; b: bit 0 defaults, bit 1 closure
  CallFunction,   ///< a: positional; b: keywords
  CallMethod,
  CallStarred,    ///< a: positional, b: keywords; below: flags of stars as a constant
  CallMethodStarred,
  LoadBuildClass,
  Return,
  Raise,          ///< a: 0 again, 1 object, 2 from
  Yield,
  YieldFrom,
  ImportName,     ///< a: name (dotted)
  ImportFrom,     ///< a: name; b: that of the module, as spelled
  ImportStar,
  Unknown,        ///< what cannot be evaluated; a: index into names, which says why
};

/// What stands in a loop that its head never ends.
enum class LoopExits : uint8_t {
  None,   ///< nothing ends it
  Awaits, ///< others run between its passes, and may end with it
  Yields, ///< it goes on only while somebody asks for more
  Leaves, ///< a break, a return or a raise
};

struct Instruction {
  Op op;
  int32_t a = 0;
  int32_t b = 0;
};

/// A value that the compiler makes: on the heap before the program runs.
struct Constant {
  enum class Kind : uint8_t { None, True, False, Ellipsis, Int, BigInt, Float, Str, Bytes, Tuple };
  Kind kind = Kind::None;
  int64_t integer = 0;
  llvm::APInt big;
  double real = 0;
  std::string text;
  std::vector<Constant> items;
};

enum class CodeKind : uint8_t { Module, Function, Lambda, Class, List, Dict, Set, Generator };

/// A variable of an enclosing function that this one uses.
struct FreeVariable {
  llvm::StringRef name;
  uint16_t outerLocal = 0; ///< of the function around it: the local that holds the cell
};

/// A `while` whose condition stands behind its body: instructions.
struct WhileLoop {
  uint32_t top = 0;       ///< of the body
  uint32_t condition = 0; ///< its first one
  uint32_t behind = 0;
};

/// Immutable once built.
struct Code {
  CodeKind kind = CodeKind::Module;
  llvm::StringRef name;
  SyntaxNode node; ///< definition, lambda, comprehension; null for a file
  uint32_t file = 0; ///< index of SemanticModel::files
  bool isPackage = false; ///< of a file: it is the `__init__.py` of a folder
  const Code *parent = nullptr;

  std::vector<Instruction> instructions;
  std::vector<SyntaxNode> sites; ///< by instruction: what it is of
  /// By instruction, of jumps that may not be known: where the paths meet again; 0 where unknown.
  /// Of SetUpExcept: where its statement is over.
  std::vector<uint32_t> joins;
  std::vector<uint16_t> heights; ///< of the stack before each instruction
  std::vector<WhileLoop> loops; ///< that their conditions end
  std::vector<Constant> constants;
  std::vector<std::string> names;
  std::vector<std::unique_ptr<Code>> children;

  /// Free variables first, then parameters, then the rest: as the firmware numbers them.
  std::vector<llvm::StringRef> locals;
  std::vector<FreeVariable> closure;
  std::vector<uint16_t> cells; ///< locals that are cells from the start, of their own
  uint16_t positional = 0; ///< parameters that can be given by position
  uint16_t keywordOnly = 0;
  uint16_t positionalDefaults = 0;
  bool hasStar = false; ///< `*args`
  bool hasDoubleStar = false;
  bool isGenerator = false;
  bool isAsync = false;

  uint16_t stackSize = 0; ///< deepest stack, as the firmware counts it
  uint16_t handlerDepth = 0; ///< deepest nesting of handlers
  /// Places of its frame.
  uint32_t stateWords() const {
    return std::max<uint32_t>(1, static_cast<uint32_t>(locals.size()) + stackSize);
  }
  uint32_t parameterCount() const {
    return positional + keywordOnly + (hasStar ? 1U : 0U) + (hasDoubleStar ? 1U : 0U);
  }
};

} // namespace fraglint
