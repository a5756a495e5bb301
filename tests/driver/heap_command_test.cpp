#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class HeapCommandTest : public testing::Test {
protected:
  ToolRun heap(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "heap");
    ToolInput input;
    input.folder = folder_.path();
    return runTool(arguments, input);
  }

  TempFolder folder_;
};

TEST_F(HeapCommandTest, SaysWhatIsTheLargestAndWhere) {
  folder_.write("code.py", "import sizes\nbuffer = bytearray(sizes.FRAME)\n");
  folder_.write("sizes.py", "FRAME = 320 * 240 // 8\n");
  ToolRun run = heap({"code.py", "--target", "raspberry_pi_pico"});
  EXPECT_EQ(0, run.status) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("circuitpython/raspberry_pi_pico"),
                             HasSubstr("exactly 9,600 bytes"), HasSubstr("code.py:2")));
}

TEST_F(HeapCommandTest, CountsWhatCompilingTheImportedFilesTakes) {
  folder_.write("code.py", "import drawing\ndrawing.clear()\n");
  folder_.write("drawing.py", "frame = bytearray(1000)\n\n\ndef clear():\n"
                              "    for at in range(len(frame)):\n        frame[at] = 0\n");
  ToolRun run = heap({"code.py", "--target", "micropython/unix-64", "--format", "json"});
  llvm::json::Value report = llvm::cantFail(llvm::json::parse(run.out));
  const llvm::json::Object &document = *report.getAsObject();
  const llvm::json::Object *imports = document.getObject("imports");
  ASSERT_TRUE(imports);
  const llvm::json::Object *largest = imports->getObject("contiguous");
  EXPECT_EQ(1, largest->getInteger("line"));
  EXPECT_GE(largest->getInteger("lo"), 512);
  int64_t kept = *imports->getObject("kept")->getInteger("lo");
  EXPECT_GT(kept, 0);
  EXPECT_GE(document.getObject("peak_live")->getInteger("lo"), 1000 + kept);
  EXPECT_EQ(0U, document.getArray("unknown")->size());
  EXPECT_EQ(false, document.getBoolean("exact"));
  EXPECT_EQ("fits", document.getString("verdict"));

  EXPECT_THAT(heap({"code.py", "--target", "micropython/unix-64"}).out,
              HasSubstr("  and what it imports   exactly "));
  // The file itself needs less than this to be compiled in.
  EXPECT_EQ("at-risk",
            llvm::cantFail(llvm::json::parse(heap({"code.py", "--target", "micropython/unix-64",
                                                   "--heap", "6144", "--format", "json"})
                                                 .out))
                .getAsObject()
                ->getString("verdict"));
}

TEST_F(HeapCommandTest, AModuleThatRaisedRunsAgainWhereItIsImportedAgain) {
  folder_.write("code.py", "for n in range(2):\n    try:\n        import broken\n"
                           "    except ValueError:\n        print('raised')\n");
  folder_.write("broken.py", "print('runs')\nraise ValueError\n");
  EXPECT_EQ("runs\nraised\nruns\nraised\n",
            heap({"code.py", "--target", "micropython/unix-64", "--printed"}).out);
}

TEST_F(HeapCommandTest, WhatIsDoneToTheModulesThatAreLoadedIsNotFollowed) {
  folder_.write("code.py", "import sys\nfor n in range(8):\n    import part\n"
                           "    del sys.modules['part']\n");
  folder_.write("part.py", "text = 'a text of some length'\n");
  EXPECT_THAT(heap({"code.py", "--target", "micropython/unix-64"}).out,
              AllOf(HasSubstr("at-risk"), HasSubstr("`sys.modules` is not followed")));
}

TEST_F(HeapCommandTest, CompilingANestedImportIsNotSaidToFitWhereItDoesNot) {
  folder_.write("code.py", "import part\n");
  folder_.write("part.py", "x=" + std::string(60, '(') + "1" + std::string(60, ')') + "\n");
  // MicroPython 1.29 needs a heap of 19,076 bytes for it.
  EXPECT_THAT(heap({"code.py", "--target", "micropython/unix-64", "--heap", "10000"}).out,
              testing::Not(HasSubstr("fits")));
}

TEST_F(HeapCommandTest, BuffersThatAUartIsToldToHaveCount) {
  folder_.write("code.py", "from machine import UART\nuart = UART(1, 9600, rxbuf=150000)\n");
  EXPECT_THAT(heap({"code.py", "--target", "micropython/ESP32_GENERIC"}).out, HasSubstr("at-risk"));
  folder_.write("code.py", "from machine import UART\nuart = UART(1, 9600)\n");
  EXPECT_THAT(heap({"code.py", "--target", "micropython/ESP32_GENERIC"}).out, HasSubstr("fits"));
}

TEST_F(HeapCommandTest, AHeapThatGrowsServesWhatIsWellWithinIt) {
  auto verdictOf = [&](const char *code) {
    folder_.write("code.py", code);
    ToolRun run = heap({"code.py", "--target", "circuitpython/raspberry_pi_pico"});
    return run.out.substr(run.out.find("verdict"), 40);
  };
  EXPECT_THAT(verdictOf("buffer = bytearray(10000)\n"), HasSubstr("fits"));
  EXPECT_THAT(verdictOf("import time\nwhile True:\n    data = bytearray(900)\n"
                        "    time.sleep(1)\n"),
              HasSubstr("fits"));
  // Room for one area or the other, not surely for what lies at the ends of all.
  EXPECT_THAT(verdictOf("a = bytearray(70000)\nb = bytearray(70000)\n"), HasSubstr("at-risk"));
  // A radio takes of the memory around it, and nobody knows how much.
  EXPECT_THAT(verdictOf("import wifi\nbuffer = bytearray(10000)\n"), HasSubstr("at-risk"));
}

TEST_F(HeapCommandTest, SaysWhatOneCallOfAFunctionAsksFor) {
  folder_.write("code.py", "def frame():\n    return bytearray(1000)\nframe()\nframe()\n");
  EXPECT_THAT(heap({"code.py", "--target", "micropython/unix-32"}).out,
              HasSubstr("code.py:1                frame: exactly 1,000 bytes, exactly 1,016 bytes "
                        "in all, 2 calls"));
  ToolRun run = heap({"code.py", "--target", "micropython/unix-32", "--format", "json"});
  llvm::json::Value report = llvm::cantFail(llvm::json::parse(run.out));
  const llvm::json::Array *functions = report.getAsObject()->getArray("functions");
  ASSERT_EQ(1U, functions->size());
  const llvm::json::Object &frame = *(*functions)[0].getAsObject();
  EXPECT_EQ("frame", frame.getString("name"));
  EXPECT_EQ(1000, frame.getObject("largest")->getInteger("hi"));
  EXPECT_EQ(2, frame.getInteger("largest_line"));
  EXPECT_EQ(1016, frame.getObject("total")->getInteger("lo"));
}

TEST_F(HeapCommandTest, TakesAFolderAsTheProgramThatAFirmwareRunsOfIt) {
  folder_.write("robot/main.py", "buffer = bytearray(1000)\n");
  EXPECT_THAT(heap({"robot", "--target", "micropython/RPI_PICO"}).out,
              HasSubstr("robot/main.py:1"));
  folder_.write("robot/code.py", "buffer = bytearray(2000)\n");
  EXPECT_THAT(heap({"robot", "--target", "micropython/RPI_PICO"}).out,
              HasSubstr("robot/code.py:1"));
  folder_.write("empty/notes.txt", "nothing to run\n");
  ToolRun run = heap({"empty"});
  EXPECT_EQ(2, run.status);
  EXPECT_THAT(run.err, HasSubstr("it is a folder"));
}

TEST_F(HeapCommandTest, GivesTheSameAsJsonAndAsALog) {
  folder_.write("code.py", "buffer = bytearray(1000)\n");
  ToolRun run =
      heap({"code.py", "--target", "micropython/unix-32", "--format", "json", "--log", "log"});
  EXPECT_EQ(0, run.status) << run.err;
  llvm::json::Value report = llvm::cantFail(llvm::json::parse(run.out));
  const llvm::json::Object &object = *report.getAsObject();
  EXPECT_EQ("fraglint-heap/1", object.getString("schema"));
  EXPECT_EQ(1000, object.getObject("run_contiguous")->getInteger("lo"));
  EXPECT_EQ("exact", object.getObject("run_contiguous")->getString("tag"));
  EXPECT_EQ(1, object.getObject("run_contiguous")->getInteger("line"));
  ToolRun log = heap({"code.py", "--target", "micropython/unix-32", "--log", "-"});
  std::vector<int64_t> bytes;
  llvm::SmallVector<llvm::StringRef, 16> lines;
  llvm::StringRef(log.out).split(lines, '\n');
  for (llvm::StringRef line : lines)
    if (line.starts_with("{")) {
      llvm::json::Value event = llvm::cantFail(llvm::json::parse(line));
      if (event.getAsObject()->getString("event") == "request")
        bytes.push_back(*event.getAsObject()->getInteger("bytes"));
    }
  // The object, its data, and the dictionary of the module.
  EXPECT_THAT(bytes, testing::ElementsAre(16, 1000, 32));
}

TEST_F(HeapCommandTest, NamesTheNearestTargetAndWhatCannotBeRead) {
  folder_.write("code.py", "x = 1\n");
  ToolRun unknown = heap({"code.py", "--target", "raspberry_pi_pic"});
  EXPECT_EQ(3, unknown.status);
  EXPECT_THAT(unknown.err, HasSubstr("raspberry_pi_pico"));
  ToolRun missing = heap({"none.py"});
  EXPECT_EQ(2, missing.status);
  EXPECT_THAT(missing.err, HasSubstr("none.py"));
}

// As `check` does: Linter.TakesTheTargetFromSettingsThenBoardThenImports.
TEST_F(HeapCommandTest, TakesTheTargetThatCheckTakesAndSaysWhy) {
  auto target = [&](const std::string &path, std::vector<std::string> options = {}) {
    options.insert(options.begin(), {path, "--format", "json"});
    ToolRun run = heap(std::move(options));
    EXPECT_EQ(0, run.status) << run.err;
    llvm::json::Value report = llvm::cantFail(llvm::json::parse(run.out));
    const llvm::json::Object &chosen = *report.getAsObject()->getObject("target");
    return chosen.getString("name")->str() + " by " + chosen.getString("source")->str();
  };
  folder_.write("imports/code.py", "from adafruit_magtag.magtag import MagTag\n");
  EXPECT_EQ("circuitpython/adafruit_magtag_2.9_grayscale by import", target("imports/code.py"));
  folder_.write("imports/code.py", "import machine\n");
  EXPECT_EQ("micropython/generic by family", target("imports/code.py"));
  folder_.write("board/boot_out.txt", "Adafruit CircuitPython 9.2.1 on 2024-11-20; Adafruit "
                                      "PyPortal with samd51j20\nBoard ID:pyportal\n");
  folder_.write("board/code.py", "import board\n");
  EXPECT_EQ("circuitpython/pyportal by boot-out", target("board/code.py"));
  EXPECT_THAT(heap({"board/code.py"}).out, HasSubstr("the board that wrote the boot_out.txt"));
  folder_.write("board/fraglint.toml", "target = \"raspberry_pi_pico\"\n");
  EXPECT_EQ("circuitpython/raspberry_pi_pico by stated", target("board/code.py"));
  EXPECT_EQ("circuitpython/pyportal by boot-out", target("board/code.py", {"--isolated"}));
  EXPECT_EQ("micropython/microbit by stated", target("board/code.py", {"--target", "microbit"}));
}

// read() asks for 256 bytes first: 64 fit.
TEST_F(HeapCommandTest, AssumesLengthsThatItIsTold) {
  folder_.write("app/code.py", "import helper\n");
  folder_.write("app/helper.py",
                "from machine import UART\n\nuart = UART(1)\ndata = uart.read()\n");
  auto run = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"app/code.py", "--target", "micropython/unix-32"});
    return heap(std::move(options));
  };
  EXPECT_THAT(run({}).out,
              HasSubstr("length of `uart.read()` is not known: `# fraglint: len<=64`"));
  for (const char *file : {"helper.py", "app/helper.py", "./app/helper.py"}) {
    ToolRun told = run({"--assume", std::string(file) + ":4=64"});
    EXPECT_EQ(0, told.status) << told.err;
    EXPECT_THAT(told.out, HasSubstr("largest run asked for   exactly 256 bytes"));
  }
  auto mistake = [&](std::vector<std::string> options) {
    ToolRun wrong = run(std::move(options));
    EXPECT_EQ(3, wrong.status);
    return wrong.err;
  };
  EXPECT_THAT(mistake({"--assume", "helper.py:2=64"}),
              HasSubstr("no statement on line 2; the nearest is `helper.py:1=64`"));
  EXPECT_THAT(mistake({"--assume", "helper.py:40=64"}), HasSubstr("`helper.py:4=64`"));
  EXPECT_THAT(mistake({"--assume", "helpr.py:4=64"}), HasSubstr("did you mean `helper.py`?"));
  EXPECT_THAT(mistake({"--assume", "helper.py=64"}), HasSubstr("FILE:LINE=N"));
}

TEST_F(HeapCommandTest, PrintsWhatTheProgramPrints) {
  folder_.write("code.py", "for n in range(3):\n    print('%03d' % (n * n))\n");
  EXPECT_EQ("000\n001\n004\n", heap({"code.py", "--printed"}).out);
}

} // namespace
} // namespace fraglint
