#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class HeapPageTest : public testing::Test {
protected:
  ToolRun heap(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "heap");
    ToolInput input;
    input.folder = folder_.path();
    ToolRun run = runTool(arguments, input);
    EXPECT_EQ(0, run.status) << run.err;
    return run;
  }

  std::string page(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "html"});
    return heap(std::move(arguments)).out;
  }

  /// What a parser of HTML finds wrong.
  static std::string mistakes(const std::string &page) {
    ToolInput input;
    input.standardInput = page;
    ToolRun run =
        runShell("python3 " FRAGLINT_SOURCE_DIR "/tests/driver/heap_page_check.py", input);
    return run.out + run.err;
  }

  /// The numbers within the element of that id, up to the end of its paragraph or item.
  static std::vector<int64_t> numbersOf(llvm::StringRef page, const std::string &id,
                                        llvm::StringRef end = "</p>") {
    std::vector<int64_t> numbers;
    llvm::StringRef rest = page.split("id=\"" + id + "\"").second.split(end).first;
    for (rest = rest.split("<data value=\"").second; !rest.empty();
         rest = rest.split("<data value=\"").second)
      numbers.push_back(std::stoll(rest.str()));
    return numbers;
  }

  static std::vector<int64_t> numbersOf(const llvm::json::Object &report, llvm::StringRef figure) {
    const llvm::json::Object &object = *report.getObject(figure);
    std::vector<int64_t> numbers{*object.getInteger("lo")};
    if (object.getString("tag") == "bounded")
      numbers.push_back(*object.getInteger("hi"));
    return numbers;
  }

  TempFolder folder_;
};

constexpr char kLoop[] = "import config\n"
                         "rows = []\n"
                         "while True:\n"
                         "    data = config.port.read()\n"
                         "    if data:\n"
                         "        rows.append(bytearray(config.ROW))\n"
                         "        if len(rows) > 20:\n"
                         "            rows.pop(0)\n";
constexpr char kConfig[] = "import machine\nROW = 64\nport = machine.UART(0)\n";

TEST_F(HeapPageTest, ShowsTheRequestThatFails) {
  folder_.write("code.py", "small = bytearray(100)\nlarge = bytearray(9000)\n");
  std::string html = page({"code.py", "--target", "micropython/unix-32", "--heap", "8192"});
  EXPECT_EQ("", mistakes(html));
  EXPECT_THAT(html, AllOf(HasSubstr("<section class=\"verdict will-fail\""),
                          HasSubstr("fails: code.py:2 asks for 9,000"),
                          HasSubstr("asked for: 9,000 bytes"), HasSubstr("<a href=\"#L2\">")));
  // 8,192 bytes have a pool of 8,000, and 9,000 are 563 blocks.
  EXPECT_THAT(numbersOf(html, "heap", "</span>"), ElementsAre(8000));
  EXPECT_THAT(numbersOf(html, "margin", "</li>"), ElementsAre(9008 - 8000));
}

TEST_F(HeapPageTest, ShowsAMapOnlyWhereAllIsKnown) {
  folder_.write("code.py", "small = bytearray(100)\n");
  std::string html = page({"code.py", "--target", "micropython/unix-32", "--heap", "16384"});
  EXPECT_EQ("", mistakes(html));
  EXPECT_THAT(html, AllOf(HasSubstr("class=\"verdict fits\""), HasSubstr("class=\"heap-map\""),
                          HasSubstr("One possible layout")));
  folder_.write("main.py", kLoop);
  folder_.write("config.py", kConfig);
  html = page({"main.py", "--target", "micropython/unix-32"});
  EXPECT_EQ("", mistakes(html));
  EXPECT_THAT(html, AllOf(HasSubstr("class=\"verdict at-risk\""),
                          Not(HasSubstr("class=\"heap-map\"")), HasSubstr("no heap is simulated"),
                          HasSubstr("class=\"timeline\""), HasSubstr("id=\"F2L2\"")));
}

TEST_F(HeapPageTest, SaysWhoseEachBlockIsAndWhatIsGarbage) {
  folder_.write("code.py", "keep = bytearray(32)\n"
                           "for n in range(3):\n"
                           "    bytearray(48)\n"
                           "large = bytearray(640)\n");
  std::string text = page({"code.py", "--target", "micropython/unix-32", "--heap", "16384"});
  llvm::StringRef html = text;
  EXPECT_EQ("", mistakes(text));
  // Each is an object of one block, and its data.
  EXPECT_EQ(html.count("<title>code.py:3: 16 bytes, garbage</title>"), 3U);
  EXPECT_EQ(html.count("<title>code.py:3: 48 bytes, garbage</title>"), 3U);
  // Its data, and the dictionary of the module, into which the line puts its first name.
  EXPECT_EQ(html.count("<title>code.py:1: 32 bytes</title>"), 2U);
  EXPECT_EQ(html.count("<title>code.py:4: 640 bytes, just asked for</title>"), 1U);
  EXPECT_TRUE(html.contains("How the heap lies at the largest request"));
  // The line that holds most is the first, and the listing leads back to it.
  EXPECT_TRUE(html.contains("id=\"owner-1\"><span class=\"letter-swatch owner-1\">A</span> <a "
                            "href=\"#L4\">code.py:4</a> 656 B in 2 runs"));
  EXPECT_TRUE(html.contains("href=\"#owner-1\">A</a>"));
  EXPECT_TRUE(html.contains("<tr id=\"request-1\">"));
  EXPECT_TRUE(html.contains("href=\"#request-1\">#1</a>"));
}

TEST_F(HeapPageTest, SaysWhatTheJsonSays) {
  folder_.write("main.py", kLoop);
  folder_.write("config.py", kConfig);
  std::vector<std::string> arguments{"main.py", "--target", "raspberry_pi_pico"};
  std::string html = page(arguments);
  arguments.insert(arguments.end(), {"--format", "json"});
  llvm::json::Value value = llvm::cantFail(llvm::json::parse(heap(arguments).out));
  const llvm::json::Object &report = *value.getAsObject();
  EXPECT_EQ(numbersOf(html, "run-contiguous"), numbersOf(report, "run_contiguous"));
  EXPECT_EQ(numbersOf(html, "peak-live"), numbersOf(report, "peak_live"));
  const llvm::json::Object &target = *report.getObject("target")->getObject("heap");
  EXPECT_THAT(numbersOf(html, "heap", "<span class=\"tag"),
              ElementsAre(*target.getInteger("lo"), *target.getInteger("hi")));
  // The largest of all has a card of its own.
  llvm::StringRef headline = llvm::StringRef(html).split("<article class=\"card headline\"").second;
  EXPECT_EQ(numbersOf(headline, headline.split("id=\"").second.split('"').first.str()),
            numbersOf(report, "peak_contiguous"));
  const llvm::json::Array &requests = *report.getArray("requests");
  auto ofRows = llvm::find_if(requests, [](const llvm::json::Value &request) {
    return request.getAsObject()->getInteger("line") == 2;
  });
  ASSERT_NE(ofRows, requests.end());
  EXPECT_EQ("list", ofRows->getAsObject()->getString("kind"));
}

TEST_F(HeapPageTest, ProgramsAndFilesMayBeHostile) {
  std::string name = "a\"><b onclick='x'>&.py";
  folder_.write(name, "x = '</code></table><script>alert(1)</script>' # --><!-- &lt;\n"
                      "y = '\x01\xe2\x80\xae\x1b[31m'\n"
                      "def f():\n\traise ValueError('<img src=x onerror=alert(2)>')\n"
                      "f()\n");
  std::string html = page({name, "--target", "micropython/unix-32"});
  EXPECT_EQ("", mistakes(html));
  EXPECT_THAT(html,
              AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), HasSubstr("&lt;/script&gt;"),
                    HasSubstr("&lt;U+001B&gt;"), HasSubstr("&lt;U+202E&gt;"),
                    HasSubstr("&lt;b onclick=&#39;x&#39;&gt;"), HasSubstr("default-src 'none'")));
}

TEST_F(HeapPageTest, ManyRequestsMakeAPageOfBoundedSize) {
  std::string program = "for n in range(150000):\n    bytearray(n % 50 * 16)\n";
  for (int line = 0; line < 4000; ++line)
    program += "v" + std::to_string(line) + " = bytearray(" + std::to_string(line % 90) + ")" +
               std::string(200, ' ') + "# " + std::string(200, '<') + "\n";
  folder_.write("code.py", program);
  std::string html = page({"code.py", "--target", "micropython/unix-32", "--heap", "4194304"});
  EXPECT_EQ("", mistakes(html));
  EXPECT_LT(html.size(), 2'000'000U);
  EXPECT_THAT(html, HasSubstr("class=\"skipped\""));
}

TEST_F(HeapPageTest, TheTextHasTheMapToo) {
  folder_.write("code.py", "small = bytearray(100)\nlarge = bytearray(9000)\n");
  ToolRun run = heap({"code.py", "--target", "micropython/unix-32", "--heap", "8192"});
  EXPECT_THAT(run.out, AllOf(HasSubstr("code.py:2 asks in vain for 9,000 bytes"),
                             HasSubstr("GC memory layout; area 0:\n00000000: c=="),
                             // Seven blocks of data; the object itself is one more.
                             HasSubstr("A======"), HasSubstr("  A  code.py:1, ")));
}

} // namespace
} // namespace fraglint
