#pragma once
/// Turns the syntax of one file into Code, with the firmware's own optimisations: they decide what
/// is allocated at run time.

#include "evaluator/code.h"
#include "evaluator/constants.h"
#include "evaluator/variables.h"
#include "heap/firmware_profile.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/SmallVector.h"

#include <memory>

namespace fraglint {

/// The code of file `file` of the program. Statements with errors become Op::Unknown.
std::unique_ptr<const Code> buildCode(const SemanticModel &model, const Variables &variables,
                                      uint32_t file, const FirmwareProfile &profile);

/// Builds one Code. Used by buildCode and, for what is nested, by itself.
class CodeBuilder {
public:
  struct Context {
    const SemanticModel &model;
    const Variables &variables;
    const FirmwareProfile &profile;
    ConstantFolder &constants;
  };

  CodeBuilder(const Context &context, Code &code, ScopeId scope)
      : context_(context), code_(code), scope_(scope) {}

  void buildModule();
  void buildFunction(SyntaxNode definition);
  void buildLambda(SyntaxNode lambda);
  void buildClass(SyntaxNode definition);
  void buildComprehension(SyntaxNode comprehension);

private:
  using Label = uint32_t;
  struct LabelState {
    int32_t at = -1;     ///< index of the instruction behind it
    int32_t height = -1; ///< of the stack there; -1 until something jumps to it
  };
  struct LoopLabels {
    Label onBreak, onContinue;
    bool isFor;
    uint16_t handlers;
    int32_t height; ///< of the stack within the loop
  };
  /// Where jumps of conditions meet again, while one is being built.
  class JoinAt;
  /// Guards against nesting without end.
  class Nesting;

  // Emission (code_builder.cpp).
  uint32_t emit(Op op, int effect, int32_t a = 0, int32_t b = 0);
  void emitJump(Op op, int effect, Label target, int32_t b = 0);
  Label newLabel();
  void place(Label label);
  void adjust(int depth);
  int32_t nameIndex(llvm::StringRef name);
  void emitConstant(const Constant &constant);
  void emitString(llvm::StringRef text);
  void emitNone() { emitConstant(Constant()); }
  void emitUnknown(llvm::StringRef reason, int effect);
  void enterHandler(Op op, Label label);
  void leaveHandler();
  void finish();
  void addLocal(llvm::StringRef name);
  int32_t localIndex(llvm::StringRef name) const;
  void bindVariables();

  // Variables.
  void loadVariable(llvm::StringRef name);
  void storeVariable(llvm::StringRef name);
  void deleteVariable(llvm::StringRef name);

  // Statements (code_statements.cpp).
  void buildBlock(SyntaxNode block);
  void buildStatement(SyntaxNode statement);
  void buildExpressionStatement(SyntaxNode statement);
  void buildAssignment(SyntaxNode assignment);
  bool buildTupleAssignment(SyntaxNode left, SyntaxNode right);
  void buildAugmented(SyntaxNode assignment);
  void buildIf(SyntaxNode statement);
  void buildWhile(SyntaxNode statement);
  void buildFor(SyntaxNode statement);
  bool buildRangeLoop(SyntaxNode statement);
  void buildTry(SyntaxNode statement);
  void buildTryExcept(SyntaxNode statement);
  void buildHandler(SyntaxNode clause, Label done);
  void buildWith(SyntaxNode statement);
  void buildWithItems(llvm::ArrayRef<SyntaxNode> items, SyntaxNode body, bool isAsync);
  void buildAsyncFor(SyntaxNode statement);
  void enterAsync(SyntaxNode target, llvm::StringRef method);
  void awaitTop();
  void buildAwait(SyntaxNode awaited);
  void buildImport(SyntaxNode statement);
  void buildImportFrom(SyntaxNode statement);
  void buildDelete(SyntaxNode target);
  void buildRaise(SyntaxNode statement);
  void buildAssert(SyntaxNode statement);
  void buildDefinition(SyntaxNode statement, llvm::ArrayRef<SyntaxNode> decorators);
  void buildJumpOut(bool isBreak);

  // Assignment targets.
  void store(SyntaxNode target);
  void storeTuple(llvm::ArrayRef<SyntaxNode> targets);
  void buildBase(SyntaxNode base);

  // Expressions (code_expressions.cpp).
  void build(SyntaxNode expression);
  void buildUnfolded(SyntaxNode expression);
  void buildCondition(SyntaxNode expression, bool jumpIf, Label target);
  void buildBoolean(SyntaxNode expression);
  void buildComparison(SyntaxNode expression);
  void buildConditional(SyntaxNode expression);
  void buildCall(SyntaxNode call);
  void buildArguments(SyntaxNode arguments, bool isMethod, int extra);
  void buildSubscript(SyntaxNode subscript);
  void buildIndex(SyntaxNode subscript);
  void buildSlice(SyntaxNode slice);
  void buildDictionary(SyntaxNode dictionary);
  void buildSequence(Op op, SyntaxNode display);
  void buildFormatted(SyntaxNode string);
  void buildFunctionObject(SyntaxNode node, CodeKind kind);
  void buildComprehensionCall(SyntaxNode comprehension, CodeKind kind);
  void buildComprehensionLoop(SyntaxNode comprehension, SyntaxNode clause, int depth);
  void makeFunction(int32_t index, bool hasDefaults);
  Code &addChild(SyntaxNode node, CodeKind kind, int32_t &index);
  void readParameters(SyntaxNode parameters);
  int buildDefaults(SyntaxNode parameters);

  const Context &context_;
  Code &code_;
  ScopeId scope_;
  SyntaxNode site_;
  int32_t height_ = 0; ///< of the stack, really
  int32_t depth_ = 0;  ///< the same with room that the firmware sets aside
  uint16_t handlers_ = 0;
  Label join_ = 0; ///< 0: none
  unsigned nesting_ = 0;
  std::vector<LabelState> labels_{{}}; ///< [0] is none
  std::vector<Label> joinOf_;          ///< by instruction
  llvm::SmallVector<LoopLabels, 4> loops_;
};

} // namespace fraglint
