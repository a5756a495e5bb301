#pragma once
/// What the tests of ports read and expect.

#include "device/port.h"

#include <gtest/gtest.h>

#include <string>

namespace fraglint {

/// For what must happen on any machine, however busy: reaching it is a failure.
inline Deadline soon() { return deadlineIn(Milliseconds(20000)); }

/// The next `size` bytes, or fewer where they do not come.
inline std::string readText(Port &port, size_t size) {
  std::string text(size, '\0');
  size_t done = 0;
  while (done < size) {
    size_t count = llvm::cantFail(
        port.read(llvm::MutableArrayRef<char>(text.data() + done, size - done), soon()));
    if (count == 0)
      break;
    done += count;
  }
  text.resize(done);
  return text;
}

inline std::string errorOf(llvm::Error error) { return llvm::toString(std::move(error)); }
/// Empty where there is none.
template <typename Value> std::string errorOf(llvm::Expected<Value> value) {
  return value ? "" : llvm::toString(value.takeError());
}

} // namespace fraglint
