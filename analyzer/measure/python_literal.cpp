#include "measure/python_literal.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

namespace fraglint {

std::string pythonLiteral(llvm::StringRef text) {
  std::string literal = "'";
  for (char c : text) {
    if (c == '\n')
      literal += "\\n";
    else if (c == '\'' || c == '\\')
      (literal += '\\') += c;
    else if (static_cast<unsigned char>(c) < ' ')
      literal += llvm::formatv("\\x{0:x-2}", static_cast<int>(c));
    else
      literal += c;
  }
  return literal + "'";
}

std::string pythonValue(const llvm::json::Value &value) {
  if (auto text = value.getAsString())
    return pythonLiteral(*text);
  if (auto truth = value.getAsBoolean())
    return *truth ? "True" : "False";
  if (value.getAsNull())
    return "None";
  std::string literal;
  if (const llvm::json::Array *items = value.getAsArray()) {
    for (const llvm::json::Value &item : *items)
      literal += pythonValue(item) + ",";
    return "[" + literal + "]";
  }
  if (const llvm::json::Object *members = value.getAsObject()) {
    for (const auto &[key, member] : *members)
      literal += pythonLiteral(llvm::StringRef(key)) + ":" + pythonValue(member) + ",";
    return "{" + literal + "}";
  }
  llvm::raw_string_ostream(literal) << value;
  return literal;
}

} // namespace fraglint
