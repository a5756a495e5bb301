#pragma once
/// How much a program keeps: what grows from pass to pass, in itself or in number, makes it more.

#include "evaluator/object_heap.h"

#include "llvm/ADT/DenseMap.h"

namespace fraglint {

/// Items that a container has at most; Interval::kNoHi where that is not known, and 0 for what is
/// none.
int64_t mostItemsOf(const Object &object);

/// Bytes of all that values refer to, and lengths of containers, which grow before their room does.
/// Of values that may be meant the largest counts; what is shared counts each time. No measure of
/// memory: it only compares with that of another time.
class StateSize {
public:
  /// `versions`: of objects, in place of what they are now; null: none. Both must outlive this.
  StateSize(const ObjectHeap &heap, const ObjectHeap::Changes *versions)
      : heap_(heap), versions_(versions) {}

  /// Of all values that the roots give.
  int64_t of(ObjectHeap::Roots roots);

private:
  int64_t ofValue(Value value);
  int64_t ofObject(const Object &object);

  const ObjectHeap &heap_;
  const ObjectHeap::Changes *versions_;
  llvm::DenseMap<ObjectId, int64_t> known_; ///< 0 while it is reckoned: cycles end there
};

} // namespace fraglint
