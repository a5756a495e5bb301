/// editors/schemas/fraglint-toml.json says what the reader of configuration files knows. What it
/// makes of values, tests/driver/config_schema_test.py tries. FRAGLINT_UPDATE=1 rewrites its rules.

#include "lint/budget.h"
#include "lint/config_file.h"
#include "lint/rule_registry.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace fraglint {
namespace {

using testing::UnorderedElementsAreArray;

constexpr llvm::StringLiteral kPath(FRAGLINT_SOURCE_DIR "/editors/schemas/fraglint-toml.json");

std::string schemaText() {
  auto buffer = llvm::MemoryBuffer::getFile(kPath, false, false, /*IsVolatile=*/true);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

class ConfigSchema : public testing::Test {
protected:
  /// The names of the properties at a place of the schema.
  std::vector<std::string> propertiesAt(std::initializer_list<llvm::StringRef> place) {
    const llvm::json::Object *object = schema_.getAsObject();
    for (llvm::StringRef key : place)
      object = object ? object->getObject(key) : nullptr;
    std::vector<std::string> names;
    if (const llvm::json::Object *all = object ? object->getObject("properties") : nullptr)
      for (const auto &[name, value] : *all)
        names.push_back(name.str());
    return names;
  }

  llvm::json::Value schema_ = llvm::cantFail(llvm::json::parse(schemaText()));
};

std::vector<std::string> strings(llvm::ArrayRef<llvm::StringRef> names) {
  return {names.begin(), names.end()};
}

TEST_F(ConfigSchema, HasTheKeysThatAreRead) {
  EXPECT_THAT(propertiesAt({}), UnorderedElementsAreArray(strings(configKeys())));
}

TEST_F(ConfigSchema, HasTheBudgetsThatAreRead) {
  for (llvm::StringRef where : {"budget", "budgets"})
    EXPECT_THAT(propertiesAt({"definitions", where}),
                UnorderedElementsAreArray(strings(budgetKeys())))
        << where.str();
}

TEST_F(ConfigSchema, HasAllRules) {
  std::string text = schemaText(), wanted;
  for (const Rule *rule : rulesByCode())
    wanted += (wanted.empty() ? "" : ",\n") +
              ("        \"" + rule->code + "\", \"" + rule->name + "\"").str();
  constexpr llvm::StringLiteral kEnd("\n      ]\n");
  size_t begin = llvm::StringRef(text).find("lists them.\",\n      \"enum\": [\n");
  ASSERT_NE(begin, llvm::StringRef::npos);
  begin = text.find("[\n", begin) + 2;
  size_t end = text.find(kEnd, begin);
  ASSERT_NE(end, std::string::npos);
  if (std::getenv("FRAGLINT_UPDATE") == nullptr) {
    EXPECT_EQ(text.substr(begin, end - begin), wanted) << "`./dev update` writes it";
    return;
  }
  std::error_code error;
  llvm::raw_fd_ostream(kPath, error) << text.replace(begin, end - begin, wanted);
  EXPECT_FALSE(error) << error.message();
}

} // namespace
} // namespace fraglint
