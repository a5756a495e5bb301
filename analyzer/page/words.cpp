#include "page/words.h"

#include "page/markup.h"

namespace fraglint {

namespace {

constexpr Word kOfHeap[] = {
    {"heap", "The part of the board's memory in which all lies that a program makes while it runs: "
             "texts, lists, buffers, pictures."},
    {"block, run", "The heap is given out in blocks of equal size. A run is blocks side by side."},
    {"request",
     "Code asks for one run of so many bytes. Nothing that lies on the heap is "
     "moved to close gaps, so a request fails with MemoryError where no free run is long enough, "
     "though enough may be free in all."},
    {"in use, garbage, collection",
     "In use is what the program can still reach. What it cannot is garbage, and stays taken until "
     "a collection gives it back: by `gc.collect()`, when a request finds no run, or after as many "
     "bytes as `gc.threshold()` says; CircuitPython also collects after it has imported a file, "
     "and "
     "before it runs the program."},
};
constexpr Word kOfTags[] = {
    {"exact", "The firmware asks for that, to the byte."},
    {"bounded", "No less than the first figure, and no more than the second."},
    {"at-least", "No less; nothing bounds it, and it is said why."},
    {"unknown", "May be anything; it is said why."},
};
constexpr Word kOfEvaluation[] = {
    {"load, set-up, pass",
     "Load: the program is compiled. Set-up: what runs before the loop that never ends. Pass: once "
     "through that loop."},
    {"largest run", "The longest run that is asked for: what must be free in one piece."},
    {"most in use", "Bytes that are in use at once: what must be free in all."},
    {"one possible layout",
     "Where small objects lie depends on when collections come. What is drawn is one way in which "
     "it can go, not the only one."},
    {"request whose failure is absorbed",
     "The firmware goes on without it: frames of functions and parts of tracebacks."},
};
constexpr Word kOfVerification[] = {
    {"foretold, measured",
     "Foretold is what fraglint says of a statement without running it; measured is what the "
     "statement asked for on a real interpreter, read from the map of its heap."},
    {"equal, inside", "An exact figure that was measured, or a measurement between the bounds."},
    {"outside", "The measurement contradicts the estimate: a mistake of fraglint."},
    {"not measurable", "The measurement cannot show it; the row says why."},
};

} // namespace

const llvm::ArrayRef<Word> kHeapWords = kOfHeap;
const llvm::ArrayRef<Word> kTagWords = kOfTags;
const llvm::ArrayRef<Word> kEvaluationWords = kOfEvaluation;
const llvm::ArrayRef<Word> kVerificationWords = kOfVerification;

void writeWords(llvm::ArrayRef<llvm::ArrayRef<Word>> groups, llvm::raw_ostream &os) {
  os << "<details class=\"words\">\n<summary>What the words mean</summary>\n<dl>\n";
  for (llvm::ArrayRef<Word> group : groups)
    for (const Word &one : group)
      os << "<dt>" << one.word << "</dt><dd>" << proseMarkup(one.meaning) << "</dd>\n";
  os << "</dl>\n</details>\n";
}

} // namespace fraglint
