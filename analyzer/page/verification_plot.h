#pragma once
/// Estimates against measurements, both in bytes and by doublings: what is equal lies on the
/// diagonal, what is bounded is a bar across it.

#include "verify/verification.h"

#include "llvm/Support/raw_ostream.h"

namespace fraglint {

/// Of all runs; rows that were not measured are left out, and equal ones drawn once.
void drawVerification(const VerificationReport &report, llvm::raw_ostream &os);

} // namespace fraglint
