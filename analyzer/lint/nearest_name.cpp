#include "lint/nearest_name.h"

#include <algorithm>

namespace fraglint {

llvm::StringRef nearestName(llvm::StringRef word, llvm::ArrayRef<llvm::StringRef> candidates) {
  // A third of the word may be wrong; words of three letters still may have one slip.
  unsigned best = std::max<unsigned>(1, static_cast<unsigned>(word.size()) / 3) + 1;
  llvm::StringRef nearest;
  for (llvm::StringRef candidate : candidates) {
    unsigned distance = word.edit_distance_insensitive(candidate, true, best);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string didYouMean(llvm::StringRef name) {
  return name.empty() ? "" : "; did you mean `" + name.str() + "`?";
}

std::string didYouMean(llvm::ArrayRef<llvm::StringRef> names) {
  std::string text;
  for (size_t index = 0; index < names.size(); ++index) {
    bool isLast = index + 1 == names.size();
    text += index == 0 ? "; did you mean `" : isLast ? " or `" : ", `";
    text += names[index].str() + "`";
  }
  return text.empty() ? "" : text + "?";
}

} // namespace fraglint
