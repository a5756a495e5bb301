#pragma once
/// What the words of a page mean, for who reads one for the first time.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace fraglint {

struct Word {
  llvm::StringLiteral word;
  llvm::StringLiteral meaning; ///< what stands between backquotes is code
};

/// The heap, how it is given out and taken back.
extern const llvm::ArrayRef<Word> kHeapWords;
/// How far a figure goes.
extern const llvm::ArrayRef<Word> kTagWords;
/// When something happens in a program, and where it may lie.
extern const llvm::ArrayRef<Word> kEvaluationWords;
/// What comes of a measurement.
extern const llvm::ArrayRef<Word> kVerificationWords;

/// Folded up until they are asked for.
void writeWords(llvm::ArrayRef<llvm::ArrayRef<Word>> groups, llvm::raw_ostream &os);

} // namespace fraglint
