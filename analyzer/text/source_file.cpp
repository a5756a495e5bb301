#include "text/source_file.h"

#include "text/source_encoding.h"

#include "llvm/Support/FileSystem.h"

#include <algorithm>
#include <limits>

namespace fraglint {

namespace fs = llvm::sys::fs;

namespace {

constexpr llvm::StringLiteral kMark("\xEF\xBB\xBF");

/// Byte offsets are 32 bits wide, and Latin-1 may double in length.
constexpr uint64_t kMaxBytes = std::numeric_limits<uint32_t>::max() / 2;

llvm::Error tooLong(uint64_t bytes, uint64_t limit) {
  return llvm::createStringError(
      "the file is too long to analyse: %llu bytes, and the limit is %llu bytes",
      static_cast<unsigned long long>(bytes), static_cast<unsigned long long>(limit));
}

llvm::Error cannotRead(std::error_code code) {
  return llvm::createStringError(code, "cannot read the file: %s", code.message().c_str());
}

/// Fails for directories, pipes, devices: opening one of those may block for ever.
llvm::Error checkRegular(const fs::file_status &status) {
  if (fs::is_directory(status))
    return llvm::createStringError("cannot read the file: it is a folder");
  if (!fs::is_regular_file(status))
    return llvm::createStringError("cannot read the file: it is not a regular file");
  return llvm::Error::success();
}

llvm::Expected<std::string> readOpened(fs::file_t file, uint64_t expectedBytes, uint64_t maxBytes) {
  std::string bytes;
  size_t used = 0;
  // One byte more than expected, so that the end is seen without growing.
  bytes.resize(std::min(expectedBytes, maxBytes) + 1);
  while (true) {
    llvm::Expected<size_t> got =
        fs::readNativeFile(file, llvm::MutableArrayRef(bytes.data() + used, bytes.size() - used));
    if (!got)
      return cannotRead(llvm::errorToErrorCode(got.takeError()));
    used += *got;
    if (used > maxBytes)
      return tooLong(std::max<uint64_t>(used, expectedBytes), maxBytes);
    if (*got == 0)
      break;
    if (used == bytes.size()) // it grew since it was opened
      bytes.resize(bytes.size() * 2);
  }
  bytes.resize(used);
  return bytes;
}

llvm::Expected<std::string> readBytes(const std::string &path, uint64_t maxBytes) {
  fs::file_status status;
  if (std::error_code code = fs::status(path, status))
    return cannotRead(code);
  if (llvm::Error error = checkRegular(status))
    return error;
  if (status.getSize() > maxBytes)
    return tooLong(status.getSize(), maxBytes);
  llvm::Expected<fs::file_t> file = fs::openNativeFileForRead(path);
  if (!file)
    return cannotRead(llvm::errorToErrorCode(file.takeError()));
  llvm::Expected<std::string> bytes = readOpened(*file, status.getSize(), maxBytes);
  std::error_code code = fs::closeFile(*file);
  if (bytes && code)
    return cannotRead(code);
  return bytes;
}

} // namespace

SourceFile::SourceFile(std::string path, std::string text, SourceEncoding encoding, bool hasMark)
    : path_(std::move(path)), text_(std::move(text)), encoding_(encoding), hasMark_(hasMark),
      lines_(text_) {}

llvm::Expected<std::shared_ptr<const SourceFile>> SourceFile::decode(std::string path,
                                                                     llvm::StringRef bytes) {
  if (bytes.size() > kMaxBytes)
    return tooLong(bytes.size(), kMaxBytes);
  llvm::StringRef body = bytes;
  bool hasMark = body.consume_front(kMark);
  llvm::Expected<SourceEncoding> encoding = declaredEncoding(body, hasMark);
  if (!encoding)
    return encoding.takeError();
  llvm::Expected<std::string> text = toUtf8(body, *encoding, bytes.size() - body.size());
  if (!text)
    return text.takeError();
  return std::make_shared<const SourceFile>(std::move(path), std::move(*text), *encoding, hasMark);
}

llvm::Expected<std::shared_ptr<const SourceFile>> SourceFile::read(std::string path,
                                                                   uint64_t maxBytes) {
  llvm::Expected<std::string> bytes = readBytes(path, std::min(maxBytes, kMaxBytes));
  if (!bytes)
    return bytes.takeError();
  return decode(std::move(path), *bytes);
}

llvm::Expected<std::string> SourceFile::encode(llvm::StringRef text) const {
  llvm::Expected<std::string> bytes = fromUtf8(text, encoding_);
  if (bytes && hasMark_)
    bytes->insert(0, kMark.data(), kMark.size());
  return bytes;
}

} // namespace fraglint
