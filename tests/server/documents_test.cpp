#include "server/document_store.h"

#include "server/protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

constexpr llvm::StringLiteral kUri("file:///home/a%20b/code.py");
constexpr llvm::StringLiteral kPath("/home/a b/code.py");

std::string textAfter(llvm::StringRef text, const std::vector<ContentChange> &changes,
                      ColumnUnit unit = ColumnUnit::Utf16) {
  DocumentStore store;
  store.open(kUri, 1, text);
  EXPECT_TRUE(store.change(kUri, 2, changes, {unit}));
  EXPECT_EQ(store.find(kPath)->version, 2);
  return store.find(kPath)->file->text().str();
}

ContentChange replaced(Position start, Position end, llvm::StringRef text) {
  return {LspRange{start, end}, text.str()};
}

TEST(DocumentStore, KeepsDocumentsByPathUnderTheClientsUri) {
  DocumentStore store;
  store.open(kUri, 3, "x = 1\n");
  ASSERT_TRUE(store.find(kPath));
  EXPECT_EQ(store.find(kPath)->uri, kUri);
  EXPECT_EQ(store.find(kPath)->file->path(), kPath);
  EXPECT_TRUE(store.close("file:///home/a b/code.py"));
  EXPECT_FALSE(store.close(kUri));
  EXPECT_FALSE(store.find(kPath));
}

TEST(DocumentStore, DoesChangesOneAfterAnother) {
  EXPECT_EQ(textAfter("ab\ncd\n", {replaced({0, 1}, {1, 1}, "X"), replaced({0, 0}, {0, 2}, "Y")}),
            "Yd\n");
  EXPECT_EQ(textAfter("ab\n", {replaced({0, 0}, {0, 1}, "x"), {std::nullopt, "new"}}), "new");
}

TEST(DocumentStore, CountsColumnsAsAgreed) {
  llvm::StringRef text = "s = '\xF0\x9F\x98\x80\xC3\xA9' # x\n"; // an emoji and an accent
  EXPECT_EQ(textAfter(text, {replaced({0, 5}, {0, 7}, "a")}), "s = 'a\xC3\xA9' # x\n");
  EXPECT_EQ(textAfter(text, {replaced({0, 5}, {0, 6}, "a")}, ColumnUnit::CodePoints),
            "s = 'a\xC3\xA9' # x\n");
  EXPECT_EQ(textAfter(text, {replaced({0, 5}, {0, 9}, "a")}, ColumnUnit::Bytes),
            "s = 'a\xC3\xA9' # x\n");
}

TEST(DocumentStore, ClampsWhatLiesOutside) {
  EXPECT_EQ(textAfter("ab\n", {replaced({9, 9}, {9, 9}, "z")}), "ab\nz");
  EXPECT_EQ(textAfter("ab\ncd", {replaced({0, 99}, {0, 99}, "z")}), "abz\ncd");
  EXPECT_EQ(textAfter("ab\n", {replaced({4000000000U, 0}, {4000000000U, 4000000000U}, "z")}),
            "ab\nz");
  EXPECT_EQ(textAfter("abcd", {replaced({0, 3}, {0, 1}, "z")}), "abczd"); // ends in disorder
  EXPECT_EQ(textAfter("", {replaced({0, 0}, {3, 3}, "z")}), "z");
}

TEST(DocumentStore, CutsNoCharacterIntoWhatIsNotText) {
  std::string text = textAfter("\xC3\xA9", {replaced({0, 1}, {0, 1}, "z")}, ColumnUnit::Bytes);
  EXPECT_TRUE(llvm::json::isUTF8(text)) << text;
}

TEST(DocumentStore, IgnoresDocumentsThatAreNotOpen) {
  DocumentStore store;
  EXPECT_FALSE(store.change(kUri, 2, {{std::nullopt, "x"}}, {}));
  EXPECT_TRUE(store.all().empty());
}

TEST(Uri, AndPathGoBothWays) {
  for (llvm::StringRef path : {"/a/b.py", "/a b/\xC3\xA9#?%.py", "/c:/x.py"})
    EXPECT_EQ(pathOfUri(uriOfPath(path)), path);
  EXPECT_EQ(pathOfUri("file:///a/../b/./c.py"), "/b/c.py");
  EXPECT_EQ(pathOfUri("file://host/share/x.py"), "/share/x.py");
  EXPECT_EQ(pathOfUri("untitled:Untitled-1"), "/untitled:/Untitled-1");
  EXPECT_EQ(pathOfUri("file:///100%25%zz.py"), "/100%%zz.py");
}

} // namespace
} // namespace fraglint
