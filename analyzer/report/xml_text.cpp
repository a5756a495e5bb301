#include "report/xml_text.h"

#include "llvm/Support/JSON.h"

namespace fraglint {

namespace {

/// Of those of one byte. Source: production 2, Char, of the XML 1.0 recommendation.
bool isCharacter(char one) {
  auto value = static_cast<unsigned char>(one);
  return value >= 0x20 || one == '\t' || one == '\n' || one == '\r';
}

} // namespace

std::string xmlText(llvm::StringRef text) {
  std::string valid = llvm::json::fixUTF8(text), result;
  for (size_t at = 0; at < valid.size(); ++at) {
    llvm::StringRef rest = llvm::StringRef(valid).drop_front(at);
    if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) { // U+FFFE, U+FFFF
      result += "\xef\xbf\xbd";
      at += 2;
    } else if (valid[at] == '&')
      result += "&amp;";
    else if (valid[at] == '<')
      result += "&lt;";
    else if (valid[at] == '>')
      result += "&gt;";
    else if (valid[at] == '"')
      result += "&quot;";
    else if (valid[at] == '\n')
      result += "&#10;";
    else if (valid[at] == '\r')
      result += "&#13;";
    else if (valid[at] == '\t')
      result += "&#9;";
    else
      result += isCharacter(valid[at]) ? std::string(1, valid[at]) : "\xef\xbf\xbd";
  }
  return result;
}

} // namespace fraglint
