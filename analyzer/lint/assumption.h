#pragma once
/// Assumptions of the command line (`--assume FILE:LINE=N`): from text, and against the files.

#include "semantic/contract.h"
#include "text/source_file.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace fraglint {

/// Reads `FILE:LINE=N`.
llvm::Expected<Assumption> readAssumption(llvm::StringRef text);

/// Fails where an assumption is about no file of these, or about a line of it that has no
/// statement, one a line, each with the nearest that there is.
llvm::Error assumptionsMistake(llvm::ArrayRef<Assumption> assumptions,
                               llvm::ArrayRef<std::string> paths);

} // namespace fraglint
