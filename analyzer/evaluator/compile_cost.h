#pragma once
/// What loading a program's file asks of the heap before its first statement runs: reading,
/// parsing and compiling it, in the order of the firmware (py/lexer.c, parse.c, compile.c, scope.c,
/// emitbc.c and qstr.c of MicroPython 1.29).

#include "evaluator/code.h"
#include "heap/firmware_profile.h"
#include "semantic/interval.h"
#include "syntax/syntax_tree.h"

namespace fraglint {

struct CompileCost {
  Interval contiguous = Interval::exactly(0); ///< bytes of the largest hard request
  /// Bytes of blocks in use at the worst moment. What the firmware itself holds from its start is
  /// in it where that is known: on the engines.
  Interval peakLive = Interval::exactly(0);
  /// Bytes of blocks that stay in use: code, constants, names; what the firmware holds, too.
  Interval kept = Interval::exactly(0);
  Interval names = Interval::exactly(0); ///< interned because of the file, and before it
  /// Bytes by which the parser's stacks have grown at last, beyond what is usual: each time they
  /// move, and what is made meanwhile lies in the hole.
  int64_t moved = 0;
  int64_t requested = 0; ///< about as many bytes are asked for over all
};

/// Bytes from the beginning of an empty heap that compiling may reach, with the holes that it
/// leaves: of what is in use at its worst moment, which must be known, and what moved.
int64_t compileExtent(Interval peakLive, int64_t moved);

/// What the unix port holds from its start is in the figures. Those of boards begin with what is
/// free when a program starts.
CompileCost compileCost(const SyntaxTree &file, const Code &code, const FirmwareProfile &profile);
/// The same of a file that a running program imports, when so many names are known: beside what is
/// in use then. Some of its names are known already, perhaps all.
CompileCost importCost(const SyntaxTree &file, const Code &code, const FirmwareProfile &profile,
                       Interval names);

} // namespace fraglint
