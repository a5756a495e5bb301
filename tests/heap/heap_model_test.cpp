#include "heap/label_churn.h"
#include "support/analysed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// Whether the value of `bytearray(512)` in the first loop of `code` outlives the pass.
bool outlives(llvm::StringRef code) {
  Analysed analysed(code);
  const AllocationSite *site = analysed.site("bytearray(512)");
  EXPECT_NE(site, nullptr);
  const FunctionFlow &flow = analysed.module.flow(site->function);
  return analysed.heap.lifetime(*site, flow.graph.loopOf(site->node)).outlivesPass;
}

TEST(Lifetime, DeadByTheEndOfThePass) {
  EXPECT_FALSE(outlives("while True:\n    b = bytearray(512)\n    uart.readinto(b)\n"));
  EXPECT_FALSE(outlives("while True:\n    uart.write(bytearray(512))\n"));
  EXPECT_FALSE(outlives("def f(b):\n    return len(b)\n"
                        "while True:\n    b = bytearray(512)\n    n = f(b)\n"));
  EXPECT_FALSE(
      outlives("while True:\n    b = bytearray(512)\n    v = memoryview(b)\n    s.send(v)\n"));
  EXPECT_FALSE(outlives("while True:\n    b = bytearray(512)\n    x = b[0]\n    data = bytes(b)\n"
                        "    kept.append(data)\n"));
}

TEST(Lifetime, KeptByWhatItIsPutInto) {
  EXPECT_TRUE(outlives("while True:\n    b = bytearray(512)\n    frames.append(b)\n"));
  EXPECT_TRUE(outlives("while True:\n    frames[i] = bytearray(512)\n"));
  EXPECT_TRUE(outlives("while True:\n    self.b = bytearray(512)\n"));
  EXPECT_TRUE(
      outlives("def f():\n    while True:\n        b = bytearray(512)\n        return b\n"));
  EXPECT_TRUE(outlives("def f():\n    while True:\n        yield bytearray(512)\n"));
  EXPECT_TRUE(outlives("while True:\n    b = bytearray(512)\n    d = {'b': b}\n    q.append(d)\n"));
  EXPECT_TRUE(outlives("while True:\n    b = bytearray(512)\n    timer.callback = lambda: b\n"));
  EXPECT_TRUE(outlives("def keep(x):\n    frames.append(x)\n"
                       "while True:\n    b = bytearray(512)\n    keep(b)\n"));
  EXPECT_TRUE(outlives("while True:\n    g = Sprite(bytearray(512))\n    group.append(g)\n"));
}

TEST(Lifetime, ReadInTheNextPassIsNotDead) {
  EXPECT_TRUE(outlives("last = None\nwhile True:\n    compare(last)\n    last = bytearray(512)\n"));
  EXPECT_TRUE(outlives("b = None\nwhile True:\n    if not b:\n        b = bytearray(512)\n"
                       "    uart.readinto(b)\n"));
  EXPECT_FALSE(outlives("b = None\nwhile True:\n    b = bytearray(512)\n    compare(b)\n"));
}

TEST(Lifetime, CopiesIntoSlicesAreNotKept) {
  EXPECT_FALSE(outlives("while True:\n    track[0:512] = bytearray(512)\n"));
}

TEST(Lifetime, NamesTheCallThatFillsIt) {
  Analysed code("while True:\n    b = bytearray(n)\n    count = uart.readinto(b)\n");
  const AllocationSite *site = code.site("bytearray(n)");
  ASSERT_NE(site, nullptr);
  Lifetime lifetime = code.heap.lifetime(*site, 0);
  EXPECT_EQ(lifetime.filler.text(), "uart.readinto(b)");
}

/// Line of the allocation that follows the deletion of `name` uncollected; 0 for none.
uint32_t nextLine(llvm::StringRef code, llvm::StringRef name = "big",
                  llvm::StringRef target = "micropython/generic") {
  Analysed analysed(code, target);
  const Deletion *deletion = analysed.deletion(name);
  EXPECT_NE(deletion, nullptr);
  const AllocationSite *next = analysed.heap.nextUncollected(*deletion);
  return next ? analysed.lineOf(next->node) : 0;
}

TEST(NextUncollected, StraightLine) {
  EXPECT_EQ(nextLine("big = bytearray(9000)\ndel big\nx = bytearray(8000)\n"), 3U);
  EXPECT_EQ(
      nextLine("import gc\nbig = bytearray(9000)\ndel big\ngc.collect()\nx = bytearray(8000)\n"),
      0U);
  EXPECT_EQ(nextLine("big = bytearray(9000)\ndel big\nprint('nothing more')\n"), 0U);
}

TEST(NextUncollected, CollectUnderAnyName) {
  const char *tail = "\nx = bytearray(8000)\n";
  for (const char *import :
       {"import gc as g", "from gc import collect", "from gc import collect as tidy"}) {
    std::string spelled = llvm::StringRef(import).contains("tidy")   ? "tidy()"
                          : llvm::StringRef(import).contains("as g") ? "g.collect()"
                                                                     : "collect()";
    EXPECT_EQ(nextLine(std::string(import) + "\nbig = bytearray(9000)\ndel big\n" + spelled + tail),
              0U)
        << import;
  }
}

TEST(NextUncollected, HelperThatAlwaysCollects) {
  const char *start = "import gc\nbig = bytearray(9000)\n";
  EXPECT_EQ(nextLine(std::string(start) + "def tidy():\n    print(1)\n    gc.collect()\n"
                                          "del big\ntidy()\nx = bytearray(8000)\n"),
            0U);
  EXPECT_EQ(nextLine(std::string(start) + "def tidy():\n    if flag:\n        gc.collect()\n"
                                          "del big\ntidy()\nx = bytearray(8000)\n"),
            8U);
  EXPECT_EQ(nextLine(std::string(start) +
                     "def tidy():\n    try:\n        work()\n    finally:\n"
                     "        gc.collect()\ndel big\ntidy()\nx = bytearray(8000)\n"),
            0U);
}

TEST(NextUncollected, OnlyOnSomePath) {
  EXPECT_EQ(nextLine("import gc\nbig = bytearray(9000)\ndel big\nif flag:\n    gc.collect()\n"
                     "x = bytearray(8000)\n"),
            6U);
  EXPECT_EQ(nextLine("import gc\nbig = bytearray(9000)\ndel big\nflag and gc.collect()\n"
                     "x = bytearray(8000)\n"),
            5U);
}

TEST(NextUncollected, RoundTheBackEdgeAndBehindTheCall) {
  EXPECT_EQ(nextLine("while True:\n    big = bytearray(9000)\n    use(big)\n    del big\n"), 2U);
  EXPECT_EQ(nextLine("def f():\n    big = bytearray(9000)\n    use(big)\n    del big\n"
                     "f()\nx = bytearray(8000)\n"),
            6U);
  EXPECT_EQ(nextLine("def g():\n    y = bytearray(8000)\n    return len(y)\n"
                     "big = bytearray(9000)\ndel big\ng()\n"),
            2U);
}

TEST(NextUncollected, CircuitPythonCollectsOnImportOfAFile) {
  const char *code = "big = bytearray(9000)\ndel big\nimport adafruit_gps\nx = bytearray(8000)\n";
  EXPECT_EQ(nextLine(code, "big", "circuitpython/generic"), 0U);
  EXPECT_EQ(nextLine(code, "big", "micropython/generic"), 4U);
}

TEST(NextUncollected, ListsThatStayGrow) {
  const char *start = "big = bytearray(9000)\nnames = []\ndel big\n";
  EXPECT_EQ(nextLine(std::string(start) + "names.append(1)\n"), 4U);
  EXPECT_EQ(nextLine(std::string(start) + "def f():\n    names.append(1)\nf()\n"), 5U);
  EXPECT_EQ(nextLine(std::string(start) + "names.append(1)\nx = bytearray(8000)\n"), 5U)
      << "what is allocated anew comes first";
  EXPECT_EQ(nextLine(std::string(start) + "def f():\n    own = []\n    own.append(1)\nf()\n"), 0U);
  EXPECT_EQ(nextLine(std::string("import gc\n") + start + "gc.collect()\nnames.append(1)\n"), 0U);
}

TEST(NextUncollected, SmallThingsThatStayCountSmallThingsThatGoDoNot) {
  EXPECT_EQ(nextLine("big = bytearray(9000)\ndel big\nnames = [1, 2, 3]\n"), 3U);
  EXPECT_EQ(nextLine("big = bytearray(9000)\ndel big\nprint(len([1, 2, 3]))\n"), 0U);
}

size_t dropped(llvm::StringRef code, llvm::StringRef name = "big") {
  Analysed analysed(code);
  const Deletion *deletion = analysed.deletion(name);
  EXPECT_NE(deletion, nullptr);
  return analysed.heap.droppedBy(*deletion).size();
}

TEST(DroppedBy, TheLastReference) {
  EXPECT_EQ(dropped("big = bytearray(9000)\ndel big\n"), 1U);
  EXPECT_EQ(dropped("big = bytearray(9000)\nbig = None\n"), 1U);
  EXPECT_EQ(Analysed("big = None\nbig = bytearray(9000)\n").deletion("big"), nullptr)
      << "nothing was bound before";
  EXPECT_EQ(dropped("def make():\n    b = bytearray(9000)\n    return b\nbig = make()\ndel big\n"),
            1U);
  EXPECT_EQ(dropped("class D:\n    def __init__(self):\n        self.b = bytearray(9000)\n"
                    "    def off(self):\n        self.b = None\n",
                    "self.b"),
            1U);
}

TEST(DroppedBy, WhatAFunctionReturnsOnSomeWay) {
  EXPECT_EQ(dropped("def make():\n    b = None\n    try:\n        b = bytearray(9000)\n"
                    "    except OSError:\n        pass\n    return b\nbig = make()\ndel big\n"),
            1U);
  EXPECT_EQ(
      dropped("def make():\n    while True:\n        try:\n            return bytearray(9000)\n"
              "        except OSError:\n            pass\nbig = make()\ndel big\n"),
      1U);
  EXPECT_EQ(dropped("def make(big):\n    b = big\n    return b\nbig = make(1)\ndel big\n"), 0U);
}

TEST(DroppedBy, TheItemOfAReturnedTuple) {
  const char *make = "def make():\n    b = bytearray(9000)\n    return (1, b, 'text')\n";
  EXPECT_EQ(dropped(std::string(make) + "n, big, text = make()\ndel big\n"), 1U);
  EXPECT_EQ(dropped(std::string(make) + "big, b, text = make()\ndel big\n"), 0U);
  EXPECT_EQ(dropped("def make():\n    return bytearray(9000), 1\nbig, n = make()\ndel big\n"), 1U);
  EXPECT_EQ(dropped("def make():\n    return 1\nn, big = make()\ndel big\n"), 0U);
  EXPECT_EQ(dropped("def make():\n    return bytearray(9000), 1\nbig, big = make()\ndel big\n"),
            0U);
}

TEST(DroppedBy, NothingWhileSomethingElseHoldsIt) {
  EXPECT_EQ(dropped("big = bytearray(9000)\nkept.append(big)\ndel big\n"), 0U);
  EXPECT_EQ(dropped("big = bytearray(9000)\nother = big\ndel big\n"), 0U);
  EXPECT_EQ(dropped("big = bytearray(9000)\nself.x = big\ndel big\n"), 0U);
  EXPECT_EQ(dropped("def f(big):\n    del big\n"), 0U) << "the caller may hold it";
  EXPECT_EQ(dropped("import displayio\ng = displayio.Group()\nbig = displayio.Bitmap(99, 99, 9)\n"
                    "t = displayio.TileGrid(big)\ng.append(t)\ndel big\n"),
            0U);
}

TEST(DroppedBy, NothingWhileAnotherNameIsDroppedLater) {
  EXPECT_EQ(dropped("big = bytearray(9000)\nother = big\ndel big\nuse(other)\ndel other\n"), 0U);
  EXPECT_EQ(dropped("big = bytearray(9000)\nother = big\ndel other\nuse(big)\ndel big\n"), 1U);
}

TEST(DroppedBy, AllNamesOfARow) {
  EXPECT_EQ(dropped("big = bytearray(9000)\nother = big\ndel big\ndel other\n"), 1U);
}

TEST(Invariance, OfSizes) {
  auto invariant = [](llvm::StringRef code) {
    Analysed analysed(code);
    const AllocationSite *site = analysed.site("bytearray(n * 2)");
    EXPECT_NE(site, nullptr);
    const FunctionFlow &flow = analysed.module.flow(site->function);
    return analysed.heap.isInvariant(site->node, site->function, flow.graph.loopOf(site->node));
  };
  EXPECT_TRUE(invariant("def f(n):\n    while True:\n        b = bytearray(n * 2)\n"));
  EXPECT_FALSE(
      invariant("def f(n):\n    while True:\n        b = bytearray(n * 2)\n        n += 1\n"));
  EXPECT_FALSE(invariant("def f():\n    for n in sizes():\n        b = bytearray(n * 2)\n"));
  EXPECT_FALSE(invariant("n = 1\ndef g():\n    global n\n    n = 9\n"
                         "while True:\n    b = bytearray(n * 2)\n    g()\n"));
}

// --- Hot code, callbacks, garbage ------------------------------------------------------------

bool isHot(llvm::StringRef code) {
  Analysed analysed(code);
  const AllocationSite *site = analysed.site("bytearray(5000)");
  EXPECT_NE(site, nullptr);
  return analysed.heap.isHot(site->node);
}

TEST(Hot, IsWhatLoopsAndCallbacksRun) {
  EXPECT_TRUE(isHot("def f():\n    bytearray(5000)\nwhile True:\n    f()\n"));
  EXPECT_TRUE(isHot("def f(t):\n    bytearray(5000)\ntimer.init(callback=f)\n"
                    "while True:\n    poll()\n"));
  EXPECT_TRUE(isHot("def g():\n    bytearray(5000)\ndef f(t):\n    g()\n"
                    "client.on_message = f\nwhile True:\n    poll()\n"));
  EXPECT_FALSE(isHot("def f():\n    bytearray(5000)\nf()\nwhile True:\n    poll()\n"));
  EXPECT_FALSE(isHot("def f(t):\n    bytearray(5000)\ntimer.init(callback=f)\n"))
      << "no loop: the program ends";
}

/// Largest pieces of garbage that wait before the Bitmap of `code`.
std::vector<std::string> waitingAtBitmap(llvm::StringRef code) {
  Analysed analysed("import displayio\nimport adafruit_imageload\n" + code.str());
  std::vector<std::string> names;
  for (const AllocationSite &site : analysed.heap.allocationSites())
    if (site.node.text().starts_with("displayio.Bitmap("))
      for (const AllocationSite *piece : analysed.heap.waitingAt(site).sites)
        names.push_back(piece->node.text().str());
  return names;
}

TEST(Waiting, GroupsLoseWhatIsPoppedAndTakenDown) {
  const char *const kLoad = "adafruit_imageload.load(p)";
  EXPECT_THAT(waitingAtBitmap("g = displayio.Group()\n"
                              "def show(p):\n"
                              "    g.pop()\n"
                              "    b = displayio.Bitmap(90, 90, 256)\n"
                              "    i, c = adafruit_imageload.load(p)\n"
                              "    g.append(displayio.TileGrid(i, pixel_shader=c))\n"
                              "while True:\n    show(x)\n"),
              testing::Contains(kLoad));
  EXPECT_THAT(waitingAtBitmap("g = displayio.Group()\nh = displayio.Group()\n"
                              "def show(p):\n"
                              "    h.pop()\n"
                              "    b = displayio.Bitmap(90, 90, 256)\n"
                              "    i, c = adafruit_imageload.load(p)\n"
                              "    g.append(displayio.TileGrid(i, pixel_shader=c))\n"
                              "while True:\n    show(x)\n"),
              testing::IsEmpty())
      << "another Group";
  EXPECT_THAT(waitingAtBitmap("def show(p):\n"
                              "    g = displayio.Group()\n"
                              "    board.DISPLAY.root_group = g\n"
                              "    b = displayio.Bitmap(90, 90, 256)\n"
                              "    i, c = adafruit_imageload.load(p)\n"
                              "    g.append(displayio.TileGrid(i, pixel_shader=c))\n"
                              "while True:\n    show(x)\n"),
              testing::Contains(kLoad));
}

TEST(Waiting, WhatIsMadeOnceIsNotReplaced) {
  EXPECT_THAT(waitingAtBitmap("class A:\n"
                              "    def show(self, p):\n"
                              "        if self.i is None:\n"
                              "            self.i = adafruit_imageload.load(p)\n"
                              "        self.b = displayio.Bitmap(90, 90, 256)\n"
                              "a = A()\n"
                              "while True:\n    a.show(x)\n"),
              testing::IsEmpty());
}

/// A loop that gives a label one of `texts` texts, all of which lie ready.
std::string loopOverTexts(unsigned texts) {
  std::string code = "import board\nimport terminalio\nfrom adafruit_display_text import label\n"
                     "shown = label.Label(terminalio.FONT)\nwhile True:\n";
  for (unsigned i = 0; i < texts; ++i)
    code += "    if board.D" + std::to_string(i) + ".value:\n        text = '" + std::to_string(i) +
            "'\n";
  return code + "    shown.text = text\n";
}

TEST(LabelChurn, TakesANameThatIsBoundVeryOftenForAnything) {
  Analysed few(loopOverTexts(20));
  ASSERT_EQ(few.heap.labelWrites().size(), 1U);
  EXPECT_EQ(few.heap.labelChurn(few.heap.labelWrites().front()), nullptr);
  Analysed many(loopOverTexts(2000));
  ASSERT_EQ(many.heap.labelWrites().size(), 1U);
  const LabelChurn *churn = many.heap.labelChurn(many.heap.labelWrites().front());
  ASSERT_NE(churn, nullptr);
  EXPECT_EQ(churn->change, TextChange::Often);
}

TEST(LabelChurn, IsJudgedOnceForEachWrite) {
  Analysed code("import board\nimport terminalio\nfrom adafruit_display_text import label\n"
                "shown = label.Label(terminalio.FONT)\n"
                "while True:\n    shown.text = str(board.D1.value)\n");
  ASSERT_EQ(code.heap.labelWrites().size(), 1U);
  const LabelWrite &write = code.heap.labelWrites().front();
  ASSERT_NE(code.heap.labelChurn(write), nullptr);
  EXPECT_EQ(code.heap.labelChurn(write), code.heap.labelChurn(write));
}

} // namespace
} // namespace fraglint
