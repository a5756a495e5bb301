/// What compiling takes, held against the engines: `micropython -v -X compile-only` says how many
/// bytes were asked for over all, a heap that is too small which request failed, and the smallest
/// heap that a program compiles in is searched for. The logs say what was in use before programs
/// ran.

#include "evaluator/compile_cost.h"

#include "evaluator/code_builder.h"
#include "evaluator/evaluation.h"
#include "evaluator/target_heap.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

constexpr const char *kHeap = FRAGLINT_SOURCE_DIR "/corpus/heap/";

std::string textOf(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  EXPECT_TRUE(buffer) << path;
  return buffer ? (*buffer)->getBuffer().str() : "";
}

Module moduleOf(llvm::StringRef code, const std::string &name = "main.py") {
  auto file = llvm::cantFail(SourceFile::decode(name, code));
  return Module(llvm::cantFail(SyntaxTree::parse(std::move(file))));
}

CompileCost costOf(const Module &program, const Target &target) {
  const SemanticModel &model = program.model();
  const FirmwareProfile &profile = profileOf(target);
  Variables variables(model);
  std::unique_ptr<const Code> code = buildCode(model, variables, 0, profile);
  return compileCost(*model.files()[0].tree, *code, profile);
}

std::string times(llvm::StringRef text, unsigned count) {
  std::string all;
  for (unsigned i = 0; i < count; ++i)
    all += text;
  return all;
}

std::string namesOf(unsigned count) {
  std::string code;
  for (unsigned i = 0; i < count; ++i)
    code += (i < 10 ? "value_0" : "value_") + std::to_string(i) + " = " + std::to_string(i) + "\n";
  return code;
}

struct Measured {
  const char *name;
  std::string code;
  int64_t requested64, requested32; ///< bytes over all, what the firmware starts with included
  int64_t largest64, largest32;     ///< its largest request
};

// A file that is called main.py. The engines are 1.29-preview (64 bits) and 1.25 (32 bits).
const Measured kMeasured[] = {
    {"nothing", "pass\n", 2840, 1567, 1024, 512},
    {"call", "x = f(a, b)\n", 3098, 1717, 1024, 512},
    {"calls in calls", "x = f(g(h(i(j(k(1))))))\n", 4707, 2570, 2048, 1024},
    {"class",
     "class A(B):\n    def __init__(self, x):\n        super().__init__()\n        self.x = x\n\n"
     "    def get(self):\n        return [self.x, (1, 2), {3: 4}]\n",
     5345, 2996, 1280, 640},
    {"constants", "X = const(3)\n_Y = const(4)\nz = X + _Y * 2\n", 3103, 1734, 1024, 512},
    {"format", "x = f\"{a}: {b[1]:>5}\"\n", 3636, 2004, 1280, 640},
    {"comprehensions",
     "x = [i * 2 for i in y if i]\nz = {k: v for k, v in x}\nw = sum(i for i in z)\n", 4703, 2662,
     1024, 512},
    {"loops",
     "for i in range(10):\n    while True:\n        try:\n            g(i)\n"
     "        except ValueError as e:\n            print(e)\n        finally:\n            break\n",
     3786, 2141, 1024, 512},
    {"docstring", "def f():\n    \"\"\"" + times("word ", 100) + "\"\"\"\n    return 1\n", 4208,
     2779, 1024, 512},
    {"many names", namesOf(40), 9092, 5211, 1024, 512},
};

TEST(CompileCost, RequestsAsTheEnginesDo) {
  // Asked for before any program is read, and not reckoned here.
  constexpr int64_t kStart64 = 783, kStart32 = 462;
  for (const Measured &one : kMeasured) {
    SCOPED_TRACE(one.name);
    Module program = moduleOf(one.code);
    CompileCost wide = costOf(program, *findTarget("micropython/unix-64"));
    CompileCost narrow = costOf(program, *findTarget("micropython/unix-32-1.25"));
    EXPECT_NEAR(one.requested64 - kStart64, wide.requested, 0.025 * one.requested64);
    EXPECT_NEAR(one.requested32 - kStart32, narrow.requested, 0.025 * one.requested32);
    EXPECT_LE(wide.contiguous.lo, one.largest64);
    EXPECT_GE(wide.contiguous.hi, one.largest64);
    EXPECT_LE(narrow.contiguous.lo, one.largest32);
    EXPECT_GE(narrow.contiguous.hi, one.largest32);
  }
}

TEST(CompileCost, NoFileTakesLessThanTheParsersStack) {
  for (const char *target : {"micropython/RPI_PICO", "circuitpython/raspberry_pi_pico"}) {
    CompileCost cost = costOf(moduleOf("pass\n"), *findTarget(target));
    EXPECT_EQ(Interval::exactly(512), cost.contiguous) << target;
  }
}

TEST(CompileCost, DeepNestingGrowsTheParsersStack) {
  // Each level of blocks is six rules, each bracket sixteen: measured as steps of 16 rules.
  auto largest = [](llvm::StringRef code) {
    return costOf(moduleOf(code), *findTarget("micropython/unix-64")).contiguous;
  };
  auto nots = [](unsigned count, llvm::StringRef inner) {
    return "z = " + times("not ", count) + "(" + inner.str() + ")\n";
  };
  EXPECT_EQ(1024, largest(nots(11, "a")).lo);
  EXPECT_EQ(1280, largest(nots(14, "a")).lo);
  EXPECT_EQ(1024, largest(nots(3, "f()")).lo);
  EXPECT_EQ(1280, largest(nots(6, "f()")).lo);
}

TEST(CompileCost, SmallestHeaps) {
  struct Program {
    const char *name;
    int64_t wide, narrow; ///< smallest heaps that they compile in
  };
  const Program kPrograms[] = {
      {"closed/class_sensors.py", 11328, 6976},
      {"closed/exceptions_nested.py", 10496, 6336},
      {"closed/linked_scheduler.py", 10496, 6784},
      {"closed/parse_csv.py", 6144, 3968},
      {"closed/properties_thermostat.py", 12992, 8448},
      {"closed/tokenizer_calc.py", 10176, 6848},
      {"open/serial_console.py", 13760, 8704},
      {"open/weather_oled.py", 14400, 9664},
  };
  auto check = [](const CompileCost &cost, int64_t smallest) {
    // Never sure of more than what was enough; and near it.
    EXPECT_LE(cost.peakLive.lo, smallest);
    int64_t middle = (cost.peakLive.lo + cost.peakLive.hi) / 2;
    EXPECT_LE(middle, smallest * 5 / 4);
    EXPECT_GE(middle, smallest * 4 / 5);
  };
  for (const Program &one : kPrograms) {
    SCOPED_TRACE(one.name);
    Module program = moduleOf(textOf(std::string(kHeap) + one.name), one.name);
    check(costOf(program, *findTarget("micropython/unix-64")), one.wide);
    check(costOf(program, *findTarget("micropython/unix-32-1.25")), one.narrow);
  }
}

TEST(CompileCost, WhatStaysIsWhatTheLogsBeginWith) {
  llvm::json::Value truth =
      llvm::cantFail(llvm::json::parse(textOf(std::string(kHeap) + "logged/truth.json")));
  unsigned count = 0;
  for (const llvm::json::Value &entry : *truth.getAsArray()) {
    const llvm::json::Object &program = *entry.getAsObject();
    if (!program.getString("target")->starts_with("MicroPython"))
      continue;
    std::string name = program.getString("program")->str();
    SCOPED_TRACE(name);
    Module module = moduleOf(textOf(std::string(kHeap) + "logged/" + name), name);
    const Target &target = *findTarget("micropython/unix-32");
    CompileCost cost = costOf(module, target);
    int64_t base = *program.getInteger("base_used_bytes");
    EXPECT_LE(cost.kept.lo, base);
    EXPECT_GE(cost.kept.hi, base);
    EXPECT_LE(cost.peakLive.lo, *program.getInteger("min_heapsize_compile_only"));
    Evaluation evaluation = evaluate(module, target, EvaluationLimits());
    EXPECT_EQ(cost.kept, evaluation.keptByLoad);
    EXPECT_EQ(cost.contiguous, evaluation.load.figure.bytes);
    EXPECT_GE(evaluation.live.figure.bytes.lo, cost.kept.lo);
    ++count;
  }
  EXPECT_EQ(11u, count);
}

/// `line` so many times, `$` in it being the number of the line.
std::string lines(llvm::StringRef line, unsigned count) {
  std::string text;
  for (unsigned number = 0; number < count; ++number) {
    auto [before, behind] = line.split('$');
    text += before;
    text += line.contains('$') ? std::to_string(number) + behind.str() : "";
    text += '\n';
  }
  return text;
}

// Programs that someone wrote to refute a verdict. The smallest `-X heapsize` in which each ran.
TEST(CompileCost, TablesOfLiteralsReachFartherThanTheyTake) {
  struct Refuted {
    std::string code;
    const char *target;
    int64_t smallest;
  };
  const Refuted programs[] = {
      {"x=(\n" + lines("    (1$, 2),", 150) + ")\n", "micropython/unix-32-1.25", 7'682},
      {"x=(\n" + lines("    0.0$,", 128) + ")\n", "micropython/unix-64", 11'156},
      {"x=(\n" + lines("    b'\\x00\\x01\\x02\\x03\\x04\\x05\\x06$',", 100) + ")\n",
       "micropython/unix-32-1.25", 7'099},
      {"x=(" + lines("1.,", 600) + ")\n", "micropython/unix-32-1.25", 25'683},
      {lines("class A:0", 150), "micropython/unix-64", 47'157},
      {lines("def f():0", 300), "micropython/unix-32-1.25", 55'757},
      {lines("1.", 600), "micropython/unix-64", 50'000},
  };
  for (const Refuted &program : programs) {
    SCOPED_TRACE(program.code.substr(0, 40));
    const Target &target = *findTarget(program.target);
    Module module = moduleOf(program.code, "code.py");
    CompileCost cost = costOf(module, target);
    auto heap = static_cast<int64_t>(
        oneAreaOf(target, program.smallest).poolBytes(static_cast<uint64_t>(program.smallest)));
    EXPECT_LE(cost.peakLive.lo, heap);
    EXPECT_GE(compileExtent(cost.peakLive, cost.moved), heap - 64);
  }
}

} // namespace
} // namespace fraglint
