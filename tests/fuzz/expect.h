#pragma once
/// How a fuzz target says that something is not as it must be: it stops, so that libFuzzer keeps
/// the input.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <string>
#include <vector>

namespace fraglint {

inline void expect(bool holds, llvm::StringRef what) {
  if (holds)
    return;
  llvm::errs() << "not so: " << what << "\n";
  std::abort();
}

inline void expectNone(const std::vector<std::string> &complaints) {
  for (const std::string &complaint : complaints)
    expect(false, complaint);
}

} // namespace fraglint
