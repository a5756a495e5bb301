#pragma once
/// What the tests of processes look for.

#include <sys/wait.h>

#include <cerrno>

namespace fraglint {

/// Whether nothing that this process started is left, neither running nor waiting to be reaped.
inline bool hasNoChild() { return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD; }

} // namespace fraglint
