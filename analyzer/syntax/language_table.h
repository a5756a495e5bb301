#pragma once
/// Maps tree-sitter's numbers to NodeKind and Field, once per process.

#include "syntax/node_kind.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

class LanguageTable {
public:
  /// The table of the Python grammar, made on first use.
  static const LanguageTable &python();

  /// NodeKind::None for tokens that carry no meaning of their own.
  NodeKind kind(uint16_t symbol) const {
    return symbol < kinds_.size() ? kinds_[symbol] : NodeKind::Error;
  }
  Field field(uint16_t fieldId) const { return fields_[fieldId]; }

  /// Names that only the grammar or only node_kind.h has: none, unless a new version of the
  /// grammar was taken without a look at that file.
  static std::vector<std::string> mismatches();

private:
  LanguageTable();

  std::array<NodeKind, 512> kinds_{};
  std::array<Field, 64> fields_{};
};

} // namespace fraglint
