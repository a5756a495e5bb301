#include "lint/configuration.h"

#include "heap/target.h"
#include "lint/config_reader.h"
#include "lint/rule_registry.h"
#include "support/temp_folder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace fraglint {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class ConfigurationTest : public testing::Test {
protected:
  ConfigurationTest() { setenv("XDG_CONFIG_HOME", folder_.path("home").c_str(), 1); }

  void write(llvm::StringRef name, llvm::StringRef text) { folder_.write(name, text); }

  Settings settings(llvm::StringRef file, ConfigOverrides overrides = {}) {
    Configuration configuration(std::move(overrides), {});
    auto found = configuration.settingsFor(folder_.path(file));
    if (found)
      return std::move(*found);
    ADD_FAILURE() << llvm::toString(found.takeError());
    return Settings();
  }
  /// The lines of the error, without the path of the folder.
  std::string error(llvm::StringRef file) {
    Configuration configuration({}, {});
    auto found = configuration.settingsFor(folder_.path(file));
    if (found)
      return "";
    std::string text = llvm::toString(found.takeError());
    for (size_t at; (at = text.find(folder_.path() + "/")) != std::string::npos;)
      text.erase(at, folder_.path().size() + 1);
    return text;
  }
  std::string codes(const Settings &settings) {
    std::vector<std::string> codes;
    for (const auto &[rule, severity] : settings.rules)
      if (!isAlwaysOn(*rule))
        codes.push_back(rule->code.str());
    llvm::sort(codes);
    return llvm::join(codes, " ");
  }

  TempFolder folder_;
};

TEST_F(ConfigurationTest, ControlCharactersAreMistakesWithAPlace) {
  write("fraglint.toml", std::string("level = \"note\"\n[\0\0tool]\n", 24));
  EXPECT_THAT(error("code.py"), HasSubstr("fraglint.toml:2:2: this is a control character"));
  write("fraglint.toml", "# a page break:\n\f\n");
  EXPECT_THAT(error("code.py"), HasSubstr("fraglint.toml:2:1: "));
  write("fraglint.toml", "level = \"note\"\r\n\ttarget = \"micropython/generic\"\r\n");
  EXPECT_EQ(error("code.py"), "");
}

TEST_F(ConfigurationTest, CharactersBeyondAsciiStandInStringsAndComments) {
  auto placeOf = [&](llvm::StringRef text) {
    write("fraglint.toml", text);
    std::string whole = error("code.py");
    return llvm::StringRef(whole).split(": ").first.str();
  };
  EXPECT_EQ(placeOf("target = “micropython/generic”\n"), "fraglint.toml:1:10");
  EXPECT_EQ(placeOf("[toolҖ]\n"), "fraglint.toml:1:6");
  EXPECT_EQ(placeOf("exclude = ['é']é\n"), "fraglint.toml:1:16");
  EXPECT_EQ(placeOf("\xEF\xBB\xBF# é\nexclude = [\"\"\"a\\\n é\"\"\"] # 'é\n"), "");
}

TEST_F(ConfigurationTest, WithoutFilesAllRulesRun) {
  Settings found = settings("code.py");
  EXPECT_EQ(found.rules.size(), allRules().size());
  EXPECT_EQ(found.target, nullptr);
  EXPECT_EQ(found.level, Severity::Warning);
  EXPECT_THAT(found.root, IsEmpty());
}

TEST_F(ConfigurationTest, TheNearestFileCounts) {
  write("fraglint.toml", "target = 'pyportal'\nlevel = 'note'\n");
  write("a/pyproject.toml", "[tool.fraglint]\nselect = ['FRG103']\n");
  write("a/b/pyproject.toml", "[tool.other]\nx = 1\n");
  EXPECT_EQ(settings("code.py").target, findTarget("circuitpython/pyportal"));
  EXPECT_EQ(settings("code.py").level, Severity::Note);
  EXPECT_EQ(codes(settings("a/b/code.py")), "FRG103");
  EXPECT_EQ(settings("a/b/code.py").target, nullptr);
  EXPECT_EQ(settings("a/b/code.py").root, folder_.path("a"));
}

TEST_F(ConfigurationTest, FraglintTomlWinsOverPyprojectBesideIt) {
  write("fraglint.toml", "select = ['FRG103']\n");
  write("pyproject.toml", "[tool.fraglint]\nselect = ['FRG201']\n");
  EXPECT_EQ(codes(settings("code.py")), "FRG103");
}

TEST_F(ConfigurationTest, TheUsersOwnCountsLast) {
  write("home/fraglint/fraglint.toml", "select = ['FRG201']\n");
  EXPECT_EQ(codes(settings("code.py")), "FRG201");
  write("fraglint.toml", "");
  EXPECT_NE(codes(settings("code.py")), "FRG201");
}

TEST_F(ConfigurationTest, TheCloserSelectorWins) {
  write("fraglint.toml", "select = ['FRG103', 'FRG2']\nignore = ['FRG1', 'FRG2']\n");
  EXPECT_EQ(codes(settings("code.py")), "FRG103");
}

TEST_F(ConfigurationTest, TheCommandLineWins) {
  write("fraglint.toml", "select = ['FRG103']\nignore = ['FRG201']\nseverity = {FRG201 = 'off'}\n"
                         "target = 'pyportal'\n");
  ConfigOverrides overrides;
  overrides.select = {"FRG201"};
  overrides.target = llvm::cantFail(statedTarget("circuitpython/raspberry_pi_pico", ""));
  EXPECT_EQ(codes(settings("code.py", overrides)), "FRG201");
  EXPECT_EQ(settings("code.py", overrides).target->name, "circuitpython/raspberry_pi_pico");
  ConfigOverrides more;
  more.extendSelect = {"FRG003"};
  EXPECT_EQ(codes(settings("code.py", more)), "FRG003 FRG103");
  ConfigOverrides less;
  less.ignore = {"FRG1"};
  EXPECT_EQ(codes(settings("code.py", less)), "");
}

TEST_F(ConfigurationTest, BrokenFilesAreAlwaysReported) {
  write("fraglint.toml", "select = ['FRG103']\nignore = ['FRG0']\n");
  for (const char *code : {"FRG001", "FRG002"})
    EXPECT_TRUE(settings("code.py").rules.contains(findRule(code))) << code;
}

TEST_F(ConfigurationTest, SeveritiesPerRule) {
  write("fraglint.toml", "[severity]\nFRG103 = 'note'\ndel-without-collect = 'off'\n");
  Settings found = settings("code.py");
  EXPECT_EQ(found.rules.lookup(findRule("FRG103")), Severity::Note);
  EXPECT_FALSE(found.rules.contains(findRule("FRG201")));
}

TEST_F(ConfigurationTest, IgnoresAndFirmwarePerFile) {
  write("fraglint.toml", "firmware = ['tools/*.py']\n"
                         "[per-file-ignores]\n'examples' = ['FRG103']\n'*_old.py' = ['ALL']\n");
  EXPECT_FALSE(settings("examples/a/code.py").rules.contains(findRule("FRG103")));
  EXPECT_TRUE(settings("code.py").rules.contains(findRule("FRG103")));
  EXPECT_EQ(codes(settings("lib/x_old.py")), "");
  EXPECT_TRUE(settings("tools/a.py").assumeFirmware);
  EXPECT_FALSE(settings("tools/b/a.py").assumeFirmware);
}

TEST_F(ConfigurationTest, BudgetsAreOfAllFilesOfSomeAndOfFunctions) {
  write("fraglint.toml", "[budgets]\nmax-contiguous = 8_192\nmax-live = 60000\n"
                         "\"drivers/**\" = { max-contiguous = 1024, max-garbage-per-pass = 0 }\n"
                         "\"loose.py\" = { max-contiguous = 9000 }\n"
                         "\"Display.draw()\" = { max-contiguous = 512 }\n");
  Budgets all = settings("code.py").budgets;
  EXPECT_EQ(all.file.maxContiguous, 8192);
  EXPECT_EQ(all.file.maxLive, 60000);
  EXPECT_EQ(all.file.maxGarbagePerPass, std::nullopt);
  ASSERT_EQ(all.functions.size(), 1U);
  EXPECT_EQ(all.functions[0].name, "Display.draw");
  EXPECT_EQ(all.functions[0].maxContiguous, 512);
  Budgets drivers = settings("drivers/spi/bus.py").budgets;
  EXPECT_EQ(drivers.file.maxContiguous, 1024);
  EXPECT_EQ(drivers.file.maxGarbagePerPass, 0);
  EXPECT_EQ(settings("loose.py").budgets.file.maxContiguous, 8192) << "the least counts";
  write("part/fraglint.toml", "extend = \"../fraglint.toml\"\n[budgets]\nmax-live = 70000\n");
  EXPECT_EQ(settings("part/code.py").budgets.file.maxLive, 70000);
  EXPECT_EQ(settings("part/code.py").budgets.file.maxContiguous, 8192);
}

TEST_F(ConfigurationTest, BudgetsThatDoNotExistNameTheNearest) {
  write("fraglint.toml", "[budgets]\nmax-contigous = 1\nlimit = 2\nmax-live = \"8k\"\n"
                         "\"lib/**\" = { max-lives = 1 }\n\"draw()\" = { max-live = 1 }\n");
  EXPECT_EQ(error("code.py"),
            "fraglint.toml:2:1: `max-contigous` is no budget; did you mean `max-contiguous`?\n"
            "fraglint.toml:3:1: `limit` is no budget; a path or a function has a table of budgets\n"
            "fraglint.toml:4:12: `max-live` must be a whole number of bytes, 0 or more\n"
            "fraglint.toml:5:14: `max-lives` is no budget; did you mean `max-live`?\n"
            "fraglint.toml:6:14: `max-live` is of a whole program; a function has "
            "`max-contiguous` alone");
  write("fraglint.toml", "budget = 3\n");
  EXPECT_THAT(error("code.py"), HasSubstr("did you mean `budgets`?"));
}

TEST_F(ConfigurationTest, ExtendsOtherFiles) {
  write("shared/base.toml", "target = 'pyportal'\nselect = ['FRG1']\nextend-select = ['FRG003']\n"
                            "severity = {FRG103 = 'note'}\nexclude = ['old']\n");
  write("a/fraglint.toml", "extend = '../shared/base.toml'\nselect = ['FRG201']\n");
  Settings found = settings("a/code.py");
  EXPECT_EQ(codes(found), "FRG003 FRG201");
  EXPECT_EQ(found.target->name, "circuitpython/pyportal");
  EXPECT_EQ(found.root, folder_.path("a"));
}

TEST_F(ConfigurationTest, ACircleOfExtendIsAnError) {
  write("fraglint.toml", "extend = 'a.toml'\n");
  write("a.toml", "extend = 'fraglint.toml'\n");
  EXPECT_THAT(error("code.py"), HasSubstr("round in a circle"));
  write("fraglint.toml", "extend = 'none.toml'\n");
  EXPECT_THAT(error("code.py"), HasSubstr("none.toml: cannot read the configuration"));
  EXPECT_THAT(error("code.py"), testing::StartsWith("fraglint.toml:1:10: `extend`"));
}

TEST_F(ConfigurationTest, ATableInTheWrongPlaceIsAMistake) {
  write("pyproject.toml", "[tool]\nfraglint = 3\n");
  EXPECT_EQ(error("code.py"), "pyproject.toml:2:12: `tool.fraglint` must be a table "
                              "([tool.fraglint]), not a whole number");
  write("fraglint.toml", "[tool.fraglint]\nlevel = 'note'\n");
  EXPECT_THAT(error("code.py"), HasSubstr("`tool` is no setting; in fraglint.toml the keys stand "
                                          "at the top level"));
}

TEST_F(ConfigurationTest, AllMistakesOfAFileAtOnce) {
  write("fraglint.toml", "targett = 'x'\n"
                         "target = 'pyportl'\n"
                         "select = 'FRG103'\n"
                         "ignore = ['FRG103', 'bufer-in-loop', 3]\n"
                         "require-reason = 'yes'\n"
                         "level = 'loud'\n"
                         "firmware = 1\n"
                         "exclude = ['[a']\n"
                         "[severity]\n"
                         "FRG103 = 'loud'\n"
                         "FRG001 = 'off'\n");
  std::string text = error("code.py");
  EXPECT_THAT(text,
              HasSubstr("fraglint.toml:1:1: `targett` is no setting; did you mean `target`?"));
  EXPECT_THAT(text, HasSubstr("fraglint.toml:2:10: `pyportl` is no known target; did you mean"));
  EXPECT_THAT(text,
              HasSubstr("fraglint.toml:3:10: `select` must be a list of strings, not a string"));
  EXPECT_THAT(text, HasSubstr("fraglint.toml:4:21: `bufer-in-loop` is no rule; did you mean "
                              "`buffer-in-loop`?"));
  EXPECT_THAT(text, HasSubstr("fraglint.toml:4:38: `ignore` must be a list of strings, not a whole "
                              "number"));
  EXPECT_THAT(text, HasSubstr("`require-reason` must be true or false, not a string"));
  EXPECT_THAT(text, HasSubstr("`level` must be \"warning\" or \"note\", not \"loud\""));
  EXPECT_THAT(text, HasSubstr("`firmware` must be true, false or a list of patterns"));
  EXPECT_THAT(text, HasSubstr("fraglint.toml:8:12: `[a`: "));
  EXPECT_THAT(text, HasSubstr("must be \"warning\", \"note\" or \"off\", not \"loud\""));
  EXPECT_THAT(text, HasSubstr("FRG001 (syntax-error) is always an error"));
}

TEST_F(ConfigurationTest, BrokenToml) {
  write("fraglint.toml", "target = \n");
  EXPECT_THAT(error("code.py"), testing::StartsWith("fraglint.toml:1:"));
  write("fraglint.toml", "select = t\nx = 1\n");
  EXPECT_THAT(error("code.py"), testing::EndsWith("saw 't\\n'"));
  write("fraglint.toml", "target = \"a\\n\\u001b\"\n");
  EXPECT_THAT(error("code.py"), HasSubstr("`a\\n\\x1B` is no known target"));
  for (llvm::StringRef header : {"[\\a]\n", "[[ +]]\n", "[[[a]]]\n", "[.a]\n"}) {
    write("fraglint.toml", header);
    EXPECT_THAT(error("code.py"), HasSubstr("expected bare key starting character"));
  }
  write("a/pyproject.toml", "[broken\n"); // somebody else's
  write("fraglint.toml", "");
  EXPECT_EQ(error("a/code.py"), "");
  ConfigFile foreign;
  foreign.path = folder_.path("a/pyproject.toml");
  ConfigReader reader(foreign);
  EXPECT_FALSE(reader.read("[tool.other.fraglint]\nexint]\n"));
  EXPECT_EQ(llvm::toString(reader.takeError()), "");
}

TEST_F(ConfigurationTest, RequiredVersion) {
  write("fraglint.toml", "required-version = '>=0.1'\n");
  EXPECT_EQ(error("code.py"), "");
  write("fraglint.toml", "required-version = '>=99'\n");
  EXPECT_THAT(error("code.py"), HasSubstr("needs fraglint >=99; this is "));
}

TEST_F(ConfigurationTest, StatementsSayWhereTheyStand) {
  write("fraglint.toml", "target = 'pyportal'\n[severity]\nFRG103 = 'note'\n");
  auto file = llvm::cantFail(ConfigFile::read(folder_.path("fraglint.toml")));
  ASSERT_TRUE(file);
  std::vector<std::string> lines;
  for (const ConfigStatement &statement : file->statements)
    lines.push_back(statement.key + " = " + statement.value + " @" +
                    llvm::StringRef(statement.place).rsplit(':').second.str());
  EXPECT_THAT(lines, testing::UnorderedElementsAre("target = 'pyportal' @1",
                                                   "severity.FRG103 = 'note' @3"));
}

TEST_F(ConfigurationTest, UsualFoldersAreLeftOutUntilSomebodySaysWhich) {
  Configuration configuration({}, {});
  auto config = llvm::cantFail(configuration.forFolder(folder_.path()));
  EXPECT_TRUE(config->excludes(folder_.path("a/node_modules"), true));
  EXPECT_TRUE(config->excludes(folder_.path(".venv"), true));
  EXPECT_FALSE(config->excludes(folder_.path("build"), false));
  write("fraglint.toml", "exclude = ['old']\nextend-exclude = ['/lib/*.py']\n");
  Configuration other({}, {});
  config = llvm::cantFail(other.forFolder(folder_.path()));
  EXPECT_FALSE(config->excludes(folder_.path("node_modules"), true));
  EXPECT_TRUE(config->excludes(folder_.path("old"), true));
  EXPECT_TRUE(config->excludes(folder_.path("lib/a.py"), false));
  EXPECT_TRUE(config->excludesInside(folder_.path("a/old/b.py")));
  EXPECT_FALSE(config->excludesInside(folder_.path("a/b.py")));
}

} // namespace
} // namespace fraglint
