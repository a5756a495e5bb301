#pragma once
/// A pseudoterminal for tests of ports.

#include "device/file_descriptor.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <stdlib.h>

#include <string>

namespace fraglint {

/// The near end of a pseudoterminal, and the path of the far one.
struct Terminal {
  Terminal() : near(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    EXPECT_EQ(0, ::grantpt(near.number()));
    EXPECT_EQ(0, ::unlockpt(near.number()));
    path = ::ptsname(near.number());
  }
  FileDescriptor near;
  std::string path;
};

} // namespace fraglint
