/// FRG402: a str or bytes is built by `+=` in a loop, with a copy of all of it at every pass.

#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/call_arguments.h"

#include "llvm/Support/Path.h"

namespace fraglint::rules {

namespace {

/// So many additions make no long text.
constexpr int64_t kFewPasses = 16;
/// How many names and calls on the way the length of a piece is followed.
constexpr unsigned kPieceDepth = 4;
/// Shorter pieces take more in a list, with their objects, than the text and its last copy:
/// measured by the smallest heap in which 8,192 characters are built on MicroPython 1.29.
constexpr int64_t kPieceForList = 128;

/// `while i < 8`, `while tries > 0`: a count from 0 up, or from its first value down.
Interval tripsOfTest(const SemanticModel &model, SyntaxNode test) {
  SyntaxNode name = test.firstChild();
  SyntaxNode op = name.nextSibling();
  if (test.kind() != NodeKind::ComparisonOperator || name.kind() != NodeKind::Identifier)
    return Interval::atLeast(0);
  Interval most = op.text().starts_with("<")   ? model.intervalOf(op.nextSibling())
                  : op.text().starts_with(">") ? model.intervalOf(name)
                                               : Interval::unknown();
  return most.hasHi() ? Interval{0, std::max<int64_t>(most.hi, 0)} : Interval::atLeast(0);
}

/// Passes that add to the same value: of the inner loop and those around it, up to the outermost
/// that is none that never ends.
Interval passesOf(const GrowingText &text, const Module &module) {
  const FunctionFlow &flow = module.flow(text.function);
  Interval passes = Interval::exactly(1);
  for (LoopId loop = text.innerLoop; loop != kNoId && flow.graph.isWithin(loop, text.loop);
       loop = flow.graph.loop(loop).parent) {
    LoopKind kind = flow.loops.kind(loop);
    if (flow.loops.neverEnds(loop))
      break;
    if (kind == LoopKind::Counted)
      passes = passes * flow.loops.trips(loop);
    else if (kind != LoopKind::Retry)
      passes =
          passes * tripsOfTest(module.model(), flow.graph.loop(loop).node.child(Field::Condition));
  }
  return passes;
}

/// The length of what is added; `uart.read(4)` is four at most.
// NOLINTNEXTLINE(misc-no-recursion): as deep as kPieceDepth
Interval pieceOf(const SemanticModel &model, SyntaxNode added, unsigned depth = kPieceDepth) {
  Interval length = model.lengthOf(added);
  if (depth == 0 || length.hasHi())
    return length;
  if (added.kind() == NodeKind::Await)
    return pieceOf(model, added.firstChild(), depth - 1);
  if (added.kind() == NodeKind::BooleanOperator)
    return pieceOf(model, added.child(Field::Left), depth - 1);
  if (SymbolId symbol = model.symbolOf(added); symbol != kNoId) {
    SyntaxNode value = model.soleValueOf(symbol);
    return value ? pieceOf(model, value, depth - 1) : length;
  }
  if (added.kind() != NodeKind::Call)
    return length;
  SyntaxNode callee = added.child(Field::Function);
  SyntaxNode first = CallArguments(added).get(0);
  if (callee.text() == "chr")
    return Interval::exactly(1);
  llvm::StringRef method = callee.child(Field::Attribute).text();
  if (method == "decode")
    return pieceOf(model, callee.child(Field::Object), depth - 1);
  if (Interval most = model.intervalOf(first);
      (method.starts_with("read") || method.starts_with("recv")) && most.isExact() && most.lo > 0)
    return {0, most.hi};
  return length;
}

/// The items of a `for` are the parts of a path or of a host's name: few, and short.
bool isOverParts(const GrowingText &text, const Module &module) {
  SyntaxNode items = module.flow(text.function).graph.loop(text.innerLoop).node.child(Field::Right);
  if (items.kind() == NodeKind::Subscript)
    items = items.child(Field::Value);
  const SemanticModel &model = module.model();
  if (SymbolId symbol = model.symbolOf(items); symbol != kNoId)
    items = model.soleValueOf(symbol);
  if (items.child(Field::Function).child(Field::Attribute).text() != "split")
    return false;
  std::optional<std::string> separator;
  if (SyntaxNode first = CallArguments(items).get(0))
    separator = model.stringOf(first);
  return separator == "/" || separator == ".";
}

/// Whether the text stays below what is large, as its length is compared with a constant.
bool isKeptShort(const GrowingText &text, const RuleContext &context) {
  for (SyntaxNode part : text.measure.children())
    if (Interval bound = context.module().model().intervalOf(part);
        bound.hasHi() && bound.hi < context.target().largeBytes())
      return true;
  return false;
}

/// Whether it is only built for somebody who looks for a fault.
bool isForDebugging(SyntaxNode node) {
  for (SyntaxNode up = node.parent(); up; up = up.parent())
    if (up.kind() == NodeKind::IfStatement) {
      llvm::StringRef test = up.child(Field::Condition).text();
      if (test.contains_insensitive("debug") || test.contains_insensitive("verbose"))
        return true;
    }
  return false;
}

/// `for _ in range(count)`, where whoever calls the function says how many: drivers read so many
/// registers, not a stream.
bool isCountedByCaller(const GrowingText &text, const Module &module) {
  if (text.innerLoop == kNoId || text.innerLoop != text.loop)
    return false;
  const SemanticModel &model = module.model();
  SyntaxNode items = module.flow(text.function).graph.loop(text.loop).node.child(Field::Right);
  SymbolId count = items.child(Field::Function).text() == "range"
                       ? model.symbolOf(CallArguments(items).get(0))
                       : kNoId;
  return count != kNoId && CallArguments(items).positionalCount() == 1 &&
         model.binding(model.symbol(count).bindings.front()).kind == BindingKind::Parameter;
}

/// Tests, by their names, run on a desktop or once.
bool isTestFile(const SourceFile &file) {
  llvm::StringRef path = file.path();
  return llvm::sys::path::filename(path).starts_with("test_") ||
         llvm::sys::path::filename(llvm::sys::path::parent_path(path)) == "tests";
}

/// Whether it gets longer without end: in a loop that never ends, or by calls from one.
bool growsForever(const GrowingText &text, const RuleContext &context) {
  if (text.isResetElsewhere || text.measure)
    return false;
  if (text.loop == kNoId)
    return context.heap().isHot(text.statement);
  return context.module().flow(text.function).loops.neverEnds(text.loop);
}

/// Whether a loop makes it long for all that the code shows.
bool growsLong(const GrowingText &text, const RuleContext &context) {
  if (text.innerLoop == kNoId || isOverParts(text, context.module()) || isKeptShort(text, context))
    return false;
  const FunctionFlow &flow = context.module().flow(text.function);
  bool isCounted = flow.loops.kind(text.innerLoop) == LoopKind::Counted;
  if (text.isConstant && isCounted && text.innerLoop == text.loop)
    return false; // an indentation
  if ((text.measure || text.isResetElsewhere) && !text.isFromOutside)
    return false;
  int64_t large = context.target().largeBytes();
  Interval passes = passesOf(text, context.module());
  Interval piece = pieceOf(context.module().model(), text.added);
  if (!passes.hasHi())
    return true;
  return passes.hi > kFewPasses && (passes * piece).lo >= large;
}

/// What copying costs by the time that the text is large on the target.
std::string costOf(const GrowingText &text, const RuleContext &context) {
  int64_t large = context.target().largeBytes();
  Interval piece = pieceOf(context.module().model(), text.added);
  std::string length = withThousands(large) + (text.isBytes ? " bytes" : " characters");
  int64_t copies = piece.hasHi() && piece.hi > 0 ? large / piece.hi : 0;
  if (copies < 2 || !text.further.empty())
    return "once it has " + length + ", each addition needs another run of more than " +
           withThousands(large) + " bytes beside it, and leaves the old one as garbage";
  Interval copied = Interval::atLeast(piece.hi * copies * (copies - 1) / 2);
  return "until it has " + length + ", in pieces of at most " + withThousands(piece.hi) +
         ", the old copies add up to " + ByteFigure::of(copied).text();
}

std::string adviceFor(const GrowingText &text, const SemanticModel &model) {
  Interval piece =
      text.further.empty() ? pieceOf(model, text.added) : Interval::atLeast(0); // of some
  bool areLong = piece.lo >= kPieceForList;
  bool areShort = piece.hi < kPieceForList;
  std::string ofLength = areLong ? "the pieces" : "pieces of 128 bytes or more";
  std::string list = ofLength + " in a list and join them once, `" + (text.isBytes ? "b" : "") +
                     "\"\".join(pieces)`";
  if (text.isBytes) {
    std::string array =
        "Make it a `bytearray`, which `+=` lengthens in place where room follows it "
        "and else moves (no key of a dict, and all its names see what is added)";
    return areShort ? array : array + ", or collect " + list;
  }
  if (areLong)
    return "Collect " + list + ", or write each out as it comes";
  std::string array =
      "a `bytearray`, which grows in place where room follows it and else moves, and "
      "make a text of it at the end, `str(buffer, \"utf-8\")`";
  return areShort ? "Write each piece out as it comes, or add it to " + array
                  : "Collect " + list + "; add shorter ones to " + array +
                        "; or write each out as it comes";
}

std::string messageFor(const GrowingText &text, bool isForever, const RuleContext &context) {
  std::string name = "`" + text.target.text().str() + "`";
  if (isForever)
    return name +
           " only ever gets longer, for the program never stops adding and nothing gives "
           "it a fresh value: every addition copies all of it, and " +
           costOf(text, context) +
           ". Write each piece out as it comes, or start anew at a fixed length";
  Interval passes = passesOf(text, context.module());
  std::string number = passes.hasHi() ? "which are " + withThousands(passes.hi) + " at most"
                                      : "whose number is not known here";
  return name + " is copied whole by every addition on the passes of this loop, " + number + ": " +
         costOf(text, context) + ". " + adviceFor(text, context.module().model());
}

void check(const GrowingText &text, RuleContext &context) {
  if (text.statement.enclosing(NodeKind::ExceptClause) || isTestFile(context.file()))
    return;
  bool isForever = growsForever(text, context);
  if (!isForever && !growsLong(text, context))
    return;
  Diagnostic &finding = context.report(text.statement, messageFor(text, isForever, context));
  bool isDoubtful =
      !isForever && (!text.isFromOutside || isCountedByCaller(text, context.module()));
  if (isDoubtful || context.target().hasPsram() || isForDebugging(text.statement))
    finding.severity = Severity::Note;
  if (text.loop != kNoId) {
    SyntaxNode loop = context.module().flow(text.function).graph.loop(text.loop).node;
    finding.notes.push_back(context.note(loop.firstChild(), "the loop is here"));
  }
  for (SyntaxNode addition : text.further)
    finding.notes.push_back(context.note(addition, "this copies it, too"));
}

} // namespace

extern const Rule string_built_in_loop;
const Rule string_built_in_loop = {
    .name = "string-built-in-loop",
    .code = "FRG402",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A str or bytes is built by `+=` in a loop, with a copy of all of it at each pass",
    .rationale =
        R"(Neither str nor bytes can be lengthened in place: `s += x` asks for one run of the whole new
length, copies, and leaves the old one behind as garbage. A text of n equal pieces leaves about n²/2
times the length of a piece, and its last copies need long runs just when the earlier ones fill the heap.

Flagged: `s += x` and `s = s + x` of a str or bytes, by name or `self.x`, in a loop whose number of
passes the code does not show, or with known passes that surely make it large; and in a loop that
never ends, also through calls, where nothing ever gives the name a fresh value. A warning where
what is added was read from a file, a stream, a bus or a response, or where it grows without end.
Else a note, also where the caller says how many pieces to read, somebody types them, or the
board has external RAM. A loop that adds to one name at several places is told of once.

Silent: up to 16 passes; names that the same loop sets anew or cuts back; texts whose length is
compared with a bound, or which another function cuts or empties, unless they come from outside;
constants that a counted loop adds, such as an indentation; the parts of a path; `except` bodies;
tests; lists and `bytearray`, which grow in place where room follows them; numbers; names whose type
is not known.)",
    .bad = R"(import board
import busio

uart = busio.UART(board.TX, board.RX)
answer = b""
while not answer.endswith(b"OK"):
    answer += uart.read(16) or b""
print(answer)
)",
    .good = R"(import board
import busio

uart = busio.UART(board.TX, board.RX)
answer = bytearray()
while not answer.endswith(b"OK"):
    answer += uart.read(16) or b""
print(answer)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
