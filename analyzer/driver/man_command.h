#pragma once
/// `fraglint man`: the manual page, from the same definitions as `--help` and completions.

#include "driver/console.h"
#include "driver/exit_status.h"

namespace fraglint {

ExitStatus runMan(Console &console);

} // namespace fraglint
