#include "lint/toml_text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <tuple>

namespace fraglint {

namespace {

/// Where the first control character is that TOML allows nowhere; npos where there is none.
/// toml++ 3.2 ends the program on some of them.
size_t forbiddenCharacter(llvm::StringRef text) {
  return text.find_if([](char c) {
    auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
}

TomlMistake mistakeAt(llvm::StringRef text, size_t offset, std::string message) {
  llvm::StringRef before = text.take_front(offset);
  llvm::StringRef line = before.substr(before.rfind('\n') + 1);
  auto characters =
      llvm::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
  return {static_cast<uint32_t>(before.count('\n')) + 1, static_cast<uint32_t>(characters) + 1,
          std::move(message)};
}

/// What a user wrote may be in a message: control characters as TOML escapes them, or nearly.
std::string onOneLine(llvm::StringRef text) {
  std::string line;
  for (char c : text)
    if (c == '\n')
      line += "\\n";
    else if (llvm::isPrint(c) || static_cast<unsigned char>(c) >= 0x80)
      line += c;
    else
      line += "\\x" + llvm::toHex(llvm::StringRef(&c, 1));
  return line;
}

} // namespace

std::optional<toml::table> parseToml(llvm::StringRef text, llvm::StringRef path,
                                     std::vector<TomlMistake> &mistakes) {
  if (size_t at = forbiddenCharacter(text); at != llvm::StringRef::npos) {
    mistakes.push_back(
        mistakeAt(text, at, "this is a control character, which TOML does not allow"));
    return std::nullopt;
  }
  toml::parse_result parsed = toml::parse(std::string_view(text), std::string_view(path));
  if (parsed)
    return std::move(parsed).table();
  const toml::source_region &where = parsed.error().source();
  mistakes.push_back(
      {where.begin.line, where.begin.column, std::string(parsed.error().description())});
  return std::nullopt;
}

llvm::Error errorOf(llvm::StringRef path, std::vector<TomlMistake> mistakes) {
  if (mistakes.empty())
    return llvm::Error::success();
  llvm::sort(mistakes, [](const TomlMistake &a, const TomlMistake &b) {
    return std::tie(a.line, a.column, a.message) < std::tie(b.line, b.column, b.message);
  });
  std::string text;
  for (const TomlMistake &mistake : mistakes)
    text += path.str() + ":" + std::to_string(mistake.line) + ":" + std::to_string(mistake.column) +
            ": " + onOneLine(mistake.message) + "\n";
  text.pop_back();
  return llvm::createStringError(text);
}

llvm::StringRef tomlTypeName(const toml::node &node) {
  switch (node.type()) {
  case toml::node_type::table:
    return "a table";
  case toml::node_type::array:
    return "a list";
  case toml::node_type::string:
    return "a string";
  case toml::node_type::integer:
    return "a whole number";
  case toml::node_type::floating_point:
    return "a number";
  case toml::node_type::boolean:
    return "true or false";
  default:
    return "a date or time";
  }
}

} // namespace fraglint
