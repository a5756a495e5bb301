#pragma once
/// Colours and links of a terminal, or plain text where they are off.

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace fraglint {

/// What a piece of a report is; it decides the colour.
enum class TextRole : uint8_t { Plain, Place, Error, Warning, Note, Help, Gutter, RuleCode };

/// A value; cheap to copy.
class TerminalStyle {
public:
  TerminalStyle(bool colour, bool hyperlinks) : colour_(colour), hyperlinks_(hyperlinks) {}

  /// `text` in the colour of its role.
  std::string paint(TextRole role, llvm::StringRef text) const;
  /// `text` as a link (OSC 8) to `address`; as it is where that is empty.
  std::string link(llvm::StringRef address, std::string text) const;

private:
  bool colour_;
  bool hyperlinks_;
};

} // namespace fraglint
