#include "lint/kept_files.h"

#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

class KeptFilesTest : public testing::Test {
protected:
  std::shared_ptr<const SourceFile> read(const KeptFiles &files, llvm::StringRef name) {
    std::string path = folder_.path() + "/" + name.str();
    return llvm::cantFail(files.read(path, path, 1 << 20));
  }
  static std::shared_ptr<const SyntaxTree> parse(const KeptFiles &files,
                                                 const std::shared_ptr<const SourceFile> &file) {
    return llvm::cantFail(files.parse(file, {}));
  }

  TempFolder folder_;
};

TEST_F(KeptFilesTest, ReadsAndParsesAFileOnce) {
  folder_.write("library.py", "import board\n");
  KeptFiles files(1000);
  auto first = read(files, "library.py");
  auto tree = parse(files, first);
  folder_.write("library.py", "something = 'else'\n");
  EXPECT_EQ(first, read(files, "library.py"));
  EXPECT_EQ(tree, parse(files, first));
}

TEST_F(KeptFilesTest, LetsGoOfWhatWasNotAskedForLongest) {
  for (llvm::StringRef name : {"a.py", "b.py", "c.py"})
    folder_.write(name, std::string(400, '#'));
  KeptFiles files(1000);
  auto a = read(files, "a.py"), b = read(files, "b.py");
  EXPECT_EQ(a, read(files, "a.py"));
  read(files, "c.py");
  EXPECT_EQ(a, read(files, "a.py"));
  EXPECT_NE(b, read(files, "b.py"));
}

TEST_F(KeptFilesTest, ParsesWhatItDoesNotKeepAnew) {
  auto other = std::make_shared<SourceFile>("elsewhere.py", "x = 1\n", SourceEncoding::Utf8, false);
  KeptFiles files(1000);
  EXPECT_NE(parse(files, other), parse(files, other));
}

TEST_F(KeptFilesTest, GivesAFileUnderTheNameThatIsAskedFor) {
  folder_.write("a.py", "x = 1\n");
  KeptFiles files(1000);
  std::string path = folder_.path() + "/a.py", other = folder_.path() + "/./a.py";
  EXPECT_EQ(path, llvm::cantFail(files.read(path, path, 1000))->path());
  EXPECT_EQ(other, llvm::cantFail(files.read(path, other, 1000))->path());
}

} // namespace
} // namespace fraglint
