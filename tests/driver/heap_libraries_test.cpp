/// `fraglint heap` of programs with the sources of known libraries beside them, and of packages.

#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class HeapLibrariesTest : public testing::Test {
protected:
  void write(llvm::StringRef name, llvm::StringRef text) const { folder_.write(name, text); }

  llvm::json::Object report(llvm::StringRef target, llvm::StringRef entry = "main.py") const {
    ToolInput input;
    input.folder = folder_.path();
    ToolRun run =
        runTool({"heap", entry.str(), "--target", target.str(), "--format", "json"}, input);
    EXPECT_EQ(0, run.status) << run.err;
    return *llvm::cantFail(llvm::json::parse(run.out)).getAsObject();
  }
  std::string printed(llvm::StringRef target) const {
    ToolInput input;
    input.folder = folder_.path();
    return runTool({"heap", "main.py", "--target", target.str(), "--printed"}, input).out;
  }
  /// Why figures are not complete.
  static std::vector<std::string> unknown(const llvm::json::Object &report) {
    std::vector<std::string> reasons;
    for (const llvm::json::Value &one : *report.getArray("unknown"))
      reasons.push_back(one.getAsString()->str());
    for (const llvm::json::Value &one : *report.getArray("requests"))
      if (llvm::StringRef reason = *one.getAsObject()->getString("reason"); !reason.empty())
        reasons.push_back(reason.str());
    return reasons;
  }

  TempFolder folder_;
};

/// Made like the driver of that name: the display's memory is a FrameBuffer's.
constexpr llvm::StringLiteral kDisplay =
    "from micropython import const\n"
    "import framebuf\n\n"
    "_DATA = const(0x40)\n\n\n"
    "class SSD1306(framebuf.FrameBuffer):\n"
    "    def __init__(self, width, height):\n"
    "        self.pages = height // 8\n"
    "        self.buffer = bytearray(self.pages * width)\n"
    "        super().__init__(self.buffer, width, height, framebuf.MONO_VLSB)\n\n\n"
    "class SSD1306_I2C(SSD1306):\n"
    "    def __init__(self, width, height, i2c):\n"
    "        self.i2c = i2c\n"
    "        self.parts = [b\"\\x40\", None]\n"
    "        super().__init__(width, height)\n\n"
    "    def show(self):\n"
    "        self.parts[1] = self.buffer\n"
    "        self.i2c.writevto(60, self.parts)\n";
constexpr llvm::StringLiteral kShowing = "import ssd1306\n\n\n"
                                         "class Bus:\n"
                                         "    def writevto(self, address, parts):\n"
                                         "        pass\n\n\n"
                                         "screen = ssd1306.SSD1306_I2C(128, 64, Bus())\n"
                                         "screen.fill(0)\n"
                                         "screen.text(\"hello\", 0, 0)\n"
                                         "screen.show()\n";

TEST_F(HeapLibrariesTest, TheSourceOfAKnownLibraryIsEvaluated) {
  write("main.py", kShowing);
  llvm::json::Object without = report("micropython/unix-64");
  EXPECT_EQ("at-risk", without.getString("verdict"));
  EXPECT_THAT(unknown(without), Not(IsEmpty()));

  write("ssd1306.py", kDisplay);
  llvm::json::Object with = report("micropython/unix-64");
  EXPECT_EQ("fits", with.getString("verdict"));
  EXPECT_THAT(unknown(with), IsEmpty());
  const llvm::json::Object *largest = with.getObject("run_contiguous");
  EXPECT_EQ(1024, largest->getInteger("lo"));
  EXPECT_EQ(1024, largest->getInteger("hi"));
  EXPECT_THAT(largest->getString("file")->str(), HasSubstr("ssd1306.py"));
}

TEST_F(HeapLibrariesTest, WhatIsCompiledIsKnownByRows) {
  write("main.py", kShowing);
  write("ssd1306.mpy", "M");
  EXPECT_THAT(unknown(report("micropython/unix-64")), Contains(HasSubstr("`ssd1306`")));
}

TEST_F(HeapLibrariesTest, NoFirmwareHasTyping) {
  write("main.py", "import neopixel\n"
                   "print(neopixel.KIND, neopixel.count)\n");
  write("neopixel.py", "try:\n"
                       "    from types import TracebackType\n"
                       "    from typing import List\n"
                       "    KIND = List\n"
                       "except ImportError:\n"
                       "    KIND = None\n"
                       "__version__ = \"1.0\"\n"
                       "count = 3\n");
  EXPECT_EQ("None 3\n", printed("circuitpython/raspberry_pi_pico"));
  EXPECT_THAT(unknown(report("circuitpython/raspberry_pi_pico")), IsEmpty());
  write("types.mpy", "C");
  EXPECT_THAT(unknown(report("circuitpython/raspberry_pi_pico")), Contains(HasSubstr("`types`")));
  write("types.py", "TracebackType = 1\n");
  write("typing.py", "List = 2\n");
  EXPECT_EQ("2 3\n", printed("circuitpython/raspberry_pi_pico"));
}

TEST_F(HeapLibrariesTest, WhatMayBeFrozenComesBeforeTheFolderForLibraries) {
  write("main.py", "import neopixel\nprint(neopixel.count)\n");
  write("lib/neopixel.py", "count = 3\n");
  for (llvm::StringRef target : {"micropython/RPI_PICO", "circuitpython/pyportal",
                                 "circuitpython/generic", "micropython/generic"})
    EXPECT_THAT(unknown(report(target)), Contains(HasSubstr("`neopixel`"))) << target.str();
  EXPECT_EQ("3\n", printed("circuitpython/raspberry_pi_pico")) << "it has none frozen";
  write("neopixel.py", "count = 4\n");
  EXPECT_EQ("4\n", printed("micropython/RPI_PICO")) << "this comes first";
}

TEST_F(HeapLibrariesTest, FilesOfPackagesAreTheirAttributes) {
  write("main.py", "import tools.deep.one\n"
                   "from tools import two, SIZE\n"
                   "from shapes import round\n"
                   "import shapes.flat\n"
                   "print(tools.deep.one.NAME, two.TWICE, SIZE, tools.two is two, round.SIDES)\n"
                   "print(shapes.flat.SIDES, tools.deep.one.__name__, two.back is tools)\n");
  write("tools/__init__.py", "from .size import SIZE\n");
  write("tools/size.py", "SIZE = 7\n");
  write("tools/two.py", "from .size import SIZE\nimport tools as back\nTWICE = 2 * SIZE\n");
  write("tools/deep/__init__.py", "");
  write("tools/deep/one.py",
        "from ..size import SIZE\nfrom . import two\nNAME = two.NAME * SIZE\n");
  write("tools/deep/two.py", "NAME = \"a\"\n");
  write("shapes/round.py", "SIDES = 0\n");
  write("shapes/flat.py", "SIDES = 4\n");
  EXPECT_EQ("aaaaaaa 14 7 True 0\n4 tools.deep.one True\n", printed("micropython/unix-64"));
}

TEST_F(HeapLibrariesTest, AFolderForLibrariesIsFollowedToItsPackages) {
  write("code.py", "import terminalio\n"
                   "from adafruit_display_text import label\n"
                   "text = label.Label(terminalio.FONT, text=\"hello\")\n");
  write("lib/adafruit_display_text/__init__.py", "import displayio\n\n\n"
                                                 "class LabelBase(displayio.Group):\n"
                                                 "    def __init__(self, font, text=\"\"):\n"
                                                 "        super().__init__()\n"
                                                 "        self.rows = bytearray(3000)\n");
  write("lib/adafruit_display_text/label.py", "from adafruit_display_text import LabelBase\n\n\n"
                                              "class Label(LabelBase):\n"
                                              "    pass\n");
  llvm::json::Object with = report("circuitpython/raspberry_pi_pico", "code.py");
  EXPECT_EQ(3000, with.getObject("run_contiguous")->getInteger("lo"));
  EXPECT_THAT(with.getObject("run_contiguous")->getString("file")->str(),
              HasSubstr("adafruit_display_text/__init__.py"));
}

} // namespace
} // namespace fraglint
