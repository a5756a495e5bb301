#pragma once
/// One finding as a JSON object.

#include "lint/diagnostic.h"

#include "llvm/Support/JSON.h"

namespace fraglint {

/// Lines and columns from 1, columns in code points, ends one past the last character; `null`
/// for a cost, a bound or a fix that is not there.
void writeFinding(llvm::json::OStream &json, const Diagnostic &diagnostic);

} // namespace fraglint
