// What framebuf draws and hashlib computes. The bytes are those that MicroPython's unix build
// printed for the same programs.

#include "evaluated.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

Evaluated drawn(llvm::StringRef code) {
  return Evaluated(("import binascii, framebuf\n" + code).str(), "micropython/unix-64");
}

std::string drawnIn(llvm::StringRef format) {
  return drawn(("buf = bytearray(24)\n"
                "fb = framebuf.FrameBuffer(buf, 4, 3, framebuf." +
                format +
                ")\n"
                "fb.rect(0, 0, 3, 3, 1)\n"
                "fb.line(0, 2, 3, 0, 2)\n"
                "fb.scroll(1, 0)\n"
                "print(binascii.hexlify(buf[:12]), fb.pixel(3, 0), fb.pixel(4, 0))\n")
                   .str())
      .evaluation.printed;
}

TEST(Drawing, LiesInTheBufferAsItsFormatHasIt) {
  EXPECT_EQ(drawnIn("MONO_VLSB"), "b'070707070000000000000000' 1 None\n");
  EXPECT_EQ(drawnIn("MONO_HLSB"), "b'f0f0f0000000000000000000' 1 None\n");
  EXPECT_EQ(drawnIn("MONO_HMSB"), "b'0f0f0f000000000000000000' 1 None\n");
  EXPECT_EQ(drawnIn("GS2_HMSB"), "b'55a55a000000000000000000' 1 None\n");
  EXPECT_EQ(drawnIn("GS4_HMSB"), "b'111111222211000000000000' 1 None\n");
  EXPECT_EQ(drawnIn("GS8"), "b'010101010101020202020101' 1 None\n");
  EXPECT_EQ(drawnIn("RGB565"), "b'010001000100010001000100' 1 None\n");
}

TEST(Drawing, DecidesWhatAProgramAsksForNext) {
  Evaluated program = drawn("buf = bytearray(8)\n"
                            "fb = framebuf.FrameBuffer(buf, 8, 8, framebuf.MONO_HLSB)\n"
                            "fb.fill_rect(2, 2, 4, 4, 1)\n"
                            "page = bytearray(100 * buf[3])\n");
  EXPECT_EQ(program.largestOf(5), Interval::exactly(6000));
}

TEST(Drawing, OfTextIsNotKnown) {
  Evaluated program = drawn("buf = bytearray(8)\n"
                            "fb = framebuf.FrameBuffer(buf, 8, 8, framebuf.MONO_HLSB)\n"
                            "fb.text('x', 0, 0)\n"
                            "page = bytearray(100 * buf[3])\n");
  EXPECT_EQ(program.largestOf(5).hi, 25500);
}

TEST(Drawing, AtAPlaceThatIsNotKnownMayBeAnywhere) {
  Evaluated program = drawn("import time\n"
                            "buf = bytearray(8)\n"
                            "fb = framebuf.FrameBuffer(buf, 8, 8, framebuf.MONO_HLSB)\n"
                            "fb.pixel(time.ticks_ms() % 8, 3, 1)\n"
                            "page = bytearray(100 * buf[3])\n");
  EXPECT_EQ(program.largestOf(6).hi, 25500);
}

TEST(Drawing, OnOneOfSeveralIsNotKnownOnAny) {
  Evaluated program = drawn("import time\n"
                            "one = bytearray(64)\n"
                            "two = bytearray(64)\n"
                            "first = framebuf.FrameBuffer(one, 8, 8, framebuf.GS8)\n"
                            "second = framebuf.FrameBuffer(two, 8, 8, framebuf.GS8)\n"
                            "fb = first if time.ticks_ms() % 2 else second\n"
                            "fb.fill(3)\n"
                            "page = bytearray(100 * one[3])\n");
  EXPECT_GE(program.largestOf(9).hi, 300);
}

TEST(Drawing, APixelIsWithinTheBoundsOfItsFormat) {
  Evaluated program = drawn("import time\n"
                            "buf = bytearray(8)\n"
                            "fb = framebuf.FrameBuffer(buf, 8, 8, framebuf.MONO_HLSB)\n"
                            "page = bytearray(100 * fb.pixel(time.ticks_ms() % 8, 3))\n");
  EXPECT_EQ(program.largestOf(5).hi, 100);
}

TEST(Drawing, ASmallBufferIsRefused) {
  Evaluated program =
      drawn("try:\n"
            "    framebuf.FrameBuffer(bytearray(1000), 20, 19, framebuf.RGB565, 28)\n"
            "except ValueError:\n"
            "    page = bytearray(700)\n");
  EXPECT_EQ(program.largestOf(5), Interval::exactly(700));
}

TEST(Hashes, OfWhatIsKnownAreComputed) {
  EXPECT_EQ(drawn("import hashlib\n"
                  "h = hashlib.sha256(b'open ')\n"
                  "h.update(b'the gate')\n"
                  "print(binascii.hexlify(h.digest()))\n"
                  "print(binascii.hexlify(hashlib.sha1(b'open the gate').digest()))\n")
                .evaluation.printed,
            "b'd565aa7b7022d5c4f8184aae6016c6b8d337ce37973bde3fe9dcb3ebec4a7689'\n"
            "b'c4804af3f7f5f4b0366864157680c4e51b1d2e01'\n");
}

TEST(Hashes, OfWhatIsNotKnownAreNot) {
  Evaluated program = drawn("import hashlib, time\n"
                            "h = hashlib.sha256(b'open ')\n"
                            "h.update(b'%d' % time.ticks_ms())\n"
                            "page = bytearray(h.digest()[0])\n");
  EXPECT_EQ(program.largestOf(5).hi, 255);
}

} // namespace
} // namespace fraglint
