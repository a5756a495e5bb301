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

} // namespace fraglint
