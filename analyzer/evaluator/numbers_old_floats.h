#pragma once
/// Floats as text as firmware before MicroPython 1.27, and CircuitPython, writes them.

#include "heap/firmware_profile.h"

#include <string>

namespace fraglint {

/// Of a finite `value` that is not negative, in no more than `room` characters.
std::string oldFloatText(const FirmwareProfile &profile, double value, int room, char format,
                         int precision);

} // namespace fraglint
