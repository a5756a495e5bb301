#include "measure/measurement.h"

#include <numeric>

namespace fraglint {

uint64_t ExecutionCost::blocks() const {
  return std::accumulate(requests.begin(), requests.end(), uint64_t{0});
}

llvm::StringRef reasonOf(NotMeasured why) {
  switch (why) {
  case NotMeasured::HeapTooSmall:
    return "with collection off it does not fit into the heap";
  case NotMeasured::WithCaller:
    return "it is measured with what calls it: there is no room for points within";
  case NotMeasured::No:
  case NotMeasured::CutOff:
    break;
  }
  return "it was stopped in its first execution";
}

} // namespace fraglint
