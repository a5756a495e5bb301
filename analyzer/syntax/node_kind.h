#pragma once
/// The kinds of nodes and the fields they fill: the grammar's own words, each in one place.
/// A test holds both lists against the grammar, so a new version of it cannot add a kind
/// unnoticed.

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace fraglint {

/// X(Enumerator, "name in the grammar"), simple statements.
#define FRAGLINT_SIMPLE_STATEMENT_KINDS(X)                                                         \
  X(AssertStatement, "assert_statement")                                                           \
  X(BreakStatement, "break_statement")                                                             \
  X(ContinueStatement, "continue_statement")                                                       \
  X(DeleteStatement, "delete_statement")                                                           \
  X(ExecStatement, "exec_statement")                                                               \
  X(ExpressionStatement, "expression_statement")                                                   \
  X(FutureImportStatement, "future_import_statement")                                              \
  X(GlobalStatement, "global_statement")                                                           \
  X(ImportFromStatement, "import_from_statement")                                                  \
  X(ImportStatement, "import_statement")                                                           \
  X(NonlocalStatement, "nonlocal_statement")                                                       \
  X(PassStatement, "pass_statement")                                                               \
  X(PrintStatement, "print_statement")                                                             \
  X(RaiseStatement, "raise_statement")                                                             \
  X(ReturnStatement, "return_statement")                                                           \
  X(TypeAliasStatement, "type_alias_statement")

/// Statements that hold blocks.
#define FRAGLINT_COMPOUND_STATEMENT_KINDS(X)                                                       \
  X(ClassDefinition, "class_definition")                                                           \
  X(DecoratedDefinition, "decorated_definition")                                                   \
  X(ForStatement, "for_statement")                                                                 \
  X(FunctionDefinition, "function_definition")                                                     \
  X(IfStatement, "if_statement")                                                                   \
  X(MatchStatement, "match_statement")                                                             \
  X(TryStatement, "try_statement")                                                                 \
  X(WhileStatement, "while_statement")                                                             \
  X(WithStatement, "with_statement")

/// Everything else that has a name in the grammar.
#define FRAGLINT_OTHER_NAMED_KINDS(X)                                                              \
  X(AliasedImport, "aliased_import")                                                               \
  X(ArgumentList, "argument_list")                                                                 \
  X(AsPattern, "as_pattern")                                                                       \
  X(AsPatternTarget, "as_pattern_target")                                                          \
  X(Assignment, "assignment")                                                                      \
  X(Attribute, "attribute")                                                                        \
  X(AugmentedAssignment, "augmented_assignment")                                                   \
  X(Await, "await")                                                                                \
  X(BinaryOperator, "binary_operator")                                                             \
  X(Block, "block")                                                                                \
  X(BooleanOperator, "boolean_operator")                                                           \
  X(Call, "call")                                                                                  \
  X(CaseClause, "case_clause")                                                                     \
  X(CasePattern, "case_pattern")                                                                   \
  X(Chevron, "chevron")                                                                            \
  X(ClassPattern, "class_pattern")                                                                 \
  X(Comment, "comment")                                                                            \
  X(ComparisonOperator, "comparison_operator")                                                     \
  X(ComplexPattern, "complex_pattern")                                                             \
  X(ConcatenatedString, "concatenated_string")                                                     \
  X(ConditionalExpression, "conditional_expression")                                               \
  X(ConstrainedType, "constrained_type")                                                           \
  X(Decorator, "decorator")                                                                        \
  X(DefaultParameter, "default_parameter")                                                         \
  X(DictPattern, "dict_pattern")                                                                   \
  X(Dictionary, "dictionary")                                                                      \
  X(DictionaryComprehension, "dictionary_comprehension")                                           \
  X(DictionarySplat, "dictionary_splat")                                                           \
  X(DictionarySplatPattern, "dictionary_splat_pattern")                                            \
  X(DottedName, "dotted_name")                                                                     \
  X(ElifClause, "elif_clause")                                                                     \
  X(Ellipsis, "ellipsis")                                                                          \
  X(ElseClause, "else_clause")                                                                     \
  X(EscapeInterpolation, "escape_interpolation")                                                   \
  X(EscapeSequence, "escape_sequence")                                                             \
  X(ExceptClause, "except_clause")                                                                 \
  X(ExpressionList, "expression_list")                                                             \
  X(False, "false")                                                                                \
  X(FinallyClause, "finally_clause")                                                               \
  X(Float, "float")                                                                                \
  X(ForInClause, "for_in_clause")                                                                  \
  X(FormatExpression, "format_expression")                                                         \
  X(FormatSpecifier, "format_specifier")                                                           \
  X(GeneratorExpression, "generator_expression")                                                   \
  X(GenericType, "generic_type")                                                                   \
  X(Identifier, "identifier")                                                                      \
  X(IfClause, "if_clause")                                                                         \
  X(ImportPrefix, "import_prefix")                                                                 \
  X(Integer, "integer")                                                                            \
  X(Interpolation, "interpolation")                                                                \
  X(KeywordArgument, "keyword_argument")                                                           \
  X(KeywordPattern, "keyword_pattern")                                                             \
  X(KeywordSeparator, "keyword_separator")                                                         \
  X(Lambda, "lambda")                                                                              \
  X(LambdaParameters, "lambda_parameters")                                                         \
  X(LineContinuation, "line_continuation")                                                         \
  X(List, "list")                                                                                  \
  X(ListComprehension, "list_comprehension")                                                       \
  X(ListPattern, "list_pattern")                                                                   \
  X(ListSplat, "list_splat")                                                                       \
  X(ListSplatPattern, "list_splat_pattern")                                                        \
  X(MemberType, "member_type")                                                                     \
  X(Module, "module")                                                                              \
  X(NamedExpression, "named_expression")                                                           \
  X(NoneLiteral, "none")                                                                           \
  X(NotOperator, "not_operator")                                                                   \
  X(Pair, "pair")                                                                                  \
  X(Parameters, "parameters")                                                                      \
  X(ParenthesizedExpression, "parenthesized_expression")                                           \
  X(ParenthesizedListSplat, "parenthesized_list_splat")                                            \
  X(PatternList, "pattern_list")                                                                   \
  X(PositionalSeparator, "positional_separator")                                                   \
  X(RelativeImport, "relative_import")                                                             \
  X(Set, "set")                                                                                    \
  X(SetComprehension, "set_comprehension")                                                         \
  X(Slice, "slice")                                                                                \
  X(SplatPattern, "splat_pattern")                                                                 \
  X(SplatType, "splat_type")                                                                       \
  X(String, "string")                                                                              \
  X(StringContent, "string_content")                                                               \
  X(StringEnd, "string_end")                                                                       \
  X(StringStart, "string_start")                                                                   \
  X(Subscript, "subscript")                                                                        \
  X(True, "true")                                                                                  \
  X(Tuple, "tuple")                                                                                \
  X(TuplePattern, "tuple_pattern")                                                                 \
  X(Type, "type")                                                                                  \
  X(TypeConversion, "type_conversion")                                                             \
  X(TypeParameter, "type_parameter")                                                               \
  X(TypedDefaultParameter, "typed_default_parameter")                                              \
  X(TypedParameter, "typed_parameter")                                                             \
  X(UnaryOperator, "unary_operator")                                                               \
  X(UnionPattern, "union_pattern")                                                                 \
  X(UnionType, "union_type")                                                                       \
  X(WildcardImport, "wildcard_import")                                                             \
  X(WithClause, "with_clause")                                                                     \
  X(WithItem, "with_item")                                                                         \
  X(Yield, "yield")

/// Tokens without a name in the grammar that carry meaning where they stand:
/// Operator fills `operator` or `operators` of its parent, Async stands before `def`, `for`,
/// `with`, Colon in a slice (it tells start, stop and step apart), From in `yield from`,
/// Equals in `f"{x=}"`.
#define FRAGLINT_TOKEN_KINDS(X)                                                                    \
  X(Operator, "operator")                                                                          \
  X(Async, "async")                                                                                \
  X(Colon, ":")                                                                                    \
  X(From, "from")                                                                                  \
  X(Equals, "=")

/// `None` is the kind of a null node, `Error` of what is not Python. `Module`, `Comment` and
/// `LineContinuation` exist in the grammar but never in a SyntaxTree.
enum class NodeKind : uint8_t {
  None,
  Error,
#define FRAGLINT_ENUMERATOR(Name, GrammarName) Name,
  FRAGLINT_SIMPLE_STATEMENT_KINDS(FRAGLINT_ENUMERATOR)
      FRAGLINT_COMPOUND_STATEMENT_KINDS(FRAGLINT_ENUMERATOR)
          FRAGLINT_OTHER_NAMED_KINDS(FRAGLINT_ENUMERATOR) FRAGLINT_TOKEN_KINDS(FRAGLINT_ENUMERATOR)
#undef FRAGLINT_ENUMERATOR
};

inline constexpr uint8_t kNodeKindCount = static_cast<uint8_t>(NodeKind::Equals) + 1;

constexpr bool isSimpleStatement(NodeKind kind) {
  return kind >= NodeKind::AssertStatement && kind <= NodeKind::TypeAliasStatement;
}
constexpr bool isCompoundStatement(NodeKind kind) {
  return kind >= NodeKind::ClassDefinition && kind <= NodeKind::WithStatement;
}
constexpr bool isStatement(NodeKind kind) {
  return isSimpleStatement(kind) || isCompoundStatement(kind);
}

/// The kind in the grammar's spelling: `while_statement`.
llvm::StringRef kindName(NodeKind kind);

/// X(Enumerator, "name in the grammar"): what a node is to its parent.
#define FRAGLINT_FIELDS(X)                                                                         \
  X(Alias, "alias")                                                                                \
  X(Alternative, "alternative")                                                                    \
  X(Argument, "argument")                                                                          \
  X(Arguments, "arguments")                                                                        \
  X(Attribute, "attribute")                                                                        \
  X(Body, "body")                                                                                  \
  X(Cause, "cause")                                                                                \
  X(Code, "code")                                                                                  \
  X(Condition, "condition")                                                                        \
  X(Consequence, "consequence")                                                                    \
  X(Definition, "definition")                                                                      \
  X(Expression, "expression")                                                                      \
  X(FormatSpecifier, "format_specifier")                                                           \
  X(Function, "function")                                                                          \
  X(Guard, "guard")                                                                                \
  X(Key, "key")                                                                                    \
  X(Left, "left")                                                                                  \
  X(ModuleName, "module_name")                                                                     \
  X(Name, "name")                                                                                  \
  X(Object, "object")                                                                              \
  X(Operator, "operator")                                                                          \
  X(Operators, "operators")                                                                        \
  X(Parameters, "parameters")                                                                      \
  X(ReturnType, "return_type")                                                                     \
  X(Right, "right")                                                                                \
  X(Subject, "subject")                                                                            \
  X(Subscript, "subscript")                                                                        \
  X(Superclasses, "superclasses")                                                                  \
  X(Type, "type")                                                                                  \
  X(TypeConversion, "type_conversion")                                                             \
  X(TypeParameters, "type_parameters")                                                             \
  X(Value, "value")

enum class Field : uint8_t {
  None,
#define FRAGLINT_ENUMERATOR(Name, GrammarName) Name,
  FRAGLINT_FIELDS(FRAGLINT_ENUMERATOR)
#undef FRAGLINT_ENUMERATOR
};

inline constexpr uint8_t kFieldCount = static_cast<uint8_t>(Field::Value) + 1;

/// The field in the grammar's spelling: `return_type`. Empty for Field::None.
llvm::StringRef fieldName(Field field);

} // namespace fraglint
