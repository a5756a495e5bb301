#include "driver/heap_diff.h"

#include "driver/line_changes.h"
#include "lint/file_path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include <map>

namespace fraglint {

namespace {

using JsonObject = llvm::json::Object;
using JsonValue = llvm::json::Value;

constexpr size_t kShownLines = 20;

/// A file of a program by its path from the entry's folder; the entry itself is empty, whatever its
/// name.
std::string placeOf(const Module &program, const SourceFile &file) {
  const SourceFile &entry = program.tree().file();
  if (&file == &entry)
    return "";
  std::string folder = llvm::sys::path::parent_path(absolutePath(entry.path())).str();
  std::string path = absolutePath(file.path());
  llvm::StringRef below = pathBelow(folder, path);
  return below.empty() ? path : below.str();
}

using LineCosts = std::map<uint32_t, LineCost>; ///< by line from 0

/// By place of the file. `entry`: as reports show it.
std::map<std::string, LineCosts> costsOf(const HeapDiffSide &side, const std::string &entry) {
  std::map<std::string, LineCosts> costs;
  for (const SiteCost &site : side.evaluation.sites) {
    if (!site.site || !site.isHard)
      continue;
    const SourceFile &file = site.site.tree().file();
    uint32_t line = file.lines().lineAt(site.site.range().begin);
    std::string place = placeOf(side.program, file);
    LineCost &cost = costs[place][line];
    llvm::SmallString<256> shown(entry);
    if (!place.empty()) {
      llvm::sys::path::remove_filename(shown);
      llvm::sys::path::append(shown, place);
    }
    cost.file = std::string(shown);
    cost.line = line + 1;
    cost.largest = {std::max(cost.largest.lo, site.largest.lo),
                    std::max(cost.largest.hi, site.largest.hi)};
    cost.total = cost.total + site.total;
    cost.count += site.count;
  }
  return costs;
}

/// The lines of a file, however far they are indented, without comments.
std::vector<llvm::StringRef> contentOf(const SyntaxTree *tree) {
  if (!tree)
    return {};
  const LineIndex &index = tree->file().lines();
  llvm::StringRef text = tree->file().text();
  std::vector<llvm::StringRef> lines;
  lines.reserve(index.lineCount());
  for (uint32_t line = 0; line < index.lineCount(); ++line)
    lines.push_back(text.slice(index.lineRange(line).begin, index.lineRange(line).end));
  for (const Comment &comment : tree->comments()) {
    uint32_t line = index.lineAt(comment.range.begin);
    lines[line] = lines[line].take_front(comment.range.begin - index.lineRange(line).begin);
  }
  for (llvm::StringRef &line : lines)
    line = line.trim();
  return lines;
}

const SyntaxTree *fileAt(const Module &program, const std::string &place) {
  for (const SyntaxTree::Part &part : program.tree().parts())
    if (placeOf(program, part.tree->file()) == place)
      return part.tree;
  return nullptr;
}

/// Pairs the costs of a file's lines before and after.
class LinePairs {
public:
  LinePairs(const LineCosts &before, const LineCosts &after, std::vector<LineDifference> &pairs)
      : before_(before), after_(after), pairs_(pairs) {}

  using Lines = llvm::ArrayRef<llvm::StringRef>;

  void pair(Lines oldLines, Lines newLines) {
    size_t line = 0, newLine = 0;
    auto addSame = [&](size_t end) {
      for (; line < end; ++line, ++newLine)
        add(find(before_, line), find(after_, newLine));
    };
    for (const LineChange &change : changedLines(oldLines, newLines)) {
      addSame(change.begin);
      addChanged(change, oldLines, newLines);
      line = change.begin + change.removed;
      newLine = change.newBegin + change.added;
    }
    addSame(oldLines.size());
  }

private:
  static const LineCost *find(const LineCosts &costs, size_t line) {
    auto found = costs.find(static_cast<uint32_t>(line));
    return found == costs.end() ? nullptr : &found->second;
  }

  /// A line that was changed in place is still much the same.
  static bool isLike(llvm::StringRef one, llvm::StringRef other) {
    auto most = static_cast<unsigned>(std::max(one.size(), other.size()) / 2);
    return one.edit_distance(other, /*AllowReplacements=*/true, most) <= most;
  }

  void addChanged(const LineChange &change, Lines oldLines, Lines newLines) {
    size_t next = change.begin, end = change.begin + change.removed;
    for (size_t line = change.newBegin; line < change.newBegin + change.added; ++line) {
      const LineCost *cost = find(after_, line);
      size_t like = next;
      while (like < end && !isLike(oldLines[like], newLines[line]))
        ++like;
      if (like == end) {
        add(nullptr, cost);
        continue;
      }
      for (; next < like; ++next)
        add(find(before_, next), nullptr);
      add(find(before_, next++), cost);
    }
    for (; next < end; ++next)
      add(find(before_, next), nullptr);
  }

  void add(const LineCost *before, const LineCost *after) {
    if (!before && !after)
      return;
    if (before && after && before->largest == after->largest && before->total == after->total)
      return;
    LineDifference &pair = pairs_.emplace_back();
    if (before)
      pair.before = *before;
    if (after)
      pair.after = *after;
  }

  const LineCosts &before_, &after_;
  std::vector<LineDifference> &pairs_;
};

int64_t loOf(const std::optional<LineCost> &cost, Interval LineCost::*amount) {
  return cost ? ((*cost).*amount).lo : 0;
}

std::string withSign(int64_t bytes) { return (bytes > 0 ? "+" : "") + withThousands(bytes); }

/// Of two intervals that differ.
std::string changeText(Interval before, Interval after) {
  int64_t change = after.lo - before.lo;
  return change == 0 ? "bounds only" : withSign(change);
}

std::string placeText(const LineCost &cost) { return cost.file + ":" + std::to_string(cost.line); }

/// What stands behind the change of a line.
std::string lineText(const LineDifference &line) {
  auto both = [](const LineCost &cost) {
    return ByteFigure::of(cost.largest).text() + " in one run, " +
           ByteFigure::of(cost.total).text() + " in all";
  };
  if (!line.before)
    return "new: " + both(*line.after);
  if (!line.after)
    return "gone: " + both(*line.before);
  bool isRun = line.before->largest != line.after->largest;
  auto figure = [&](const LineCost &cost) {
    return isRun ? ByteFigure::of(cost.largest).text()
                 : ByteFigure::of(cost.total).text() + " in " + withThousands(int64_t(cost.count)) +
                       (cost.count == 1 ? " request" : " requests");
  };
  return figure(*line.after) + ", before " + figure(*line.before);
}

JsonObject interval(Interval bytes) {
  return JsonObject{{"lo", bytes.lo},
                    {"hi", bytes.hasHi() ? JsonValue(bytes.hi) : JsonValue(nullptr)},
                    {"tag", tagName(ByteFigure::of(bytes).tag)}};
}

JsonValue costObject(const std::optional<LineCost> &cost) {
  if (!cost)
    return nullptr;
  return JsonObject{{"line", cost->line},
                    {"largest", interval(cost->largest)},
                    {"total", interval(cost->total)},
                    {"count", static_cast<int64_t>(cost->count)}};
}

struct Figure {
  llvm::StringLiteral key; ///< in JSON
  llvm::StringLiteral words; ///< in text
  Interval (*of)(const Evaluation &evaluation);
};

constexpr Figure kFigures[] = {
    {"peak_contiguous", "largest run, all told",
     [](const Evaluation &one) { return one.headline().figure.bytes; }},
    {"run_contiguous", "the same, to run",
     [](const Evaluation &one) { return one.run.figure.bytes; }},
    {"load_contiguous", "the same, to compile",
     [](const Evaluation &one) { return one.load.figure.bytes; }},
    {"peak_live", "most bytes in use", [](const Evaluation &one) { return one.live.figure.bytes; }},
    {"load_live", "the same, to compile",
     [](const Evaluation &one) { return one.loadLive.figure.bytes; }},
};

} // namespace

int64_t LineDifference::contiguous() const {
  return loOf(after, &LineCost::largest) - loOf(before, &LineCost::largest);
}

int64_t LineDifference::requested() const {
  return loOf(after, &LineCost::total) - loOf(before, &LineCost::total);
}

std::vector<LineDifference> differingLines(const HeapDiff &diff) {
  std::map<std::string, LineCosts> oldCosts = costsOf(diff.before, diff.path);
  std::map<std::string, LineCosts> newCosts = costsOf(diff.after, diff.path);
  std::vector<LineDifference> lines;
  for (const auto &[place, costs] : oldCosts)
    newCosts[place];
  for (const auto &[place, costs] : newCosts)
    LinePairs(oldCosts[place], costs, lines)
        .pair(contentOf(fileAt(diff.before.program, place)),
              contentOf(fileAt(diff.after.program, place)));
  llvm::stable_sort(lines, [](const LineDifference &a, const LineDifference &b) {
    return std::pair(std::abs(a.contiguous()), std::abs(a.requested())) >
           std::pair(std::abs(b.contiguous()), std::abs(b.requested()));
  });
  return lines;
}

void writeHeapDiffText(const HeapDiff &diff, llvm::raw_ostream &os) {
  os << diff.path << " against " << diff.base << ", on " << diff.target.target->name << "\n\n";
  os << llvm::formatv("{0,-23} {1,-28} {2,-28} {3}\n", "", "before", "after", "change");
  for (const Figure &figure : kFigures) {
    Interval before = figure.of(diff.before.evaluation), after = figure.of(diff.after.evaluation);
    os << llvm::formatv("{0,-23} {1,-28} {2,-28} {3}\n", figure.words,
                        ByteFigure::of(before).text(), ByteFigure::of(after).text(),
                        before == after ? "none" : changeText(before, after));
  }
  os << llvm::formatv("{0,-23} {1,-28} {2}\n", "verdict", verdictName(diff.before.verdict.verdict),
                      verdictName(diff.after.verdict.verdict));
  std::vector<LineDifference> lines = differingLines(diff);
  os << (lines.empty() ? "\nno line costs more or less than before\n" : "\nby line\n");
  for (const LineDifference &line : llvm::ArrayRef(lines).take_front(kShownLines)) {
    bool isRun = line.contiguous() != 0;
    os << "  ";
    if (int64_t bytes = isRun ? line.contiguous() : line.requested())
      os << withSign(bytes) << (isRun ? " contiguous bytes at " : " bytes, in all, at ");
    else
      os << "other bounds at ";
    os << placeText(line.after ? *line.after : *line.before) << (line.after ? "" : " as it was")
       << "  (" << lineText(line) << ")\n";
  }
  if (lines.size() > kShownLines)
    os << "  and " << lines.size() - kShownLines << " lines more\n";
}

void writeHeapDiffJson(const HeapDiff &diff, llvm::raw_ostream &os) {
  JsonObject before, after, change;
  for (const Figure &figure : kFigures) {
    Interval was = figure.of(diff.before.evaluation), is = figure.of(diff.after.evaluation);
    before[figure.key] = interval(was);
    after[figure.key] = interval(is);
    change[figure.key] = is.lo - was.lo;
  }
  before["verdict"] = verdictName(diff.before.verdict.verdict);
  after["verdict"] = verdictName(diff.after.verdict.verdict);
  llvm::json::Array lines;
  for (const LineDifference &line : differingLines(diff))
    lines.push_back(JsonObject{{"file", (line.after ? *line.after : *line.before).file},
                               {"before", costObject(line.before)},
                               {"after", costObject(line.after)},
                               {"contiguous", line.contiguous()},
                               {"requested", line.requested()}});
  JsonObject document{{"schema", "fraglint-heap-diff/1"},
                      {"program", diff.path},
                      {"base", diff.base},
                      {"target", JsonObject{{"name", diff.target.target->name},
                                            {"source", targetSourceName(diff.target.source)}}},
                      {"before", std::move(before)},
                      {"after", std::move(after)},
                      {"change", std::move(change)},
                      {"lines", std::move(lines)}};
  os << llvm::formatv("{0:2}\n", JsonValue(std::move(document)));
}

} // namespace fraglint
