#pragma once
/// All objects of an evaluation, and what they ask of the allocator. Changes can be taken back, so
/// that both arms of a test that is not known can be evaluated and joined.

#include "evaluator/object.h"
#include "evaluator/request_log.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Casting.h"

#include <deque>
#include <memory>
#include <vector>

namespace fraglint {

/// Hears of each request, in order, while the objects are as they are at that moment.
class HeapObserver {
public:
  virtual ~HeapObserver() = default;
  virtual void onEvent(const HeapEvent &event) = 0;
};

class ObjectHeap {
public:
  /// Versions of changed objects: what is needed to take changes back, or to do them again.
  using Changes = llvm::DenseMap<ObjectId, std::unique_ptr<Object>>;

  ObjectHeap();

  /// A new object without runs. The reference stays valid until the object is collected.
  template <class T> T &make() {
    auto made = std::make_unique<T>();
    T &object = *made;
    add(std::move(made));
    return object;
  }

  const Object &operator[](ObjectId id) const { return *objects_[id]; }
  /// The object, to be changed.
  Object &change(ObjectId id);
  /// The object that a value refers to where it is a T, else null.
  template <class T> const T *get(Value value) const {
    return value.isObject() ? llvm::dyn_cast<T>(objects_[value.asObject()].get()) : nullptr;
  }
  /// The same, to be changed.
  template <class T> T *change(Value value) {
    return get<T>(value) ? static_cast<T *>(&change(value.asObject())) : nullptr;
  }

  // --- What the firmware's C code does. Bytes as asked for.

  Run request(Interval bytes) { return request(bytes, Asking()); }
  Run request(int64_t bytes) { return request(Interval::exactly(bytes)); }
  /// One whose failure is absorbed.
  Run requestSoft(int64_t bytes) { return requestSoft(Interval::exactly(bytes)); }
  Run requestSoft(Interval bytes) { return request(bytes, {.isHard = false}); }
  /// A longer run for what lies in `old`, which its owner gives back when all is moved.
  Run requestLonger(const Run &old, Interval bytes);
  /// The same where it is not known whether it is asked for; `bytes`, if it is.
  Run requestLongerPerhaps(const Run &old, Interval bytes);
  /// `m_renew`: longer or shorter; nothing where the number of blocks stays.
  void resize(Run &run, Interval bytes, bool isHard = true);
  void resize(Run &run, int64_t bytes) { resize(run, Interval::exactly(bytes)); }
  /// `m_free`; the run is none then. Nothing where it is none already.
  void release(Run &run);
  /// A request whose result nothing refers to when the operation is over: garbage.
  void discard(int64_t bytes) { request(bytes); }
  /// `gc.collect()`.
  void collect();

  // --- Reachability.

  /// Gives every value that the program can reach without going through another object.
  using Roots = llvm::function_ref<void(const ObjectVisitor &visitor)>;
  /// Gives each run that can be reached, once.
  void visitReachable(Roots roots, llvm::function_ref<void(const Run &)> take) const;

  // --- What the firmware's C code holds on its stack.

  /// Runs that were asked for since the mark, in order: an operation under way may hold them.
  size_t pendingMark() const { return pending_.size(); }
  void forgetPending(size_t mark) { pending_.resize(mark); }
  llvm::ArrayRef<Run> pending() const { return pending_; }

  // --- Forks.

  /// From here on changes can be taken back.
  void fork();
  /// Takes back what changed since the last fork(), which stays open, and gives the versions
  /// that were.
  Changes rewind();
  /// Puts versions that rewind() gave into force, as changes since the last fork().
  void apply(Changes versions);
  /// Ends the last fork(); what changed since stays changed. Gives what was before.
  Changes close();
  /// Versions of what changed since each fork() that is open, as they were: the innermost last.
  std::vector<std::pair<ObjectId, std::unique_ptr<Object>>> changesOfForks() const;
  bool isForked() const { return !forks_.empty(); }

  void setObserver(HeapObserver *observer) { observer_ = observer; }
  uint32_t blockBytes() const { return blockBytes_; }
  /// Bytes of the blocks that so many bytes take.
  int64_t inBlocks(int64_t bytes) const {
    return bytes == Interval::kNoHi ? bytes : (bytes + blockBytes_ - 1) / blockBytes_ * blockBytes_;
  }
  Interval inBlocks(Interval bytes) const { return {inBlocks(bytes.lo), inBlocks(bytes.hi)}; }
  void setBlockBytes(uint32_t bytes) { blockBytes_ = bytes; }
  size_t size() const { return objects_.size(); }
  /// Changes of objects so far.
  uint64_t changes() const { return changes_; }
  /// Whether an object of those before `end` has changed since there were so many, others than
  /// these.
  bool hasChanged(ObjectId end, uint64_t since, llvm::ArrayRef<Value> others) const;

private:
  struct Fork {
    Changes before; ///< of each object that has changed since
    ObjectId firstNew = 0;
  };

  void add(std::unique_ptr<Object> object);
  struct Asking {
    bool isHard = true;
    bool isSure = true;
    uint32_t lineage = 0; ///< 0: it begins one
  };
  Run request(Interval bytes, Asking how);
  void emit(EventKind kind, const Run &run, Interval before, Asking how);

  std::vector<std::unique_ptr<Object>> objects_; ///< by id; [0] is none
  std::deque<Fork> forks_;
  std::vector<Run> pending_;
  HeapObserver *observer_ = nullptr;
  mutable uint32_t walks_ = 0; ///< over all that can be reached, so far
  uint64_t changes_ = 0;
  uint32_t lastRun_ = 0;
  uint32_t blockBytes_ = 16;
};

} // namespace fraglint
