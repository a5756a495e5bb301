#pragma once
/// Arithmetic on clock readings: `time.monotonic() - last - 5` as a sum.

#include "semantic/semantic_model.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace fraglint {

/// A clock reading times a factor, plus names times factors, plus a constant.
struct ClockForm {
  struct Term {
    SyntaxNode place; ///< identifier, attribute or item
    double factor = 0;
  };
  double clock = 0;
  double constant = 0;
  llvm::SmallVector<Term, 2> terms;
  double secondsPerTick = 1; ///< of the clock that is read

  void add(const ClockForm &other, double factor);
  void scale(double factor);
};

/// Reads expressions as such sums.
class ClockReader {
public:
  /// Gives what a name was set to before the place in question, or null where it is to be taken
  /// as it stands.
  using Expansion = llvm::function_ref<SyntaxNode(SyntaxNode place)>;

  ClockReader(const SemanticModel &model, Expansion expansion)
      : model_(model), expansion_(expansion) {}

  /// Nothing where the expression is no such sum.
  std::optional<ClockForm> sumOf(SyntaxNode expression);
  /// The sum that is above zero (or is just zero) exactly where a comparison `a < b`, `a >= b`,
  /// `ticks_less(a, b)` holds.
  std::optional<ClockForm> excessOf(SyntaxNode comparison);

private:
  /// How deep sums, and names set to names, are followed, and how many nodes one question may
  /// look at.
  static constexpr unsigned kMaxDepth = 16;
  static constexpr unsigned kMaxNodes = 200;

  std::optional<ClockForm> read(SyntaxNode expression, unsigned depth);
  std::optional<ClockForm> readOperator(SyntaxNode expression, unsigned depth);
  std::optional<ClockForm> readCall(SyntaxNode call, unsigned depth);
  std::optional<ClockForm> readPlace(SyntaxNode place, unsigned depth);
  std::optional<ClockForm> difference(SyntaxNode a, SyntaxNode b, double factor, unsigned depth);

  const SemanticModel &model_;
  Expansion expansion_;
  unsigned seenNodes_ = 0;
};

} // namespace fraglint
