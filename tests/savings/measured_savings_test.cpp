/// The examples of the rules, run on the engines: what rules/measured_savings.tsv says of them is
/// what is measured now. FRAGLINT_UPDATE=1 rewrites its figures; which rule is looked at where is
/// written there by hand.

#include "device/device_source.h"
#include "device/engine.h"
#include "driver/measured_savings.h"
#include "driver/rule_document.h"
#include "lint/rule_registry.h"
#include "measure/probe_set_up.h"
#include "measure/program_modules.h"
#include "measure/python_literal.h"
#include "support/temp_folder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

namespace fraglint {
namespace {

constexpr llvm::StringLiteral kTable(FRAGLINT_SOURCE_DIR "/rules/measured_savings.tsv");
/// Those of the corpus are complete; what the examples use of a board is little, and leaves them
/// more of the heap.
constexpr llvm::StringLiteral kOwnStandIns(FRAGLINT_SOURCE_DIR "/tests/savings/standins");
constexpr llvm::StringLiteral kStandIns(FRAGLINT_SOURCE_DIR "/corpus/heap/standins");
constexpr Milliseconds kTimeout(20000);

/// `look(n)` ends the program when it is called for the n-th time, and tells of the heap.
constexpr llvm::StringLiteral kLook = "import gc, micropython\n"
                                      "class Seen(Exception):\n"
                                      " pass\n"
                                      "looks = 0\n"
                                      "def look(wanted):\n"
                                      " global looks\n"
                                      " looks += 1\n"
                                      " if looks == wanted:\n"
                                      "  print('used', gc.mem_alloc())\n"
                                      "  gc.collect()\n"
                                      "  print('held', gc.mem_alloc())\n"
                                      "  micropython.mem_info()\n"
                                      "  raise Seen\n";
/// The first thing that a program does where all that it takes is to be seen.
constexpr llvm::StringLiteral kBegin = "print('begin', gc.mem_alloc())\n";

/// A board begins with its heap in one piece. So holes that the modules' compilation left are
/// filled, block by block, up to where a run goes that fits into none of them; the block that lies
/// beyond is let go. Again and again, since numbers as large as addresses may take blocks, too.
constexpr llvm::StringLiteral kFill = "filled = None\n"
                                      "for each in range(16):\n"
                                      " gc.collect()\n"
                                      " beyond = id((None,) * 1500)\n"
                                      " while True:\n"
                                      "  filled = (filled,)\n"
                                      "  if id(filled) >= beyond:\n"
                                      "   break\n"
                                      " filled = filled[0]\n";

/// The document that the examples read: 2.6 KB, as a service or a settings page gives it.
std::string document() {
  std::string text = R"({"mode": "day", "rooms": [)";
  for (llvm::StringRef room : {"kitchen", "garden", "cellar", "attic", "hall", "workshop"})
    text += (text.back() == '[' ? R"({"name": ")" : R"(, {"name": ")") + room.str() +
            R"(", "limits": [21.5, 4.0, 12.0], "lamps": [[6, 30, "on"], [8, 0, "off"],)"
            R"( [18, 15, "on"], [22, 45, "off"]], "message": "The door of the greenhouse was)"
            R"( opened at half past seven in the morning, and closed again at eight.",)"
            R"( "owners": {"first": "Ada", "second": "Grace", "third": "Mary"}})";
  return text + "]}";
}

/// What the stand-ins read: 480 bytes in pieces of 16, the last two of which are `OK`, and eight
/// pulses.
std::string input() {
  std::string text = R"([{"pin4": [1, 0, 1, 0, 1, 0, 1, 0], "uart": [)";
  for (int count = 0; count < 29; ++count)
    text += R"("sixteen  letters", )";
  return text + R"("they all are: OK"]}])";
}

/// The words behind `word` at the beginning of a line of `output`, as a number.
std::optional<int64_t> figureBehind(llvm::StringRef output, llvm::StringRef word) {
  int64_t number = 0;
  llvm::StringRef rest = output.split(word).second.ltrim();
  if (rest.consumeInteger(10, number))
    return std::nullopt;
  return number;
}

/// Where the engines are started: a folder with what the examples read. They hear nothing of its
/// path, which would be on their heaps.
class Workplace {
public:
  Workplace() {
    folder_.write("state.json", document());
    EXPECT_FALSE(llvm::sys::fs::current_path(before_));
    EXPECT_FALSE(llvm::sys::fs::set_current_path(folder_.path()));
  }
  ~Workplace() { EXPECT_FALSE(llvm::sys::fs::set_current_path(before_)); }
  Workplace(const Workplace &) = delete;
  Workplace &operator=(const Workplace &) = delete;

private:
  TempFolder folder_;
  llvm::SmallString<128> before_;
};

/// One engine, and what it says of itself.
class Engine {
public:
  explicit Engine(const std::string &device)
      : address_(llvm::cantFail(DeviceAddress::parse(device))) {
    if (auto command = engineCommand(address_, engineRoots()); !command) {
      why_ = llvm::toString(command.takeError());
      return;
    }
    std::unique_ptr<Device> fresh = open();
    ProbeFacts facts = llvm::cantFail(setUpProbe(*fresh, /*withoutMap=*/false, {}, {}));
    firmware_ = facts.firmware;
    blockBytes_ = facts.blockBytes;
  }

  bool isThere() const { return why_.empty(); }
  const std::string &why() const { return why_; }
  const std::string &firmware() const { return firmware_; }
  bool isEmulated() const { return address_.kind == DeviceKind::Qemu; }

  /// The figure of one example, or the exception that ended it.
  std::string measure(llvm::StringRef example, const MeasuredSaving &wanted) {
    if (!isEmulated())
      return measureOnce(example, wanted);
    // Its interrupts leave addresses on the stack: what two runs agree on is so.
    std::multiset<std::string> found;
    for (int runs = 0; runs < 6; ++runs) {
      std::string one = measureOnce(example, wanted);
      found.insert(one);
      if (found.count(one) == 2)
        return one;
    }
    return "no two runs agree";
  }

private:
  std::unique_ptr<Device> open() {
    return llvm::cantFail(llvm::cantFail(DeviceSource::at(address_)).open());
  }

  static std::string runOwn(Device &device, llvm::StringRef code) {
    Execution execution;
    llvm::cantFail(device.run(code, kTimeout, execution));
    EXPECT_EQ(execution.error, "") << code.str();
    return execution.output;
  }

  std::string measureOnce(llvm::StringRef example, const MeasuredSaving &wanted) {
    std::unique_ptr<Device> device = open();
    // Firmware as old as the emulated board's has no table of modules, and no file system.
    if (!isEmulated()) {
      for (const ProgramModule &module : llvm::cantFail(recordedInputs(input())))
        runOwn(*device, module.installCode);
      auto tree =
          llvm::cantFail(SyntaxTree::parse(llvm::cantFail(SourceFile::decode("a.py", example))));
      for (const ProgramModule &module :
           llvm::cantFail(findModules(*tree, {kOwnStandIns.str(), kStandIns.str()})))
        runOwn(*device, module.installCode);
    }
    runOwn(*device, kLook);
    if (!isEmulated())
      runOwn(*device, kFill);
    bool isAsked = wanted.figure == HeapFigure::Asked;
    runOwn(*device, isAsked ? "gc.collect()\ngc.disable()\n" : "gc.collect()\n");
    Execution execution;
    llvm::cantFail(device->run((isAsked ? kBegin.str() : "") + withLook(example, wanted), kTimeout,
                               execution));
    EXPECT_FALSE(execution.timedOut) << example.str();
    std::string output = execution.output;
    llvm::StringRef exception = exceptionOf(execution.error);
    if (exception.empty() || exception.starts_with(kInputEnded)) {
      llvm::cantFail(device->run("look(1)\n", kTimeout, execution));
      output += execution.output;
    } else if (!exception.starts_with("Seen")) {
      return exception.trim().str();
    }
    return figure(output, wanted.figure);
  }

  std::string figure(llvm::StringRef output, HeapFigure figure) const {
    auto number = [&](llvm::StringRef word) {
      std::optional<int64_t> found = figureBehind(output, word);
      EXPECT_TRUE(found) << word.str() << " in " << output.str();
      return found.value_or(0);
    };
    switch (figure) {
    case HeapFigure::Free:
      return std::to_string(number("max free sz:") * blockBytes_);
    case HeapFigure::Held:
      return std::to_string(number("held "));
    case HeapFigure::Used:
      return std::to_string(number("used "));
    case HeapFigure::Asked:
      return std::to_string(number("used ") - number("begin "));
    }
    llvm_unreachable("all figures are listed");
  }

  /// The example with a look before each line that reads as the row wants.
  static std::string withLook(llvm::StringRef example, const MeasuredSaving &wanted) {
    if (wanted.place.empty())
      return example.str();
    std::string text;
    llvm::SmallVector<llvm::StringRef> lines;
    example.split(lines, '\n');
    bool isThere = false;
    for (llvm::StringRef line : lines) {
      if (line.trim() == wanted.place) {
        isThere = true;
        text +=
            line.take_while(llvm::isSpace).str() + "look(" + std::to_string(wanted.pass) + ")\n";
      }
      text += line.str() + "\n";
    }
    EXPECT_TRUE(isThere) << wanted.rule << ": no line `" << wanted.place << "`";
    return text;
  }

  DeviceAddress address_;
  std::string why_, firmware_;
  uint32_t blockBytes_ = 0;
};

/// In bytes; nothing where one of the programs ends by an exception.
std::optional<int64_t> savedBytes(const MeasuredSaving &row) {
  int64_t bad = 0, good = 0;
  if (llvm::StringRef(row.bad).getAsInteger(10, bad) ||
      llvm::StringRef(row.good).getAsInteger(10, good))
    return std::nullopt;
  return row.figure == HeapFigure::Free ? good - bad : bad - good;
}

/// What an address that was left on the C stack keeps is not the same on each machine: where the
/// processor is this machine's, half of the saving must be there, or all of it but so many bytes.
constexpr int64_t kStacksDifferBy = 1024;

bool isAsKept(const MeasuredSaving &kept, const MeasuredSaving &now, bool isEmulated) {
  std::optional<int64_t> one = savedBytes(kept), other = savedBytes(now);
  if (isEmulated || !one || !other)
    return kept.bad == now.bad && kept.good == now.good;
  return *other > 0 && (2 * *other >= *one || *one - *other <= kStacksDifferBy);
}

std::vector<MeasuredSaving> keptSavings() {
  auto buffer = llvm::MemoryBuffer::getFile(kTable, false, false, /*IsVolatile=*/true);
  EXPECT_TRUE(bool(buffer));
  return buffer ? readSavings((*buffer)->getBuffer()) : std::vector<MeasuredSaving>();
}

TEST(MeasuredSavings, AreWhatTheEnginesShow) {
  Workplace workplace;
  std::map<std::string, Engine> engines;
  std::vector<MeasuredSaving> rows = keptSavings();
  bool isUpdate = std::getenv("FRAGLINT_UPDATE") != nullptr;
  size_t measured = 0;
  for (MeasuredSaving &row : rows) {
    if (!row.isMeasured())
      continue;
    SCOPED_TRACE(row.rule + " on " + row.device);
    Engine &engine = engines.try_emplace(row.device, row.device).first->second;
    if (!engine.isThere())
      continue;
    ++measured;
    const Rule &rule = *findRule(row.rule);
    MeasuredSaving now = row;
    now.firmware = engine.firmware();
    now.bad = engine.measure(rule.bad, row);
    now.good = engine.measure(rule.good, row);
    if (!isUpdate) {
      EXPECT_EQ(row.firmware, now.firmware);
      EXPECT_TRUE(isAsKept(row, now, engine.isEmulated()))
          << row.bad << " and " << row.good << " are kept; now it is " << now.bad << " and "
          << now.good;
    }
    row = std::move(now);
  }
  for (const auto &[device, engine] : engines)
    if (!engine.isThere())
      llvm::errs() << device << " is not measured: " << engine.why() << "\n";
  if (measured == 0)
    GTEST_SKIP() << "no engine is there";
  if (isUpdate) {
    std::error_code error;
    llvm::raw_fd_ostream(kTable, error) << writeSavings(rows);
    EXPECT_FALSE(error) << error.message();
  }
}

/// A saving that is none is a rule that claims too much.
TEST(MeasuredSavings, AreSavings) {
  for (const MeasuredSaving &row : keptSavings()) {
    int64_t good = 0;
    if (!row.isMeasured())
      continue;
    EXPECT_FALSE(llvm::StringRef(row.good).getAsInteger(10, good)) << row.rule << ": " << row.good;
    EXPECT_GT(savedBytes(row).value_or(1), 0) << row.rule << " on " << row.device;
  }
}

TEST(MeasuredSavings, EachHeapRuleHasARowOrAReason) {
  std::set<std::string> wanted, found;
  for (const Rule *rule : allRules())
    if (!rule->code.starts_with("FRG0")) // of the file and its comments, not of the heap
      wanted.insert(rule->code.str());
  for (const MeasuredSaving &row : keptSavings())
    found.insert(row.rule);
  EXPECT_EQ(wanted, found);
}

TEST(MeasuredSavings, AreReadAsTheyAreWritten) {
  EXPECT_EQ(kMeasuredSavings, writeSavings(readSavings(kMeasuredSavings)));
}

TEST(MeasuredSavings, StandInThePages) {
  std::string text, markdown;
  llvm::raw_string_ostream textStream(text), markdownStream(markdown);
  writeRuleText(textStream, *findRule("FRG201"));
  writeRuleMarkdown(markdownStream, *findRule("FRG201"));
  std::vector<std::string> sentences = savingSentences("FRG201");
  EXPECT_EQ(3U, sentences.size());
  for (const std::string &sentence : sentences) {
    EXPECT_THAT(text, testing::HasSubstr("\n" + sentence + "\n"));
    EXPECT_THAT(markdown, testing::HasSubstr("\n- " + sentence + "\n"));
  }
}

TEST(MeasuredSavings, SayWhatIsSavedAndWhere) {
  MeasuredSaving row{
      "FRG201", "qemu:microbit", "micropython 1.9.2 on microbit", HeapFigure::Free, "", 1,
      "3000",   "5064"};
  EXPECT_EQ("measured in one chosen experiment, no average: 2,064 B more free in one run after a "
            "collection on qemu:microbit (micropython "
            "1.9.2), at the end: 5,064 instead of 3,000",
            savingSentence(row));
  row.figure = HeapFigure::Asked;
  row.place = "total += sum(frame)";
  row.pass = 12;
  row.bad = "6064";
  EXPECT_THAT(savingSentence(row),
              testing::AllOf(testing::HasSubstr("1,000 B less asked for on"),
                             testing::HasSubstr("before `total += sum(frame)` on pass 12")));
  row.bad = "MemoryError: memory allocation failed, allocating 12000 bytes";
  EXPECT_THAT(savingSentence(row), testing::HasSubstr("allocating 12000 bytes`; the better"));
  MeasuredSaving none;
  none.place = "there is no engine";
  EXPECT_EQ("not measured: there is no engine", savingSentence(none));
}

} // namespace
} // namespace fraglint
