#pragma once

#include "evaluator/value.h"

#include "llvm/ADT/SmallVector.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fraglint {

/// Items that are taken in one order, though in which one the firmware takes them is not known:
/// what is done to each must leave nothing behind that depends on it, and ask for the same of each.
struct AnyOrderWalk {
  bool isUnderWay = false;
  uint64_t changes = 0; ///< of objects, before it began
  uint32_t firstNew = 0; ///< of the objects that were made since
  size_t output = 0; ///< bytes that were printed before
  llvm::SmallVector<Value, 2> iterators; ///< that it goes on with
  /// Where in the log each step begins; of a walk that looks at items as often as it takes only the
  /// first.
  std::vector<size_t> steps;
};

} // namespace fraglint
