#pragma once
/// TOML that users write: parsed, with what is wrong said by place. Only files that read it include
/// this.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <toml++/toml.h>
#include <vector>

namespace fraglint {

struct TomlMistake {
  uint32_t line;
  uint32_t column;
  std::string message;
};

/// Nothing where it is no TOML, with what is wrong in `mistakes`.
std::optional<toml::table> parseToml(llvm::StringRef text, llvm::StringRef path,
                                     std::vector<TomlMistake> &mistakes);

/// One `path:line:column: …` a line, by place; success where there are none.
llvm::Error errorOf(llvm::StringRef path, std::vector<TomlMistake> mistakes);

/// For people: `a whole number`.
llvm::StringRef tomlTypeName(const toml::node &node);

} // namespace fraglint
