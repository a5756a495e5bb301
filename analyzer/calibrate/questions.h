#pragma once
/// What a firmware is asked that is no trait of either kind: sizes and names.

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace fraglint {

struct Question {
  llvm::StringRef name;
  std::string code; ///< prints the answer
};

/// In the order in which they are asked of a firmware that has done nothing yet.
const std::vector<Question> &calibrationQuestions();

/// What the heap is afterwards, when more was asked for than `poolBytes`.
std::string growthCode(int64_t poolBytes);
/// Prints which of these modules are files.
std::string fileModulesCode();

} // namespace fraglint
