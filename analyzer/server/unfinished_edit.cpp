#include "server/unfinished_edit.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// A statement that is being typed may take as many lines.
constexpr uint32_t kMostLines = 8;

/// Moves places of a text to where they lie in the next one.
class Carrier {
public:
  Carrier(const SourceFile &before, std::shared_ptr<const SourceFile> now)
      : before_(before), now_(std::move(now)), difference_(lineDifference(before, *now_)) {}

  const LineDifference &difference() const { return difference_; }

  bool isSmall() const {
    auto lines = [](const SourceFile &file, TextRange range) {
      return file.lines().lineAt(range.end) - file.lines().lineAt(range.begin);
    };
    return lines(before_, difference_.before) <= kMostLines &&
           lines(*now_, difference_.now) <= kMostLines;
  }

  /// False where it lies in the lines that differ.
  bool carry(TextRange &range) const {
    const auto &[before, now] = difference_;
    if (range.begin >= before.end) {
      range.begin = range.begin - before.end + now.end;
      range.end = range.end - before.end + now.end;
      return true;
    }
    return range.end <= before.begin;
  }

  bool carry(Location &location) const {
    if (location.file.get() != &before_)
      return true; // in another file
    location.file = now_;
    return carry(location.range);
  }

  /// False where the finding is of the lines that differ. A fix that touches them, and a note that
  /// points there, are left out.
  bool carry(Diagnostic &finding) const {
    if (!carry(finding.location))
      return false;
    llvm::erase_if(finding.notes, [this](Note &note) { return !carry(note.location); });
    if (finding.fix &&
        llvm::any_of(finding.fix->edits, [this](Edit &edit) { return !carry(edit.range); }))
      finding.fix.reset();
    return true;
  }

private:
  const SourceFile &before_;
  std::shared_ptr<const SourceFile> now_;
  LineDifference difference_;
};

/// Those in the lines that differ; where there are none, all.
std::vector<Diagnostic> faultsIn(TextRange lines, std::vector<Diagnostic> faults) {
  auto isOutside = [lines](const Diagnostic &fault) {
    uint32_t begin = fault.location.range.begin;
    return begin < lines.begin || begin >= std::max(lines.end, lines.begin + 1);
  };
  if (!llvm::all_of(faults, isOutside))
    llvm::erase_if(faults, isOutside);
  return faults;
}

void sortByPlace(std::vector<Diagnostic> &findings) {
  llvm::stable_sort(findings, [](const Diagnostic &a, const Diagnostic &b) {
    return a.location.range < b.location.range;
  });
}

} // namespace

LineDifference lineDifference(const SourceFile &before, const SourceFile &now) {
  auto line = [](const SourceFile &file, uint32_t number) {
    TextRange range = file.lines().fullLineRange(number);
    return file.text().slice(range.begin, range.end);
  };
  uint32_t countBefore = before.lines().lineCount();
  uint32_t countNow = now.lines().lineCount();
  uint32_t most = std::min(countBefore, countNow);
  uint32_t front = 0;
  while (front < most && line(before, front) == line(now, front))
    ++front;
  uint32_t back = 0;
  while (back < most - front &&
         line(before, countBefore - 1 - back) == line(now, countNow - 1 - back))
    ++back;
  auto bytes = [front](const SourceFile &file, uint32_t end) {
    auto size = static_cast<uint32_t>(file.text().size());
    auto startOf = [&](uint32_t number) {
      return number < file.lines().lineCount() ? file.lines().fullLineRange(number).begin : size;
    };
    return TextRange{startOf(front), startOf(end)};
  };
  return {bytes(before, countBefore - back), bytes(now, countNow - back)};
}

std::optional<FileResult> carriedOver(const FileResult &sound, const SyntaxTree &tree,
                                      const Settings &settings) {
  Carrier carrier(*sound.file, tree.sharedFile());
  if (!carrier.isSmall())
    return std::nullopt;
  FileResult result = sound;
  result.file = tree.sharedFile();
  llvm::erase_if(result.diagnostics, [&](Diagnostic &finding) { return !carrier.carry(finding); });
  llvm::erase_if(result.costs, [&](ExpressionCost &cost) { return !carrier.carry(cost.range); });
  llvm::append_range(result.diagnostics,
                     faultsIn(carrier.difference().now, syntaxFindings(tree, settings)));
  sortByPlace(result.diagnostics);
  return result;
}

std::optional<FileResult> withEvaluatedOf(const FileResult &before, FileResult result) {
  Carrier carrier(*before.file, result.file);
  if (!carrier.isSmall())
    return std::nullopt;
  for (Diagnostic finding : before.diagnostics) {
    auto isSame = [&](const Diagnostic &found) {
      return found.rule == finding.rule && found.location.range == finding.location.range;
    };
    if (result.evaluated.contains(finding.rule) && carrier.carry(finding) &&
        llvm::none_of(result.diagnostics, isSame))
      result.diagnostics.push_back(std::move(finding));
  }
  sortByPlace(result.diagnostics);
  return result;
}

} // namespace fraglint
