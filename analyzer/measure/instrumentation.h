#pragma once
/// A program rewritten so that it tells where it is: pieces to be run one after another, with probe
/// points between its statements.
///
/// A probe point is the expression `__name__._7`, for `__name__` is bound to an object that hears
/// of it (heap_probe.py). It needs one slot of the stack, as hardly a statement does with less, so
/// that it changes no frame and no generator's size, and it takes no name of the program's own.

#include "syntax/syntax_tree.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// What it means that control comes by a point.
enum class PointKind : uint8_t {
  Statement, ///< a statement begins, or the head of a loop is evaluated again
  Resume, ///< a generator goes on behind its `yield`
  Enter, ///< a body of a function or class begins
  Leave, ///< a body ends by `return` or at its end, or yields
  FinallyEnd, ///< a `finally` has run: where its function has been left before, that is done now
  PieceEnd,
  InputEnd, ///< a stand-in wants more than was recorded: what follows is no part of the program
};

/// One function, class body or, as number 0, the module.
using CodeBlockId = uint32_t;
inline constexpr CodeBlockId kModuleBlock = 0;

struct ProbePoint {
  PointKind kind = PointKind::Statement;
  CodeBlockId block = kModuleBlock;
  uint32_t statement = 0; ///< index into Instrumentation::statements; of Statement and Resume
};

/// A statement, or the head of a compound one.
struct MeasuredStatement {
  TextRange range; ///< of all of it, also of a compound one
  uint32_t line; ///< 1-based
  uint32_t column; ///< 1-based, in code points
  uint32_t piece; ///< index into Instrumentation::pieces
  bool isEndlessLoop = false; ///< `while True`
  bool isExceptClause = false; ///< evaluated while an exception passes
  bool isInFinally = false;
  bool yields = false; ///< so that a Leave within it suspends
  /// `yield from` or `await`: what it drives suspends and resumes with it.
  bool delegates = false;
};

/// What an earlier run has shown: statements that are not to be measured in full, because the heap
/// is too small for that, and frames.
struct ProbeLimits {
  /// Indices into Instrumentation::statements. These run with automatic collection.
  llvm::DenseSet<uint32_t> collecting;
  /// Numbers of pieces: these hold no points but their ends, so that they need less memory to
  /// compile and less stack to run.
  llvm::DenseSet<uint32_t> bare;
  /// Functions of which it matters to tell their frames from what else is requested. The heap is
  /// then drawn whenever they are left.
  llvm::DenseSet<CodeBlockId> framed;
  /// How large the frames of functions are on the heap, in blocks: as an earlier run has shown.
  llvm::DenseMap<CodeBlockId, uint32_t> frameBlocks;
};

/// One top-level statement of the program.
struct ProgramPiece {
  std::string code;
  std::string plain; ///< the same without points
  uint32_t line; ///< 1-based, of its first line
};

struct Instrumentation {
  /// Makes all names and short strings of the program known to the interpreter, as compiling it at
  /// once would: a text made at run time that is equal to one of them takes no memory of its own.
  /// Runs nothing.
  std::vector<std::string> knownCode;
  std::vector<ProgramPiece> pieces;
  std::vector<MeasuredStatement> statements;

  /// The point that the device named; nothing where there is none of that name. Some
  /// kinds say nothing of where.
  std::optional<ProbePoint> pointNamed(llvm::StringRef name) const;

  std::vector<ProbePoint> points; ///< `_0`, `_1`, …
};

/// `tree` must be free of problems. Statements and pieces are numbered the same whatever the
/// limits.
Instrumentation instrument(const SyntaxTree &tree, const ProbeLimits &limits = ProbeLimits());

} // namespace fraglint
