#pragma once
/// A folder of its own for a test, with files in it; gone afterwards.

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

#include <string>

namespace fraglint {

class TempFolder {
public:
  TempFolder() {
    llvm::SmallString<128> made;
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("fraglint test", made)); // with a blank
    llvm::SmallString<128> real;
    EXPECT_FALSE(llvm::sys::fs::real_path(made, real));
    path_ = std::string(real);
  }
  // What cannot be removed is the system's to clean up, like all temporary files.
  ~TempFolder() { (void)llvm::sys::fs::remove_directories(path_); }
  TempFolder(const TempFolder &) = delete;
  TempFolder &operator=(const TempFolder &) = delete;

  const std::string &path() const { return path_; }
  std::string path(llvm::StringRef name) const {
    return name.empty() ? path_ : path_ + "/" + name.str();
  }

  /// Writes a file, and the folders it lies in.
  void write(llvm::StringRef name, llvm::StringRef bytes) const {
    std::string file = path(name);
    std::error_code error = llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file));
    EXPECT_FALSE(error) << file << ": " << error.message();
    llvm::raw_fd_ostream(file, error) << bytes;
    EXPECT_FALSE(error) << file << ": " << error.message();
  }
  std::string read(llvm::StringRef name) const {
    auto buffer = llvm::MemoryBuffer::getFile(path(name), false, false, /*IsVolatile=*/true);
    return buffer ? (*buffer)->getBuffer().str() : "<" + buffer.getError().message() + ">";
  }

private:
  std::string path_;
};

} // namespace fraglint
