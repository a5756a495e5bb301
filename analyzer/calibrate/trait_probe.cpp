#include "calibrate/trait_probe.h"

#include "evaluator/evaluation.h"
#include "lint/target_file.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cassert>

namespace fraglint {

namespace {

using enum ProbeKind;

// Requests that differ are of different numbers of blocks at both widths of the word. What old
// firmware may lack (`bytes.decode`) would answer as an exception does.
constexpr TraitProbe kProbes[] = {
    {"traits.folds-declared", Shown, "from micropython import const",
     "class A:\n _B = const(5)\nprint(hasattr(A, '_B'))"},
    {"traits.folds-tuples", Taken, "", "t = (1, 2, 3)"},
    {"traits.folds-floats", Taken, "", "t = 2.5 * 3.5"},
    {"traits.folds-math-constants", Taken, "import math", "t = math.pi * 2.5"},
    {"traits.assigns-without-tuple", Taken, "x = 1\ny = 2", "x, y = y, x"},
    {"traits.keeps-slices-on-stack", Taken, "x = bytearray(8)", "t = x[1:3]"},
    // The tuple that has been asked for stays where no item comes.
    {"traits.zips-items-first", Taken, "def r():\n raise ValueError\n yield 1\nx = zip(r())",
     "try:\n next(x)\nexcept ValueError:\n pass"},
    {"traits.halves-factorials", Taken, "import math", "t = math.factorial(40)"},
    {"traits.packs-texts", Taken,
     "t = None\nx = 0\ntry:\n 1 // x\nexcept ZeroDivisionError as e:\n t = e", "x = t.args"},
    {"traits.reports-in-detail", Shown, "", "try:\n int('q')\nexcept ValueError as e:\n print(e)"},
    {"traits.extends-by-any-items", Shown, "", "b = bytearray()\nb.extend([1, 2])\nprint(len(b))"},
    {"traits.closes-documents", Shown, "",
     "import json\ntry:\n print(len(json.loads('[1')))\nexcept ValueError:\n print('refused')"},
    {"traits.knows-signed-bytes", Shown, "", "print((-1).to_bytes(2, 'little'))"},
    {"traits.formats-underscores", Shown, "", "print('{:_}'.format(12345))"},
    {"traits.formats-characters", Shown, "", "print(len('{:c}'.format(233).encode()))"},
    {"traits.shows-characters", Shown, "", "print(len(repr('\\xe9')))"},
    {"traits.centers-characters", Shown, "", "print(len('\\xe9\\xe9'.center(4)))"},
    {"traits.knows-encodings", Shown, "", "print(str(b'a', 'nope'))"},
    {"traits.handles-decoding-errors", Shown, "", "print(len(str(b'a\\xff', 'utf-8', 'ignore')))"},
    {"traits.prints-floats-exactly", Shown, "",
     "print(1e23, 2.0 / 3.0, 1.1e-7, 100.1 * 3.0, 123456.789e3)"},
    {"traits.rounds-word-floats", Shown, "", "print('%.12g %.12g' % (1.0 / 3.0, 0.7 * 0.9))"},
    {"traits.says-divide-by-zero", Shown, "",
     "try:\n 1 // 0\nexcept ZeroDivisionError as e:\n print(e)"},
};

std::string indented(llvm::StringRef code) {
  std::string text;
  for (llvm::StringRef line : llvm::split(code, '\n'))
    if (!line.empty())
      text += (" " + line + "\n").str();
  return text;
}

/// `!` in place of a traceback.
std::string shownProgram(llvm::StringRef code) {
  return "try:\n" + indented(code) + "except Exception:\n print('!')\n";
}

/// The code between calls of a function that marks where it is: it asks for one run.
constexpr llvm::StringLiteral kMark = "m = 1\n"
                                      "def A():\n"
                                      " return m, m\n"
                                      "def f():\n";
constexpr uint32_t kMarkLine = 3;

struct MarkedProgram {
  std::string text;
  uint32_t lastLine = 0; ///< of the second call, 1-based
};

MarkedProgram markedProgram(const TraitProbe &probe) {
  MarkedProgram program;
  program.text =
      kMark.str() + indented(probe.setUp) + " a = A()\n" + indented(probe.code) + " b = A()\n";
  program.lastLine = static_cast<uint32_t>(llvm::count(program.text, '\n'));
  program.text += "f()\n";
  return program;
}

uint32_t lineOf(const HeapEvent &event) {
  return event.site ? event.site.tree().file().lines().lineAt(event.site.range().begin) + 1 : 0;
}

/// Bytes of the whole blocks that are asked for between the marks and not given back there; nothing
/// where they are not known.
std::optional<int64_t> takenBetweenMarks(const RequestLog &log, uint32_t lastLine,
                                         int64_t blockBytes) {
  llvm::DenseMap<uint32_t, int64_t> runs;
  unsigned marks = 0;
  for (const HeapEvent &event : log.events) {
    uint32_t line = lineOf(event);
    if (line == kMarkLine && event.kind == EventKind::Request)
      ++marks;
    else if (marks != 1 || line == lastLine) // the frame of the second call
      continue;
    else if (event.mayNotHappen || !event.bytes.isExact())
      return std::nullopt;
    else if (event.kind == EventKind::Free)
      runs.erase(event.run);
    else if (event.kind != EventKind::Collect)
      runs[event.run] = static_cast<int64_t>(llvm::alignTo(event.bytes.lo, blockBytes));
  }
  int64_t taken = 0;
  for (const auto &[run, bytes] : runs)
    taken += bytes;
  return marks == 2 ? std::optional(taken) : std::nullopt;
}

} // namespace

llvm::ArrayRef<TraitProbe> traitProbes() { return kProbes; }

std::string takenProgram(llvm::StringRef setUp, llvm::StringRef code) {
  return "__import__('gc').enable()\n"
         "def f(A):\n" +
         indented(setUp) +
         " __import__('gc').collect()\n"
         " __import__('gc').disable()\n"
         " a = A()\n" +
         indented(code) +
         " b = A()\n"
         " __import__('gc').enable()\n"
         " print(b - a)\n"
         "f(__import__('gc').mem_alloc)\n";
}

std::string deviceProgram(const TraitProbe &probe) {
  return probe.kind == Taken ? takenProgram(probe.setUp, probe.code) : shownProgram(probe.code);
}

std::optional<std::string> foretoldAnswer(const TraitProbe &probe,
                                          const TargetDescription &description) {
  OwnedTarget target(description);
  MarkedProgram marked;
  if (probe.kind == Taken)
    marked = markedProgram(probe);
  else
    marked.text = shownProgram(probe.code);
  Module program(llvm::cantFail(
      SyntaxTree::parse(llvm::cantFail(SourceFile::decode("probe.py", marked.text)))));
  Evaluation evaluation = evaluate(program, target.target(), EvaluationLimits());
  if (probe.kind == Shown)
    return evaluation.isComplete ? std::optional(llvm::StringRef(evaluation.printed).trim().str())
                                 : std::nullopt;
  std::optional<int64_t> taken =
      takenBetweenMarks(evaluation.log, marked.lastLine, target.target().blockBytes());
  return taken ? std::optional(std::to_string(*taken)) : std::nullopt;
}

std::optional<bool> traitFromAnswer(const TraitProbe &probe, const TargetDescription &target,
                                    llvm::StringRef answer) {
  TargetDescription supposed = target;
  bool *trait = flagNamed(supposed, probe.key);
  assert(trait != nullptr && "a probe is about a key of targets");
  *trait = true;
  bool mayBe = foretoldAnswer(probe, supposed) == answer;
  *trait = false;
  bool mayNotBe = foretoldAnswer(probe, supposed) == answer;
  return mayBe != mayNotBe ? std::optional(mayBe) : std::nullopt;
}

} // namespace fraglint
