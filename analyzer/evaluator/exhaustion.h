#pragma once
/// What a program does about running out of memory.

#include "evaluator/request_log.h"

#include <cstdint>

namespace fraglint {

/// Whether some handler may catch the MemoryError of a request at `site`, in its own function or in
/// those on the way there (an index into RequestLog::calls): the program then goes on, by a way
/// that is not foretold. A task of `asyncio` that fails ends alone.
bool mayCatchExhaustion(const RequestLog &log, SyntaxNode site, uint32_t callPath);

} // namespace fraglint
