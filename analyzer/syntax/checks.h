#pragma once
/// The checks behind validity.h, grouped by what they look at. Each looks at one node and its
/// surroundings; none walks the tree.

#include "syntax/syntax_tree.h"
#include "text/text_range.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// One thing found, before it is decided what is worth saying.
struct Fault {
  TextRange range;
  std::string message;
  SyntaxNode node;        ///< what counts as wrong; may be null
  bool isGeneric = false; ///< only that something is wrong, not what
  TextRange reach;        ///< of a generic one: where its cause may lie
};

class Faults {
public:
  void add(SyntaxNode node, const llvm::Twine &message) { add(node, node.range(), message); }
  void add(SyntaxNode node, TextRange range, const llvm::Twine &message) {
    all_.push_back({range, message.str(), node, false, {}});
  }
  void addGeneric(SyntaxNode node, TextRange range, TextRange reach, const llvm::Twine &message) {
    all_.push_back({range, message.str(), node, true, reach});
  }
  std::vector<Fault> take() { return std::move(all_); }

private:
  std::vector<Fault> all_;
};

/// What the innermost scopes around a node are, kept by the walk over the tree.
struct Surroundings {
  bool inFunction = false;      ///< in a function's or lambda's body, not in a class in it
  bool inAsyncFunction = false; ///< that function is `async`
  bool inClass = false;         ///< directly in a class body
  bool inLoop = false;          ///< a `break` has a loop to leave
  bool inGenerator = false;     ///< inside a generator expression, which may wait anywhere
  uint32_t functionDepth = 0;   ///< functions around, lambdas too
};

/// Targets of assignments, loops, `with`, `del` and `:=`.
void checkTargets(SyntaxNode node, Faults &faults);
/// Parameters of functions and lambdas, arguments of calls and classes.
void checkParameters(SyntaxNode node, Faults &faults);
/// Expressions that stand where their kind may not, or lack a part.
void checkExpression(SyntaxNode node, Faults &faults);
/// Statements whose parts do not fit together.
void checkStatement(SyntaxNode node, Faults &faults);
/// Statements and expressions that need a function, a loop or an `async def` around them.
void checkSurroundings(SyntaxNode node, const Surroundings &around, Faults &faults);

/// Which construct of Python 2 the node is, in words that fit "this is Python 2 (…)"; empty
/// for none.
llvm::StringRef python2Construct(SyntaxNode node);

} // namespace fraglint
