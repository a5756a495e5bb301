#include "measure/measurement.h"

#include <numeric>

namespace fraglint {

uint64_t ExecutionCost::blocks() const {
  return std::accumulate(requests.begin(), requests.end(), uint64_t{0});
}

} // namespace fraglint
