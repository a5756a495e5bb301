#pragma once
/// What the analysis found that rules are about. Each fact names its node; rules subscribe to
/// one kind of fact and none walks the tree.

#include "heap/allocation_cost.h"
#include "heap/label_cost.h"
#include "heap/label_text.h"
#include "semantic/control_flow_graph.h"
#include "semantic/scope.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace fraglint {

/// What an allocation makes.
enum class AllocationKind : uint8_t {
  Buffer,    ///< bytearray, bytes(n), array, `[x] * n`, Bitmap, ulab arrays, slices of these
  Container, ///< list, dict, set and their comprehensions
  Text,      ///< strings built at run time
  LabelText, ///< what a label draws of a text that it is given: glyph tiles, or a bitmap
  Document,  ///< a whole file, response or decoded JSON
  Image,     ///< an image or font loaded into RAM
  Object,    ///< any other object of a known library type
};

/// One expression that asks the allocator for memory.
struct AllocationSite {
  SyntaxNode node; ///< the expression
  AllocationKind kind = AllocationKind::Object;
  FunctionId function = kModuleBody; ///< whose code it is
  /// What it makes, for messages: `bytearray`, `displayio.Bitmap`, `list of 256 items`.
  std::string what;
  AllocationCost cost;
  /// The expression whose value alone says how many items it gets (`n` of `bytearray(n)`, of
  /// `[0] * n`, of `a[i:i + n]`); null where there is no such one.
  SyntaxNode size;
  SyntaxNode label; ///< of a LabelText: the call that made the label; null where not seen
  /// Size not shown by the code but large in practice (rules.md "Presumed large").
  bool presumedLarge = false;
  /// What is made on the way to it, and is garbage at once, is large in practice, too: the raw body
  /// of a decoded response.
  bool leavesLarge = false;
  /// The library that made it keeps a reference of its own (the session of `adafruit_requests`
  /// its last response, with the document decoded from it): dropping a name frees nothing.
  bool heldByLibrary = false;
};

/// A `del x`, `del self.x`, `x = None` or `self.x = None`.
struct Deletion {
  SyntaxNode statement;
  SyntaxNode target; ///< the name or attribute
  SymbolId symbol = kNoId; ///< of the target
  FunctionId function = kModuleBody;
};

/// A text given to a label of `adafruit_display_text`: `status.text = …`, also one of several
/// targets. Setting equal text does nothing (since release 3.2.1).
struct LabelWrite {
  SyntaxNode statement; ///< the assignment, plain or augmented
  SyntaxNode target; ///< the attribute `….text`
  SyntaxNode value; ///< null where several values are unpacked from one
  bool adds = false; ///< `+=`
  FunctionId function = kModuleBody;
  LabelStyle style;
  LabelText text; ///< that is set
  LabelCost cost; ///< of one change
  llvm::SmallVector<SyntaxNode, 1> constructors; ///< calls that made the label, where seen
};

/// A str or bytes that passes of a loop make longer, by `s += x` or `s = s + x`, without giving it
/// a fresh value in between. Neither is ever lengthened in place: each addition asks for one run
/// of the whole new length, and the copy before becomes garbage (measured on both firmwares).
struct GrowingText {
  SyntaxNode statement; ///< the first assignment that adds more than a constant, else the first
  SyntaxNode target; ///< the name or `self.x`
  SyntaxNode added; ///< what it adds; of `s = s + x + y` the whole right side
  SymbolId symbol = kNoId;
  FunctionId function = kModuleBody;
  /// The outermost loop of the function whose passes add to the same value; kNoId where calls do.
  LoopId loop = kNoId;
  LoopId innerLoop = kNoId; ///< the innermost loop whose passes come to the statement repeatedly
  bool isBytes = false; ///< else a str
  bool isConstant = false; ///< all additions are constants
  /// What is added comes from a file, a stream, a bus or a response, as the names of calls tell.
  bool isFromOutside = false;
  SyntaxNode measure; ///< a comparison of its length (`len(s) < 80`); null where there is none
  /// A function other than this one gives it a fresh value, or deletes it.
  bool isResetElsewhere = false;
  llvm::SmallVector<SyntaxNode, 2> further; ///< the loop's other additions, in source order
};

/// A call of a function of the module.
struct CallSite {
  SyntaxNode call;
  FunctionId caller = kModuleBody; ///< whose code it is
  FunctionId callee = kModuleBody;
};

/// A `while` or `for` statement.
struct Loop {
  SyntaxNode node;
  FunctionId function = kModuleBody; ///< whose code it is
  LoopId id = kNoId; ///< in the function's control-flow graph
};

/// A file, or a part of it, that is not valid Python.
struct SyntaxFault {
  TextRange range;
  std::string message;
};

/// A file that could not be read or was cut off by a limit.
struct SkippedFile {
  std::string reason;
};

/// A suppression comment that is unknown, unused or lacks its reason.
struct SuppressionFault {
  TextRange range; ///< what is at fault
  std::string message;
  TextRange removal; ///< what a fix takes out; empty where there is none
};

} // namespace fraglint
