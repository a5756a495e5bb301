#pragma once
/// One Python file: its path and its text as UTF-8, whatever its encoding on disk.

#include "text/line_index.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <memory>
#include <string>

namespace fraglint {

/// Encodings a PEP 263 comment may name. Anything else is an error that names it.
enum class SourceEncoding : uint8_t { Utf8, Latin1, Ascii };

/// Immutable and shared by everything that points into its text.
///
/// Errors are sentences without the path: whoever reports them puts it in front.
class SourceFile {
public:
  /// Decodes `bytes`: takes off a byte order mark, honours a source encoding comment
  /// (PEP 263). Fails with the byte offset of the first undecodable byte, or the name of an
  /// encoding not known here.
  static llvm::Expected<std::shared_ptr<const SourceFile>> decode(std::string path,
                                                                  llvm::StringRef bytes);

  /// Reads (never maps: a board's drive may vanish while we look) and decodes a file. Fails
  /// where it is no regular file, cannot be read or is longer than `maxBytes`.
  static llvm::Expected<std::shared_ptr<const SourceFile>> read(std::string path,
                                                                uint64_t maxBytes);

  llvm::StringRef path() const { return path_; }
  llvm::StringRef text() const { return text_; }
  const LineIndex &lines() const { return lines_; }
  SourceEncoding encoding() const { return encoding_; }

  /// `text` as bytes of this file's encoding, with its byte order mark: what a fix writes.
  /// Fails where a character does not exist in the encoding.
  llvm::Expected<std::string> encode(llvm::StringRef text) const;

  /// Use decode() or read(): `text` must be valid UTF-8 without a byte order mark.
  SourceFile(std::string path, std::string text, SourceEncoding encoding, bool hasMark);
  SourceFile(const SourceFile &) = delete;
  SourceFile &operator=(const SourceFile &) = delete;

private:
  std::string path_;
  std::string text_;
  SourceEncoding encoding_;
  bool hasMark_;
  LineIndex lines_; ///< of text_, so declared after it
};

} // namespace fraglint
