#pragma once
/// What the firmware's parser makes of a file: nodes, literals, names, and how deep its stacks get.
/// The rules are those of its grammar (py/grammar.h of MicroPython 1.29; the same since 1.25, and
/// in CircuitPython): which of them leave a node, and which are folded into their only argument.

#include "evaluator/constants.h"
#include "heap/firmware_profile.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

#include <string>
#include <vector>

namespace fraglint {

struct ParseCost {
  int64_t treeBytes = 0; ///< of all nodes
  int64_t objectBytes = 0; ///< of literals that are objects, in whole blocks
  int64_t objectRequests = 0; ///< the same as asked for
  int64_t objectCount = 0; ///< runs that they take
  int64_t largestObject = 0; ///< bytes of the largest run of them
  uint32_t deepestRule = 0; ///< most rules that are under way at once
  uint32_t mostResults = 0; ///< most nodes that wait for their rule
  uint32_t longestToken = 0; ///< in characters
  uint32_t injected = 0; ///< most characters that f-strings put before the rest of the file
  uint32_t constants = 0; ///< names that `const(…)` was said of
  uint32_t deepestIndent = 0; ///< nesting of blocks
  std::vector<std::string> names; ///< interned because of it, in this order
};

/// Of the statements [begin, end) of a tree.
ParseCost parseCost(const SyntaxTree &tree, uint32_t begin, uint32_t end,
                    const FirmwareProfile &profile);

/// The runs of a literal that is an object, or of an object in it where that is wanted.
void constantRuns(const Constant &value, const FirmwareProfile &profile, bool withItems,
                  llvm::function_ref<void(int64_t bytes)> take);
/// Whether an integer needs no object.
bool isSmallConstant(const Constant &value, const FirmwareProfile &profile);
/// Whether a text is no object but a name.
bool isInternedText(llvm::StringRef text, const FirmwareProfile &profile);

/// Walks as the parser does. `depth` is always how many rules are under way when the one that is
/// named `test` (of statements: `stmt`) in the grammar is begun.
class ParseWalk {
public:
  explicit ParseWalk(const FirmwareProfile &profile) : profile_(profile), constants_(profile) {}

  ParseCost walk(const SyntaxTree &tree, uint32_t begin, uint32_t end);

private:
  // Results and nodes.
  void push();
  void fold(unsigned results) {
    pop(results);
    push();
  }
  /// Never below none, whatever is not valid Python.
  void pop(unsigned results) { results_ -= std::min(results, results_); }
  void node(unsigned arguments);
  void constantNode() { nodeBytes(1); }
  void nodeBytes(unsigned arguments) { cost_.treeBytes += 8 + int64_t{arguments} * word(); }
  /// A list of one is that one.
  void list(unsigned items, bool hasLastSeparator = false);
  void reach(unsigned depth) { cost_.deepestRule = std::max(cost_.deepestRule, depth); }
  void object(int64_t bytes);
  void name(llvm::StringRef text);
  void token(size_t length);
  void constant(const Constant &value);
  void number(llvm::StringRef text, const std::optional<Constant> &value);
  void temporaries(const Constant &value);
  unsigned word() const { return profile_.wordBytes; }

  // Statements (parse_cost.cpp).
  void statement(SyntaxNode statement, unsigned depth);
  void noStatement(unsigned depth);
  void simpleStatement(SyntaxNode statement, unsigned depth);
  void compoundStatement(SyntaxNode statement, unsigned depth);
  void expressionStatement(SyntaxNode statement, unsigned depth);
  void assignment(SyntaxNode assignment, unsigned depth);
  bool declaredConstant(SyntaxNode assignment, unsigned depth);
  void importFrom(SyntaxNode statement, unsigned depth);
  void dottedName(SyntaxNode name);
  void aliased(SyntaxNode import);
  void nameList(SyntaxNode statement);
  void ifStatement(SyntaxNode statement, unsigned depth);
  void tryStatement(SyntaxNode statement, unsigned depth);
  void withStatement(SyntaxNode statement, unsigned depth);
  void definition(SyntaxNode statement, unsigned depth);
  void decorated(SyntaxNode statement, unsigned depth);
  void suite(SyntaxNode block, unsigned depth);
  void parameters(SyntaxNode parameters, unsigned depth, bool isLambda);

  // Expressions (parse_cost_expressions.cpp).
  void expression(SyntaxNode expression, unsigned depth);
  /// An expression that may be there and is not.
  void nothing(unsigned depth);
  void unfolded(SyntaxNode expression, unsigned depth);
  void expressions(SyntaxNode list, unsigned depth);
  void literal(SyntaxNode string, unsigned depth);
  unsigned formatted(SyntaxNode string, unsigned depth);
  void chain(SyntaxNode expression, unsigned depth);
  void trailer(SyntaxNode trailer, unsigned depth);
  void arguments(SyntaxNode arguments, unsigned depth);
  void subscripts(SyntaxNode subscript, unsigned depth);
  void slice(SyntaxNode slice, unsigned depth);
  void binary(SyntaxNode expression, unsigned depth);
  void comparison(SyntaxNode expression, unsigned depth);
  void sequence(SyntaxNode display, unsigned depth);
  void dictionary(SyntaxNode display, unsigned depth);
  void comprehension(SyntaxNode comprehension, unsigned depth);
  void clauses(SyntaxNode clause, unsigned depth);

  static constexpr unsigned kMostNesting = 150;

  const FirmwareProfile &profile_;
  ConstantFolder constants_;
  ParseCost cost_;
  llvm::StringSet<> names_;
  unsigned results_ = 0;
  unsigned nesting_ = 0;
  unsigned blocks_ = 0;
};

} // namespace fraglint
