#pragma once
/// Converts between byte offsets and line/column positions of one text.
/// Lines end at LF, CRLF or a lone CR, as in Python. Form feeds do not end a line.

#include "text/text_range.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <vector>

namespace fraglint {

/// What a column counts. LSP clients choose between the three; reports use CodePoints.
enum class ColumnUnit : uint8_t { Bytes, CodePoints, Utf16 };

/// Zero-based line and column.
struct Position {
  uint32_t line = 0;
  uint32_t column = 0;
  friend constexpr auto operator<=>(const Position &, const Position &) = default;
};

/// Immutable; refers to the text it was built from, which must outlive it.
class LineIndex {
public:
  explicit LineIndex(llvm::StringRef text);

  /// At least 1: an empty text has one empty line.
  uint32_t lineCount() const { return static_cast<uint32_t>(starts_.size()); }
  /// Zero-based line that holds `offset`; offsets past the end belong to the last line.
  uint32_t lineAt(uint32_t offset) const;
  /// The line's bytes without its line end.
  TextRange lineRange(uint32_t line) const;
  /// The line's bytes with its line end.
  TextRange fullLineRange(uint32_t line) const;
  Position position(uint32_t offset, ColumnUnit unit) const;
  /// Clamped: a line or column past the end gives the nearest valid offset.
  uint32_t offset(Position position, ColumnUnit unit) const;

private:
  llvm::StringRef text_;
  std::vector<uint32_t> starts_; ///< byte offset of each line's first byte
};

} // namespace fraglint
