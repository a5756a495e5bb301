#pragma once
/// Points in time by which something must have happened. Every wait of this layer has one.

#include <chrono>

namespace fraglint {

using Milliseconds = std::chrono::milliseconds;
using Deadline = std::chrono::steady_clock::time_point;

inline Deadline deadlineIn(Milliseconds time) { return std::chrono::steady_clock::now() + time; }
inline bool hasPassed(Deadline deadline) { return std::chrono::steady_clock::now() >= deadline; }

} // namespace fraglint
