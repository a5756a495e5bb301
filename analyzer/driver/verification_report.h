#pragma once
/// Estimates beside measurements, as text and as JSON (`fraglint-verify/1`).

#include "verify/verification.h"

#include "llvm/Support/raw_ostream.h"

namespace fraglint {

void writeVerificationText(const VerificationReport &report, llvm::raw_ostream &os);
void writeVerificationJson(const VerificationReport &report, llvm::raw_ostream &os);

} // namespace fraglint
