#include "page/heap_figures.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace fraglint {

std::string phaseName(Phase phase, uint16_t pass) {
  switch (phase) {
  case Phase::Load:
    return "load";
  case Phase::SetUp:
    return "set-up";
  case Phase::Pass:
    break;
  }
  return pass == kFurtherPasses ? "further passes" : "pass " + std::to_string(pass);
}

std::string SourcePlace::text() const {
  return line ? file + ":" + std::to_string(line) : "no line";
}

SourcePlace placeOf(SyntaxNode site) {
  if (!site)
    return {};
  const SourceFile &file = site.tree().file();
  Position position = file.lines().position(site.range().begin, ColumnUnit::CodePoints);
  return {file.path().str(), position.line + 1, position.column + 1};
}

llvm::StringRef targetSourceText(TargetSource source) {
  switch (source) {
  case TargetSource::Stated:
    return "as --target or the configuration says";
  case TargetSource::BootOut:
    return "the board that wrote the boot_out.txt beside it";
  case TargetSource::Import:
    return "the one board with a module that it imports";
  case TargetSource::Family:
    break;
  }
  return "the usual board of its firmware: --target NAME takes yours";
}

std::vector<SiteCost> largestSites(const Evaluation &evaluation) {
  std::vector<SiteCost> merged;
  std::map<std::pair<uint32_t, bool>, size_t> places;
  for (const SiteCost &site : evaluation.sites) {
    auto [place, isNew] =
        places.try_emplace({site.site ? site.site.ordinal() : ~0U, site.isHard}, merged.size());
    if (isNew) {
      merged.push_back(site);
      continue;
    }
    SiteCost &one = merged[place->second];
    if (site.largest.lo > one.largest.lo) {
      one.phase = site.phase;
      one.pass = site.pass;
      one.callPath = site.callPath;
    }
    one.largest = {std::max(one.largest.lo, site.largest.lo),
                   std::max(one.largest.hi, site.largest.hi)};
    one.total = one.total + site.total;
    one.count += site.count;
    one.isSure |= site.isSure;
    if (one.reason.empty())
      one.reason = site.reason;
    for (SyntaxNode other : site.otherwise)
      if (!llvm::is_contained(one.otherwise, other))
        one.otherwise.push_back(other);
  }
  llvm::stable_sort(
      merged, [](const SiteCost &a, const SiteCost &b) { return a.largest.lo > b.largest.lo; });
  // What is asked for at one of several places is told with the first of them.
  std::vector<SiteCost> told;
  for (const SiteCost &site : merged)
    if (llvm::none_of(told, [&](const SiteCost &one) {
          return one.largest == site.largest && llvm::is_contained(one.otherwise, site.site);
        }))
      told.push_back(site);
  return told;
}

} // namespace fraglint
