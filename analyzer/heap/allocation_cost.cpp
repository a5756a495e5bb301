#include "heap/allocation_cost.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

#include <algorithm>

namespace fraglint {

llvm::StringRef tagName(CostTag tag) {
  switch (tag) {
  case CostTag::Exact:
    return "exact";
  case CostTag::Bounded:
    return "bounded";
  case CostTag::AtLeast:
    return "at-least";
  case CostTag::Unknown:
    return "unknown";
  }
  llvm_unreachable("all tags are listed");
}

std::string withThousands(int64_t value) {
  std::string digits = std::to_string(value);
  size_t first = digits[0] == '-' ? 1 : 0;
  for (size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

ByteFigure ByteFigure::of(Interval bytes) {
  if (bytes.isExact())
    return {bytes, CostTag::Exact};
  if (bytes.hasLo() && bytes.hasHi())
    return {bytes, CostTag::Bounded};
  if (bytes.hasLo() && bytes.lo > 0)
    return {bytes, CostTag::AtLeast};
  return {bytes, CostTag::Unknown};
}

std::string ByteFigure::text() const {
  auto count = [](int64_t n) { return withThousands(n) + (n == 1 ? " byte" : " bytes"); };
  switch (tag) {
  case CostTag::Exact:
    return "exactly " + count(bytes.lo);
  case CostTag::Bounded:
    return withThousands(bytes.lo) + " to " + count(bytes.hi);
  case CostTag::AtLeast:
    return "at least " + count(bytes.lo);
  case CostTag::Unknown:
    return "an unknown number of bytes";
  }
  llvm_unreachable("all tags are listed");
}

ByteFigure AllocationCost::contiguous() const {
  Interval largest = Interval::exactly(0);
  for (const Request &request : requests)
    if (request.hard)
      largest = {std::max(largest.lo, request.bytes.lo), std::max(largest.hi, request.bytes.hi)};
  return ByteFigure::of(largest);
}

ByteFigure AllocationCost::taken() const { return ByteFigure::of(retained + garbage); }

} // namespace fraglint
