#include "lint/json_depth.h"

namespace fraglint {

bool isJsonTooDeep(llvm::StringRef text) {
  unsigned depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
    case '"':
      for (++at; at < text.size() && text[at] != '"'; ++at)
        at += text[at] == '\\' ? 1 : 0;
      break;
    case '[':
    case '{':
      if (++depth > kMostJsonDepth)
        return true;
      break;
    case ']':
    case '}':
      depth -= depth == 0 ? 0 : 1;
      break;
    default:
      break;
    }
  }
  return false;
}

} // namespace fraglint
