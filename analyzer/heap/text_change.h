#pragma once
/// How often a text that a loop makes is another one than before.

#include "heap/facts.h"
#include "semantic/module.h"
#include "semantic/repetition.h"

#include "llvm/ADT/DenseSet.h"

namespace fraglint {

enum class TextChange : uint8_t {
  Never,    ///< no pass of the loop changes anything that it is made of
  Seldom,   ///< only events, modes, timers or the time of day do, or it is one of a few
  Coarsely, ///< any pass may, but it is rounded to whole numbers
  Often,    ///< any pass may, as far as the code shows
};

/// Whether a test looks at something that people press, by its name.
bool asksUser(SyntaxNode test);

/// Judges expressions that are evaluated on the passes of one loop. Bounded in steps and depth:
/// past them the answer is Often.
class TextChangeReader {
public:
  /// `repetition` says how the loop comes to the expression; `target` is what the text is given
  /// to: what a `for` chooses together with it makes no text change.
  TextChangeReader(const Module &module, const Repetition &repetition, SyntaxNode target);

  TextChange changeOf(SyntaxNode expression) { return read(expression, 0); }

private:
  TextChange read(SyntaxNode expression, unsigned depth);
  TextChange readCall(SyntaxNode call, unsigned depth);
  TextChange readOwnCall(SyntaxNode call, FunctionId callee, unsigned depth);
  TextChange readAttribute(SyntaxNode attribute, unsigned depth);
  TextChange readSymbol(SymbolId symbol, SyntaxNode use, unsigned depth);
  TextChange readBinding(const Binding &binding, unsigned depth);
  TextChange readAugmented(const Binding &binding, bool isSetAnew, unsigned depth);
  TextChange readParameter(const Binding &binding, unsigned depth);
  TextChange readParts(SyntaxNode expression, unsigned depth);
  PassFacts passOf(const Binding &binding) const;
  bool isWhereReadingIs(const Binding &binding) const;
  bool isWrittenHere(SyntaxNode attribute) const;

  const Module &module_;
  const SemanticModel &model_;
  const Repetition &repetition_;
  SyntaxNode loop_; ///< the statement
  llvm::DenseSet<uint32_t> choosingLoops_; ///< ordinals of `for` statements that choose the target
  llvm::DenseSet<SymbolId> active_;
  llvm::SmallVector<SyntaxNode, 4> calls_; ///< on the way to what is being read
  unsigned steps_ = 0;
};

/// Of the text that `write` gives its label, on the passes that `repetition` is about.
TextChange textChangeOf(const LabelWrite &write, const Module &module,
                        const Repetition &repetition);

} // namespace fraglint
