#pragma once
/// A word to the user when the tool itself breaks: never a silent end.

#include "llvm/ADT/StringRef.h"

namespace fraglint {

/// From now on a crash ends the process with ExitStatus::Failed and one line on standard error
/// that names the file in work. Call once, early.
void installCrashMessages();

/// Names the file that this thread works on, as long as it lives. The text must outlive it.
class CrashContext {
public:
  explicit CrashContext(llvm::StringRef path);
  ~CrashContext();
  CrashContext(const CrashContext &) = delete;
  CrashContext &operator=(const CrashContext &) = delete;
};

} // namespace fraglint
