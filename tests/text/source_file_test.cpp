#include "text/source_file.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

/// The decoded text, or "error: " and the sentence.
std::string decoded(llvm::StringRef bytes) {
  llvm::Expected<std::shared_ptr<const SourceFile>> file = SourceFile::decode("x.py", bytes);
  return file ? (*file)->text().str() : "error: " + llvm::toString(file.takeError());
}

llvm::StringRef bytesOf(const char *bytes, size_t size) { return {bytes, size}; }

TEST(Decode, KeepsUtf8AsItIs) {
  std::string text = "x = '\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80'\n";
  EXPECT_EQ(decoded(text), text);
}

TEST(Decode, KeepsNulBytesAndLineEnds) {
  llvm::StringRef bytes = bytesOf("a\0b\r\nc\r", 7);
  EXPECT_EQ(decoded(bytes), bytes.str());
}

TEST(Decode, TakesOffTheByteOrderMark) { EXPECT_EQ(decoded("\xEF\xBB\xBFx = 1"), "x = 1"); }

struct BadUtf8 {
  const char *what;
  std::string bytes;
  unsigned offset;
};

TEST(Decode, RefusesWhatIsNotStrictUtf8) {
  const BadUtf8 cases[] = {
      {"a continuation byte alone", "ab\x80", 2},
      {"an overlong slash", "a\xC0\xAF", 1},
      {"an overlong NUL", "0123456789\xE0\x80\x80", 10},
      {"an overlong four-byte form", "\xF0\x80\x80\x80", 0},
      {"a surrogate", "a\xED\xA0\x80z", 1},
      {"above U+10FFFF", "abc\xF4\x90\x80\x80", 3},
      {"a byte that never occurs", "abcdefghijklmnop\xFF", 16},
      {"cut off at the end", "ab\xE2\x82", 2},
      {"cut off by a letter", "ab\xE2\x82z", 2},
  };
  for (const BadUtf8 &it : cases)
    EXPECT_THAT(decoded(it.bytes),
                HasSubstr("byte " + std::to_string(it.offset) + " of the file (0x"))
        << it.what;
}

TEST(Decode, CountsTheByteOrderMarkIntoOffsets) {
  EXPECT_EQ(decoded("\xEF\xBB\xBF"
                    "ab\xFF"),
            "error: byte 5 of the file (0xFF) is not valid UTF-8: save the file as UTF-8");
}

TEST(Decode, AcceptsTheEdgesOfUtf8) {
  for (const char *text : {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_EQ(decoded(text), text);
}

TEST(SourceEncodingComment, IsHonouredOnTheFirstTwoLines) {
  EXPECT_EQ(decoded("# -*- coding: latin-1 -*-\nx = '\xE9'\n"),
            "# -*- coding: latin-1 -*-\nx = '\xC3\xA9'\n");
  EXPECT_EQ(decoded("#!/bin/x\r\n# vim: set fileencoding=iso-8859-1 :\r\n'\xE9'"),
            "#!/bin/x\r\n# vim: set fileencoding=iso-8859-1 :\r\n'\xC3\xA9'");
  EXPECT_EQ(decoded("\r  \f# coding=L1\r\xFF"), "\r  \f# coding=L1\r\xC3\xBF");
}

TEST(SourceEncodingComment, CountsNowhereElse) {
  EXPECT_THAT(decoded("\n\n# coding: latin-1\n'\xE9'"), HasSubstr("is not valid UTF-8"));
  EXPECT_THAT(decoded("x = 1\n# coding: latin-1\n'\xE9'"), HasSubstr("is not valid UTF-8"));
  EXPECT_THAT(decoded("x = 1 # coding: latin-1\n'\xE9'"), HasSubstr("is not valid UTF-8"));
  EXPECT_EQ(decoded("x = 'coding: koi8-r'\n"), "x = 'coding: koi8-r'\n");
  EXPECT_EQ(decoded("# this coding is bad\n"), "# this coding is bad\n");
}

TEST(SourceEncodingComment, KnowsTheAliases) {
  for (const char *name : {"utf-8", "UTF8", "utf_8", "u8", "utf-8-unix", "utf-8-sig"})
    EXPECT_EQ(decoded(std::string("# coding: ") + name + "\n\xC3\xA9"),
              std::string("# coding: ") + name + "\n\xC3\xA9");
  for (const char *name : {"latin1", "Latin-1", "iso8859_1", "ISO-8859-1", "latin-1-dos", "cp819"})
    EXPECT_EQ(decoded(std::string("# coding: ") + name + "\n\xE9"),
              std::string("# coding: ") + name + "\n\xC3\xA9");
}

TEST(SourceEncodingComment, AsciiMustBeSevenBit) {
  EXPECT_EQ(decoded("# coding: us-ascii\nx"), "# coding: us-ascii\nx");
  EXPECT_EQ(decoded("# coding: ascii\n\xC3\xA9"),
            "error: byte 16 of the file (0xC3) is not valid ASCII: save the file as UTF-8");
}

TEST(SourceEncodingComment, AnUnknownOneIsNamed) {
  EXPECT_EQ(decoded("# coding: koi8-r\n"),
            "error: the file says that its encoding is \"koi8-r\", which is not known here: save "
            "it as UTF-8 and remove that comment");
}

TEST(SourceEncodingComment, MustNotContradictTheByteOrderMark) {
  EXPECT_THAT(decoded("\xEF\xBB\xBF# coding: latin-1\n"), HasSubstr("byte order mark"));
  EXPECT_EQ(decoded("\xEF\xBB\xBF# coding: utf-8\n"), "# coding: utf-8\n");
}

std::string encoded(llvm::StringRef original, llvm::StringRef text) {
  llvm::Expected<std::shared_ptr<const SourceFile>> file = SourceFile::decode("x.py", original);
  EXPECT_TRUE(static_cast<bool>(file));
  llvm::Expected<std::string> bytes = (*file)->encode(text);
  return bytes ? *bytes : "error: " + llvm::toString(bytes.takeError());
}

TEST(Encode, RoundTripsEveryEncoding) {
  EXPECT_EQ(encoded("", "\xC3\xA9"), "\xC3\xA9");
  EXPECT_EQ(encoded("\xEF\xBB\xBFx", "y"), "\xEF\xBB\xBFy");
  EXPECT_EQ(encoded("# coding: latin-1\n", "\xC3\xA9\xC2\x80\xC3\xBF"), "\xE9\x80\xFF");
  EXPECT_EQ(encoded("# coding: ascii\n", "plain"), "plain");
}

TEST(Encode, NamesWhatTheEncodingLacks) {
  EXPECT_EQ(encoded("# coding: latin-1\n", "a\xE2\x82\xAC"),
            "error: the character U+20AC does not exist in the file's encoding, latin-1");
  EXPECT_EQ(encoded("# coding: ascii\n", "\xC3\xA9"),
            "error: the character U+00E9 does not exist in the file's encoding, ASCII");
}

class ReadFile : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("fraglint-text", folder_));
  }
  void TearDown() override { EXPECT_FALSE(llvm::sys::fs::remove_directories(folder_)); }

  std::string path(llvm::StringRef name) const { return (folder_ + "/" + name).str(); }

  std::string write(llvm::StringRef name, llvm::StringRef bytes) const {
    std::error_code code;
    llvm::raw_fd_ostream(path(name), code) << bytes;
    EXPECT_FALSE(code);
    return path(name);
  }

  static std::string read(const std::string &path, uint64_t maxBytes) {
    llvm::Expected<std::shared_ptr<const SourceFile>> file = SourceFile::read(path, maxBytes);
    return file ? (*file)->text().str() : "error: " + llvm::toString(file.takeError());
  }

  llvm::SmallString<64> folder_;
};

TEST_F(ReadFile, GivesTextAndPath) {
  std::string path = write("a.py", "x = 1\n");
  llvm::Expected<std::shared_ptr<const SourceFile>> file = SourceFile::read(path, 100);
  ASSERT_TRUE(static_cast<bool>(file));
  EXPECT_EQ((*file)->text(), "x = 1\n");
  EXPECT_EQ((*file)->path(), path);
  EXPECT_EQ((*file)->lines().lineCount(), 2u);
}

TEST_F(ReadFile, TakesTheLimitExactly) {
  std::string path = write("a.py", "12345");
  EXPECT_EQ(read(path, 5), "12345");
  EXPECT_EQ(read(path, 4),
            "error: the file is too long to analyse: 5 bytes, and the limit is 4 bytes");
}

TEST_F(ReadFile, ReadsLargeAndEmptyFiles) {
  std::string large(300000, 'x');
  EXPECT_EQ(read(write("large.py", large), 1000000), large);
  EXPECT_EQ(read(write("empty.py", ""), 0), "");
}

TEST_F(ReadFile, RefusesWhatIsNoRegularFile) {
  EXPECT_EQ(read(folder_.str().str(), 100), "error: cannot read the file: it is a folder");
  EXPECT_THAT(read(path("missing.py"), 100), HasSubstr("cannot read the file: "));
#ifndef _WIN32
  std::string pipe = path("pipe.py");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(read(pipe, 100), "error: cannot read the file: it is not a regular file");
#endif
}

} // namespace
} // namespace fraglint
