#pragma once
/// What `fraglint heap --diff` compares with: the same program in another place, or as it was at a
/// revision of its git repository.

#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace fraglint {

/// Where the program's entry is. What was read out of a repository lies in a folder of its own,
/// which goes with this.
class HeapBase {
public:
  /// `base`: a file, a folder that holds a file of the entry's name, or a git revision. Fails where
  /// it is none of these.
  static llvm::Expected<std::unique_ptr<HeapBase>> find(const std::string &entry,
                                                        const std::string &base);
  ~HeapBase();
  HeapBase(const HeapBase &) = delete;
  HeapBase &operator=(const HeapBase &) = delete;

  const std::string &entry() const { return entry_; }

private:
  HeapBase() = default;
  llvm::Error readRevision(const std::string &entry, const std::string &revision);

  std::string entry_;
  std::string temporary_; ///< folder; empty: none
};

} // namespace fraglint
