#pragma once
/// The program `git`, asked about a repository. It changes nothing there.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

class Git {
public:
  /// Runs in that folder. Fails where git is not there, or nothing can be written.
  static llvm::Expected<std::unique_ptr<Git>> open(std::string folder);
  ~Git();
  Git(const Git &) = delete;
  Git &operator=(const Git &) = delete;

  /// What it prints; fails with the first line of what it complains.
  llvm::Expected<std::string> run(const std::vector<std::string> &words,
                                  llvm::StringRef input = "");
  /// The id of the commit that a revision means; nothing where there is none.
  std::optional<std::string> commit(llvm::StringRef revision);
  /// The bytes of files named `COMMIT:PATH`, in their order; nothing for what is no file.
  llvm::Expected<std::vector<std::optional<std::string>>>
  blobs(const std::vector<std::string> &names);

private:
  Git() = default;

  std::string program_;
  std::string folder_;
  std::string scratch_; ///< folder of what it reads and writes
};

/// The names in an answer that was asked for by `-z`.
std::vector<llvm::StringRef> namesIn(llvm::StringRef answer);

} // namespace fraglint
