// Sizes against measured requests: the expected lists are rows of the measured tables of
// MicroPython and CircuitPython for 32-bit machines, of requests that outlive the statement or
// are left to the collector.
#include "support/analysed.h"

#include "heap/object_layout.h"

#include "llvm/ADT/StringExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using ::testing::ElementsAreArray;

struct Row {
  const char *setup;
  const char *expression;
  const char *target;
  std::vector<int64_t> requests;
};

class MeasuredRequests : public ::testing::TestWithParam<Row> {};

TEST_P(MeasuredRequests, AreTheEstimate) {
  const Row &row = GetParam();
  Analysed code(std::string(row.setup) + "\nvalue = " + row.expression + "\n", row.target);
  const AllocationSite *site = code.site(row.expression);
  ASSERT_NE(site, nullptr) << row.expression;
  std::vector<int64_t> requests;
  for (const Request &request : site->cost.requests) {
    EXPECT_TRUE(request.bytes.isExact()) << row.expression;
    requests.push_back(request.bytes.lo);
  }
  EXPECT_THAT(requests, ElementsAreArray(row.requests)) << row.expression;
}

constexpr const char *kCp = "circuitpython/generic";
constexpr const char *kMp = "micropython/generic";
constexpr const char *kMp64 = "micropython/unix-64";

INSTANTIATE_TEST_SUITE_P(
    Buffers, MeasuredRequests,
    ::testing::Values(
        Row{"", "bytearray(100)", kCp, {16, 100}}, Row{"", "bytearray()", kCp, {16, 0}},
        Row{"", "bytearray(b'abc')", kMp, {16, 3}}, Row{"", "bytes(100)", kMp, {101, 16}},
        Row{"n = 37", "bytearray(n)", kCp, {16, 37}},
        Row{"n = const(2)\nm = n * 64", "bytearray(m + 1)", kMp, {16, 129}},
        Row{"from array import array\na = [1] * 10", "array('i', a)", kMp, {16, 40, 16}},
        Row{"import array", "array.array('H', bytes(20))", kCp, {16, 20}},
        Row{"import array", "array.array('H', [0] * 160)", kCp, {16, 320, 16}},
        Row{"a = bytearray(100)", "a[10:60]", kCp, {16, 50}},
        Row{"a = bytes(100)", "a[10:60]", kMp, {16, 51, 16}},
        Row{"from array import array\na = array('h', [0] * 40)\nb = a[:]", "b[:10]", kMp, {16, 20}},
        Row{"from array import array\ndef f(a):\n    return a[:]\nf(array('h', [0] * 40))",
            "a[:]",
            kMp,
            {16, 80}}));

INSTANTIATE_TEST_SUITE_P(Mixers, MeasuredRequests,
                         ::testing::Values(Row{"import audiomixer",
                                               "audiomixer.Mixer(voice_count=1)",
                                               kCp,
                                               {56, 512, 512, 40, 12}},
                                           Row{"import audiomixer",
                                               "audiomixer.Mixer(voice_count=2, buffer_size=2048)",
                                               kCp,
                                               {60, 1024, 1024, 40, 40, 16}}));

INSTANTIATE_TEST_SUITE_P(
    Shapes, MeasuredRequests,
    ::testing::Values(Row{"from adafruit_display_shapes.rect import Rect",
                          "Rect(0, 0, 320, 20, fill=0)",
                          kCp,
                          {36, 800, 16, 32, 84}},
                      Row{"from adafruit_display_shapes.roundrect import RoundRect",
                          "RoundRect(x=8, y=8, width=128, height=64, r=8)",
                          kCp,
                          {36, 2048, 16, 48, 84}}));

INSTANTIATE_TEST_SUITE_P(
    Lists, MeasuredRequests,
    ::testing::Values(
        Row{"n = 37", "[None] * n", kMp, {16, 148}}, Row{"", "[0] * 100", kCp, {16, 400}},
        Row{"a = 1", "{'a': a, 'b': a, 'c': a}", kMp, {16, 24}}, Row{"", "dict()", kMp, {16}},
        Row{"", "dict(a=1, b=2)", kMp, {16, 16}}, Row{"", "{1, 2, 3}", kMp, {16, 12}},
        Row{"", "[1, 2, 3, 4, 5, 6]", kMp, {16, 24}},
        Row{"b = [1] * 20", "b[5:15]", kCp, {16, 16, 40}},
        Row{"", "[i for i in range(100)]", kMp, {16, 16, 16, 32, 64, 128, 256, 512}}));

INSTANTIATE_TEST_SUITE_P(Repetition, MeasuredRequests,
    // CircuitPython copies repeated text and bytes once more.
                         ::testing::Values(Row{"", "b'ab' * 100", kMp, {201, 16}},
                                           Row{"", "b'ab' * 100", kCp, {201, 16, 201}}));

INSTANTIATE_TEST_SUITE_P(
    Bitmaps, MeasuredRequests,
    ::testing::Values(
        Row{"import displayio", "displayio.Bitmap(320, 240, 16)", kCp, {36, 38400}},
        Row{"import displayio", "displayio.Bitmap(128, 64, 2)", kCp, {36, 1024}},
        Row{"from displayio import Bitmap as B", "B(33, 10, 2)", kCp, {36, 80}},
        Row{"import displayio\nW = 10", "displayio.Bitmap(W, W, 65536)", kCp, {36, 200}}));

// The engine's gc.mem_alloc() around these: 160, 160, 896 with the list that is repeated, 64, 256.
INSTANTIATE_TEST_SUITE_P(SixtyFourBits, MeasuredRequests,
                         ::testing::Values(Row{"", "bytearray(100)", kMp64, {32, 100}},
                                           Row{"", "bytes(100)", kMp64, {101, 32}},
                                           Row{"", "[0] * 100", kMp64, {32, 800}},
                                           Row{"a = 1", "{'a': a, 'b': a}", kMp64, {32, 32}},
                                           Row{"", "b'ab' * 100", kMp64, {201, 32}}));

TEST(ObjectLayout, UnknownSizesAreAtLeastTheObjectAndSayWhy) {
  Analysed code("def f(n):\n    return bytearray(n)\n");
  const AllocationSite *site = code.site("bytearray(n)");
  ASSERT_NE(site, nullptr);
  EXPECT_EQ(site->cost.contiguous().tag, CostTag::AtLeast);
  EXPECT_EQ(site->cost.contiguous().bytes.lo, 16);
  EXPECT_THAT(site->cost.reason, ::testing::HasSubstr("`n` is not known"));
}

TEST(ObjectLayout, BitmapsOfADisplaysSidesArePresumedLargeUnlessScaledDown) {
  Analysed code("import board\nimport displayio\n"
                "display = board.DISPLAY\nW = display.width\nH = display.height - 20\n"
                "a = displayio.Bitmap(display.width, display.height, 1)\n"
                "b = displayio.Bitmap(W, H, 2)\n"
                "c = displayio.Bitmap(int(W / 2), H, 4)\n"
                "d = displayio.Bitmap(display.width // 8, display.height // 8, 1)\n"
                "e = displayio.Bitmap(W, 4, 2)\n"
                "def draw(side):\n    f = displayio.Bitmap(side, side, 16)\n");
  for (llvm::StringRef large : {"displayio.Bitmap(display.width, display.height, 1)",
                                "displayio.Bitmap(W, H, 2)", "displayio.Bitmap(int(W / 2), H, 4)"})
    EXPECT_TRUE(code.site(large)->presumedLarge) << large.str();
  for (llvm::StringRef small : {"displayio.Bitmap(display.width // 8, display.height // 8, 1)",
                                "displayio.Bitmap(W, 4, 2)", "displayio.Bitmap(side, side, 16)"})
    EXPECT_FALSE(code.site(small)->presumedLarge) << small.str();
}

TEST(ObjectLayout, TheDisplayOfAKnownBoardGivesExactSides) {
  llvm::StringRef portal = "circuitpython/pyportal";
  std::string code = "import board\nimport displayio\ndisplay = board.DISPLAY\n"
                     "W = display.width\n"
                     "a = displayio.Bitmap(W, board.DISPLAY.height // 2, 16)\n"
                     "b = displayio.Bitmap(other.width, 4, 16)\n";
  llvm::StringRef half = "displayio.Bitmap(W, board.DISPLAY.height // 2, 16)";
  EXPECT_EQ(Analysed(code, portal).site(half)->cost.contiguous().bytes,
            Interval::exactly(320 * 120 / 2));
  EXPECT_FALSE(Analysed(code, portal).site(half)->presumedLarge);
  EXPECT_FALSE(Analysed(code + "display.rotation = 90\n", portal)
                   .site(half)
                   ->cost.contiguous()
                   .bytes.hasHi());
  EXPECT_FALSE(Analysed(code, portal)
                   .site("displayio.Bitmap(other.width, 4, 16)")
                   ->cost.contiguous()
                   .bytes.hasHi());
  EXPECT_FALSE(Analysed(code).site(half)->cost.contiguous().bytes.hasHi()) << "of no board";
}

TEST(ObjectLayout, BoundedSizesKeepBothBounds) {
  Analysed code("for i in range(1, 5):\n    b = bytearray(i * 100)\n");
  const AllocationSite *site = code.site("bytearray(i * 100)");
  ASSERT_NE(site, nullptr);
  EXPECT_EQ(site->cost.contiguous().bytes, (Interval{100, 400}));
  EXPECT_EQ(site->cost.contiguous().tag, CostTag::Bounded);
  EXPECT_EQ(site->cost.contiguous().text(), "100 to 400 bytes");
}

TEST(ObjectLayout, WhatIsTakenIsInWholeBlocks) {
  Analysed code("b = bytearray(1025)\n");
  EXPECT_EQ(code.site("bytearray(1025)")->cost.taken().bytes, Interval::exactly(16 + 1040));
  EXPECT_EQ(code.site("bytearray(1025)")->cost.contiguous().bytes, Interval::exactly(1025));
}

TEST(ObjectLayout, TableIsFoundByEveryNameInIt) {
  for (llvm::StringRef name : {"adafruit_bitmap_font.bitmap_font.load_font", "bytearray",
                               "displayio.Bitmap", "ulab.numpy.zeros"})
    ASSERT_NE(findLayout(name), nullptr) << name.str();
  EXPECT_EQ(findLayout("displayio.Bit"), nullptr);
  EXPECT_EQ(findLayout(""), nullptr);
}

TEST(AllocationFinder, LeavesOutWhatDoesNotAllocate) {
  Analysed code("import rp2\n"
                "@rp2.asm_pio()\n"
                "def blink():\n"
                "    x = bytearray(100)\n"
                "def f(a: list[int] = None) -> dict[str, int]:\n"
                "    a[1:3] = b'ab'\n"
                "    del a[0:2]\n"
                "broken = bytearray(9) bytearray(10)\n");
  EXPECT_EQ(code.site("bytearray(100)"), nullptr);
  EXPECT_EQ(code.site("bytearray(9)"), nullptr);
  for (const AllocationSite &site : code.heap.allocationSites())
    ADD_FAILURE() << "not an allocation: " << site.node.text().str();
}

} // namespace
} // namespace fraglint
