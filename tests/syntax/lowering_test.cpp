/// What trees look like: which tokens are kept, and where tree-sitter's reading is mended.

#include "syntax/parse_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(Lowering, KeepsOperators) {
  EXPECT_EQ(shapeOf("a + -b"),
            "(expression_statement (binary_operator left:(identifier) operator:(operator) "
            "right:(unary_operator operator:(operator) argument:(identifier))))");
  EXPECT_EQ(shapeOf("a < b not in c"),
            "(expression_statement (comparison_operator (identifier) operators:(operator) "
            "(identifier) operators:(operator) (identifier)))");
  EXPECT_EQ(shapeOf("x //= a or b"),
            "(expression_statement (augmented_assignment left:(identifier) operator:(operator) "
            "right:(boolean_operator left:(identifier) operator:(operator) right:(identifier))))");
}

TEST(Lowering, KeepsNoOtherSigns) {
  EXPECT_EQ(shapeOf("f(*a, **b)"),
            "(expression_statement (call function:(identifier) arguments:(argument_list "
            "(list_splat (identifier)) (dictionary_splat (identifier)))))");
  EXPECT_EQ(shapeOf("def f(*, a): pass"),
            "(function_definition name:(identifier) parameters:(parameters (keyword_separator) "
            "(identifier)) body:(block (pass_statement)))");
}

TEST(Lowering, TellsThePartsOfASliceApart) {
  EXPECT_EQ(shapeOf("a[:b]"), "(expression_statement (subscript value:(identifier) "
                              "subscript:(slice (:) (identifier))))");
  EXPECT_EQ(shapeOf("a[b:]"), "(expression_statement (subscript value:(identifier) "
                              "subscript:(slice (identifier) (:))))");
  EXPECT_EQ(shapeOf("a[::b]"), "(expression_statement (subscript value:(identifier) "
                               "subscript:(slice (:) (:) (identifier))))");
}

TEST(Lowering, TellsYieldFromAndAsyncApart) {
  EXPECT_EQ(shapeOf("async def f():\n  async with a: pass\n"),
            "(function_definition (async) name:(identifier) parameters:(parameters) body:(block "
            "(with_statement (async) (with_clause (with_item value:(identifier))) body:(block "
            "(pass_statement)))))");
  EXPECT_EQ(shapeOf("def f():\n  yield from a\n"),
            "(function_definition name:(identifier) parameters:(parameters) body:(block "
            "(expression_statement (yield (from) (identifier)))))");
}

TEST(Lowering, KeepsThePartsOfStrings) {
  EXPECT_EQ(shapeOf("f'a{x=!r:>{w}}\\n'"),
            "(expression_statement (string (string_start) (string_content) (interpolation "
            "expression:(identifier) (=) type_conversion:(type_conversion) "
            "format_specifier:(format_specifier (format_expression expression:(identifier)))) "
            "(string_content (escape_sequence)) (string_end)))");
}

TEST(Lowering, LeavesOutCommentsAndContinuations) {
  EXPECT_EQ(shapeOf("x = [ # c\n  1, # d\n]\ny = \\\n  2\n"),
            "(expression_statement (assignment left:(identifier) right:(list (integer)))) "
            "(expression_statement (assignment left:(identifier) right:(integer)))");
}

TEST(Lowering, KeepsDecoratorsWithTheirDefinition) {
  TreePointer tree = parseText("@a\n# c\n@b.c(1)\nclass D: pass\n");
  ASSERT_EQ(tree->statementCount(), 1u);
  EXPECT_EQ(tree->statement(0).child(Field::Definition).child(Field::Name).text(), "D");
}

// --- Where tree-sitter reads valid Python as something else ------------------------------------

TEST(Lowering, UnpacksWholeExpressions) {
  // tree-sitter: a call of `*range`.
  EXPECT_EQ(shapeOf("[*range(4)]"),
            "(expression_statement (list (list_splat (call function:(identifier) "
            "arguments:(argument_list (integer))))))");
  EXPECT_EQ(shapeOf("x = *a.b[0] + c, d"),
            "(expression_statement (assignment left:(identifier) right:(expression_list "
            "(list_splat (binary_operator left:(subscript value:(attribute object:(identifier) "
            "attribute:(identifier)) subscript:(integer)) operator:(operator) "
            "right:(identifier))) (identifier))))");
  TreePointer tree = parseText("{*a(*[*b()]), *c}");
  expectSound(*tree);
  EXPECT_EQ(firstOf(*tree, NodeKind::ListSplat).text(), "*a(*[*b()])");
  EXPECT_EQ(firstOf(*tree, NodeKind::Call).text(), "a(*[*b()])");
}

TEST(Lowering, BindsAndBeforeExclusiveOr) {
  // tree-sitter: (a ^ b) & c.
  EXPECT_EQ(shapeOf("a ^ b & c"),
            "(expression_statement (binary_operator left:(identifier) operator:(operator) "
            "right:(binary_operator left:(identifier) operator:(operator) right:(identifier))))");
  // tree-sitter: a & (b ^ c).
  EXPECT_EQ(shapeOf("a & b ^ c"),
            "(expression_statement (binary_operator left:(binary_operator left:(identifier) "
            "operator:(operator) right:(identifier)) operator:(operator) right:(identifier)))");
  TreePointer tree = parseText("x = 1 | a ^ b & -c & (d ^ e & f) ^ g & h << 1\n");
  expectSound(*tree);
  std::vector<std::string> operations;
  for (SyntaxNode node = tree->statement(0); node; node = node.next())
    if (node.kind() == NodeKind::BinaryOperator)
      operations.push_back(node.text().str());
  EXPECT_THAT(operations,
              testing::ElementsAre("1 | a ^ b & -c & (d ^ e & f) ^ g & h << 1",
                                   "a ^ b & -c & (d ^ e & f) ^ g & h << 1",
                                   "a ^ b & -c & (d ^ e & f)", "b & -c & (d ^ e & f)", "b & -c",
                                   "d ^ e & f", "e & f", "g & h << 1", "h << 1"));
}

TEST(Lowering, TakesTypeForANameWhereItIsOne) {
  EXPECT_EQ(shapeOf("type(a).b = c"),
            "(expression_statement (assignment left:(attribute object:(call "
            "function:(identifier) arguments:(argument_list (identifier))) "
            "attribute:(identifier)) right:(identifier)))");
  EXPECT_EQ(shapeOf("if a: type [b] = c"),
            "(if_statement condition:(identifier) consequence:(block (expression_statement "
            "(assignment left:(subscript value:(identifier) subscript:(identifier)) "
            "right:(identifier)))))");
  EXPECT_EQ(parseText("type(a).b = c")->statement(0).text(), "type(a).b = c");
  EXPECT_EQ(parseText("type X = int")->statement(0).kind(), NodeKind::TypeAliasStatement);
}

TEST(Lowering, TakesColonEqualsInAnFStringForAFormat) {
  EXPECT_EQ(shapeOf("f'{x:=8}'"),
            "(expression_statement (string (string_start) (interpolation "
            "expression:(identifier) format_specifier:(format_specifier)) (string_end)))");
  EXPECT_EQ(firstOf(*parseText("f'{x:=^8}'"), NodeKind::FormatSpecifier).text(), ":=^8");
}

TEST(Lowering, ContinuesInBracketsLeftOfTheBlock) {
  EXPECT_EQ(shapeOf("def f():\n    (a.\nb)\n"),
            "(function_definition name:(identifier) parameters:(parameters) body:(block "
            "(expression_statement (parenthesized_expression (attribute object:(identifier) "
            "attribute:(identifier))))))");
}

TEST(Lowering, ReadsLoneCrAsALineEnd) {
  const char *shape = "(if_statement condition:(identifier) consequence:(block "
                      "(expression_statement (identifier)))) (expression_statement (identifier))";
  EXPECT_EQ(shapeOf("if a:\n  b\nc\n"), shape);
  EXPECT_EQ(shapeOf("if a:\r  b\rc\r"), shape);
  EXPECT_EQ(shapeOf("if a:\r\n  b\r\nc\r\n"), shape);
  EXPECT_EQ(shapeOf("if a:\r\n  b\rc\n"), shape);
  EXPECT_EQ(parseText("# \xC3\xA9\rx = 1\r")->statement(0).range(), (TextRange{5, 10}));
}

} // namespace
} // namespace fraglint
