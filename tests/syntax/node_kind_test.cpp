#include "syntax/node_kind.h"

#include "syntax/language_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(NodeKind, ListsAreThoseOfTheGrammar) {
  EXPECT_THAT(LanguageTable::mismatches(), testing::IsEmpty())
      << "node_kind.h must name what the grammar names, and nothing else";
}

TEST(NodeKind, NamesAreTheGrammars) {
  EXPECT_EQ(kindName(NodeKind::WhileStatement), "while_statement");
  EXPECT_EQ(kindName(NodeKind::NoneLiteral), "none");
  EXPECT_EQ(kindName(NodeKind::Operator), "operator");
  EXPECT_EQ(kindName(NodeKind::Equals), "=");
  EXPECT_EQ(kindName(NodeKind::None), "");
  EXPECT_EQ(fieldName(Field::ReturnType), "return_type");
  EXPECT_EQ(fieldName(Field::None), "");
}

TEST(NodeKind, StatementsAreToldApart) {
  EXPECT_TRUE(isSimpleStatement(NodeKind::AssertStatement));
  EXPECT_TRUE(isSimpleStatement(NodeKind::TypeAliasStatement));
  EXPECT_FALSE(isSimpleStatement(NodeKind::ClassDefinition));
  EXPECT_TRUE(isCompoundStatement(NodeKind::ClassDefinition));
  EXPECT_TRUE(isCompoundStatement(NodeKind::WithStatement));
  EXPECT_FALSE(isStatement(NodeKind::ElseClause));
  EXPECT_FALSE(isStatement(NodeKind::Error));
}

} // namespace
} // namespace fraglint
