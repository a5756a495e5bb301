#pragma once
/// A function under way.

#include "evaluator/any_order.h"
#include "evaluator/code.h"
#include "evaluator/object.h"
#include "evaluator/object_heap.h"

#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <vector>

namespace fraglint {

/// What is to be done when something is raised, or a block is left by a jump or a return.
struct Handler {
  enum class Kind : uint8_t { Except, Finally, With };
  Kind kind = Kind::Except;
  uint32_t begin = 0;  ///< instruction that set it up
  uint32_t at = 0;     ///< instruction to go on with
  uint32_t end = ~0U;  ///< of Except: where its statement is over
  uint32_t height = 0; ///< of the stack there, without what is pushed
  bool isActive = false; ///< it is running: what is raised now goes further out
};

struct Frame {
  const Code *code = nullptr;
  const std::vector<Value> *constants = nullptr; ///< of the code, made before it runs
  ObjectId globals = 0; ///< Module
  ObjectId body = 0;    ///< of a class body: the Class being made; else 0
  std::vector<Value> locals;
  std::vector<Value> stack;
  std::vector<Value> arguments; ///< as it was called; names stand as numbers in front of theirs
  llvm::SmallVector<Handler, 2> handlers;
  llvm::SmallVector<Value, 1> caught; ///< exceptions whose handlers are running
  uint32_t pc = 0;

  /// What ways that did not go on come to a place with.
  struct ExitState {
    std::vector<Value> locals, stack;
    llvm::SmallVector<Handler, 2> handlers;
    ObjectHeap::Changes objects;
  };
  /// A place that they jump to, and the height of the stack there.
  struct Exit {
    uint32_t id = 0; ///< of the state, which several frames may have
    uint32_t at = 0; ///< ~0: behind the function
    uint32_t height = 0;
    std::shared_ptr<const ExitState> state; ///< none once it is joined
  };
  llvm::SmallVector<Exit, 2> exits; ///< one of each place
  /// What happens here may not happen, up to the instruction; ~0: to the end of the function.
  struct Doubt {
    uint32_t end = 0;
    uint32_t way = 0; ///< see Interpreter::way
  };
  llvm::SmallVector<Doubt, 2> doubts;
  Value mayReturn; ///< what ways that did not go on return; Unbound: there are none
  /// Where a generator waits on ways that came to a `yield` while others went on, and any of what
  /// it gives there.
  llvm::SmallVector<std::shared_ptr<const Frame>, 0> waiting;
  Value given;
  bool hasPassedOver = false; ///< it went on at once where it would wait
  /// How often each loop that its head never ends was begun.
  struct Passes {
    uint32_t at = 0;
    uint64_t count = 0;
    uint64_t undecided = 0; ///< tests that were not known when the last pass began
    uint64_t resumes = 0; ///< of the frame's, when the last pass began
    uint64_t undecidedCount = 0; ///< passes that came to tests that were not known
  };
  llvm::SmallVector<Passes, 1> passes;
  /// Conditions of loops of which a pass is under way that stands for any.
  llvm::SmallVector<uint32_t, 2> repeated;
  uint64_t resumes = 0; ///< how often it was gone on with, of a generator
  AnyOrderWalk walk; ///< of a comprehension
  /// Of a generator that was not followed since one like it was under way: it may wait at any place
  /// of its code.
  bool isAnywhere = false;
  Run run; ///< where the firmware has it on its heap

  void visit(const ObjectVisitor &visitor) const;
};

} // namespace fraglint
