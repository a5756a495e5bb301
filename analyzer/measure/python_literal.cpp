#include "measure/python_literal.h"

#include "llvm/Support/FormatVariadic.h"

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

} // namespace fraglint
