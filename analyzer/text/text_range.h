#pragma once
/// A half-open interval of byte offsets into a SourceFile's UTF-8 text.

#include <compare>
#include <cstdint>

namespace fraglint {

struct TextRange {
  uint32_t begin = 0; ///< first byte
  uint32_t end = 0;   ///< one past the last byte

  constexpr uint32_t length() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(uint32_t offset) const { return begin <= offset && offset < end; }
  constexpr bool contains(TextRange other) const {
    return begin <= other.begin && other.end <= end;
  }
  constexpr bool intersects(TextRange other) const {
    return begin < other.end && other.begin < end;
  }
  friend constexpr auto operator<=>(const TextRange &, const TextRange &) = default;
};

} // namespace fraglint
