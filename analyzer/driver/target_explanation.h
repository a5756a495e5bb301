#pragma once
/// `check --explain-target`: which board each program is judged for, and what says so.

#include "driver/check_files.h"
#include "driver/console.h"

namespace fraglint {

/// A line for each program among the files, in their order; a file of several programs is judged in
/// each of them.
void explainTargets(const CheckFiles &files, Console &console);

} // namespace fraglint
