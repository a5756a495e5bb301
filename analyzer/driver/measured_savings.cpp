#include "driver/measured_savings.h"

#include "heap/allocation_cost.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

#include <cassert>

namespace fraglint {

namespace {

constexpr size_t kColumns = 8;
/// In place of an empty cell.
constexpr llvm::StringLiteral kNothing = "-";
constexpr llvm::StringLiteral kHead =
    "rule\tdevice\tfirmware\tfigure\tbefore the line\tpass\tbad\tgood\n";
constexpr HeapFigure kFigures[] = {HeapFigure::Free, HeapFigure::Held, HeapFigure::Used,
                                   HeapFigure::Asked};

std::string cellText(llvm::StringRef cell) { return cell == kNothing ? "" : cell.str(); }
std::string cellOf(const std::string &text) { return text.empty() ? kNothing.str() : text; }

HeapFigure figureNamed(llvm::StringRef name) {
  for (HeapFigure figure : kFigures)
    if (figureName(figure) == name)
      return figure;
  llvm_unreachable("the table has no other");
}

MeasuredSaving readRow(llvm::StringRef line) {
  llvm::SmallVector<llvm::StringRef, kColumns> cells;
  line.split(cells, '\t');
  assert(cells.size() == kColumns);
  MeasuredSaving row;
  row.rule = cells[0].str();
  row.device = cellText(cells[1]);
  row.firmware = cellText(cells[2]);
  row.place = cellText(cells[4]);
  row.bad = cellText(cells[6]);
  row.good = cellText(cells[7]);
  if (row.isMeasured()) {
    row.figure = figureNamed(cells[3]);
    bool isWrong = cells[5].getAsInteger(10, row.pass);
    assert(!isWrong);
    (void)isWrong;
  }
  return row;
}

llvm::StringRef whatIsSaved(HeapFigure figure) {
  switch (figure) {
  case HeapFigure::Free:
    return "free in one run after a collection";
  case HeapFigure::Held:
    return "in use after a collection";
  case HeapFigure::Used:
    return "in use, garbage included";
  case HeapFigure::Asked:
    return "asked for";
  }
  llvm_unreachable("all figures are listed");
}

std::string placeText(const MeasuredSaving &saving) {
  if (saving.place.empty())
    return "at the end";
  std::string text = "before `" + saving.place + "`";
  return saving.pass == 1 ? text : text + " on pass " + std::to_string(saving.pass);
}

} // namespace

llvm::StringRef figureName(HeapFigure figure) {
  switch (figure) {
  case HeapFigure::Free:
    return "free";
  case HeapFigure::Held:
    return "held";
  case HeapFigure::Used:
    return "used";
  case HeapFigure::Asked:
    return "asked";
  }
  llvm_unreachable("all figures are listed");
}

std::vector<MeasuredSaving> readSavings(llvm::StringRef table) {
  llvm::SmallVector<llvm::StringRef> lines;
  table.split(lines, '\n', -1, /*KeepEmpty=*/false);
  assert(!lines.empty());
  std::vector<MeasuredSaving> rows;
  for (llvm::StringRef line : llvm::drop_begin(lines))
    rows.push_back(readRow(line));
  return rows;
}

std::string writeSavings(const std::vector<MeasuredSaving> &savings) {
  std::string table = kHead.str();
  for (const MeasuredSaving &row : savings) {
    std::string figure = row.isMeasured() ? figureName(row.figure).str() : "";
    std::string pass = row.isMeasured() ? std::to_string(row.pass) : "";
    table +=
        llvm::join_items("\t", row.rule, cellOf(row.device), cellOf(row.firmware), cellOf(figure),
                         cellOf(row.place), cellOf(pass), cellOf(row.bad), cellOf(row.good)) +
        "\n";
  }
  return table;
}

std::string savingSentence(const MeasuredSaving &saving) {
  if (!saving.isMeasured())
    return "not measured: " + saving.place;
  // `micropython 1.9.2 on microbit`: what it runs on is known by the device.
  std::string where = " on " + saving.device + " (" +
                      llvm::StringRef(saving.firmware).split(" on ").first.str() + ")";
  int64_t bad = 0, good = 0;
  if (llvm::StringRef(saving.bad).getAsInteger(10, bad))
    return "measured" + where + ": `" + saving.bad + "`; the better program runs";
  bool isWrong = llvm::StringRef(saving.good).getAsInteger(10, good);
  assert(!isWrong && "an example that is called good runs");
  (void)isWrong;
  bool isMore = saving.figure == HeapFigure::Free;
  return "measured in one chosen experiment, no average: " +
         withThousands(isMore ? good - bad : bad - good) + " B " + (isMore ? "more " : "less ") +
         whatIsSaved(saving.figure).str() + where + ", " + placeText(saving) + ": " +
         withThousands(good) + " instead of " + withThousands(bad);
}

std::vector<std::string> savingSentences(llvm::StringRef ruleCode) {
  std::vector<std::string> sentences;
  for (const MeasuredSaving &row : readSavings(kMeasuredSavings))
    if (row.rule == ruleCode)
      sentences.push_back(savingSentence(row));
  return sentences;
}

} // namespace fraglint
