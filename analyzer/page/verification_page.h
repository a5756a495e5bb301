#pragma once
/// `fraglint verify --format html`: estimates against measurements as a plot, and the worst rows
/// first. One page that needs nothing beside itself, no script either.

#include "text/source_file.h"
#include "verify/verification.h"

#include "llvm/Support/raw_ostream.h"

namespace fraglint {

/// `source` is the program that was measured.
void writeVerificationPage(const VerificationReport &report, const SourceFile &source,
                           llvm::raw_ostream &os);

} // namespace fraglint
