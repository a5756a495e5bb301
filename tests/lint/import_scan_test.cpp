#include "lint/import_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ImportScan, ReadsPlainImports) {
  EXPECT_THAT(importedModules("import config\nimport a.b.c as d, time  # import no\n"),
              ElementsAre("a", "a.b", "a.b.c", "config", "time"));
  EXPECT_THAT(importedModules("if x:\n\timport late\nx = 1; import behind\r\nimport last"),
              ElementsAre("behind", "last", "late"));
}

TEST(ImportScan, ReadsModuleAndItems) {
  EXPECT_THAT(importedModules("from a import b as c, d\n"), ElementsAre("a", "a.b", "a.c", "a.d"));
  EXPECT_THAT(importedModules("from .x import *\nfrom . import y\nfrom ..z.w import v\n"),
              ElementsAre(".", "..z.w", "..z.w.v", ".x", ".y"));
  EXPECT_THAT(importedModules("from.near import far\n"), ElementsAre(".near", ".near.far"));
}

TEST(ImportScan, ReadsStatementsOfSeveralLines) {
  EXPECT_THAT(importedModules("from a import (\n    b,\n    c,\n)\nx = d\n"),
              ElementsAre("a", "a.b", "a.c"));
  EXPECT_THAT(importedModules("import a, \\\n    b\nx = c\n"), ElementsAre("a", "b"));
}

TEST(ImportScan, LeavesOtherWordsAlone) {
  EXPECT_THAT(importedModules("important = 1\nfromage = 2\nx.import_all()\nyield from gen\n"),
              IsEmpty());
  EXPECT_THAT(importedModules(""), IsEmpty());
  EXPECT_THAT(importedModules("import"), IsEmpty());
  EXPECT_THAT(importedModules("from a import (b"), ElementsAre("a", "a.b"));
}

} // namespace
} // namespace fraglint
