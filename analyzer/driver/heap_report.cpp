#include "driver/heap_report.h"

#include "evaluator/function_costs.h"
#include "page/heap_figures.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

namespace fraglint {

namespace {

using JsonObject = llvm::json::Object;
using JsonValue = llvm::json::Value;

constexpr size_t kShownRequests = 10, kShownFunctions = 10;
/// Longer maps are for pages.
constexpr size_t kMostMapLines = 80;

llvm::StringRef eventName(EventKind kind) {
  switch (kind) {
  case EventKind::Request:
    return "request";
  case EventKind::Resize:
    return "resize";
  case EventKind::Shrink:
    return "shrink";
  case EventKind::Free:
    return "free";
  case EventKind::Collect:
    break;
  }
  return "collect";
}

JsonValue amount(Interval bytes) {
  if (bytes.isExact())
    return bytes.lo;
  return JsonObject{{"lo", bytes.lo},
                    {"hi", bytes.hasHi() ? JsonValue(bytes.hi) : JsonValue(nullptr)}};
}

JsonObject interval(Interval bytes) {
  return JsonObject{{"lo", bytes.lo},
                    {"hi", bytes.hasHi() ? JsonValue(bytes.hi) : JsonValue(nullptr)}};
}

JsonObject figureObject(const ByteFigure &figure) {
  return JsonObject{{"lo", figure.bytes.lo},
                    {"hi", figure.bytes.hasHi() ? JsonValue(figure.bytes.hi) : JsonValue(nullptr)},
                    {"tag", tagName(figure.tag)}};
}

llvm::json::Array pathArray(const RequestLog &log, uint32_t path) {
  llvm::json::Array calls;
  for (SyntaxNode call : callsOnPath(log, path)) {
    SourcePlace place = placeOf(call);
    calls.push_back(JsonObject{{"file", place.file}, {"line", place.line}});
  }
  return calls;
}

JsonObject peakObject(const RequestLog &log, const Peak &peak) {
  JsonObject object = figureObject(peak.figure);
  SourcePlace place = placeOf(peak.site);
  object["phase"] = phaseName(peak.phase, peak.pass);
  object["file"] = place.file;
  object["line"] = place.line;
  object["call_path"] = pathArray(log, peak.callPath);
  if (!peak.reason.empty())
    object["reason"] = peak.reason;
  return object;
}

JsonValue orNull(std::optional<int64_t> number) {
  return number ? JsonValue(*number) : JsonValue(nullptr);
}

void addVerdict(const HeapVerdict &verdict, JsonObject &document) {
  document["verdict"] = verdictName(verdict.verdict);
  document["verdict_reason"] = verdict.reason;
  document["margin"] = orNull(verdict.margin);
  document["largest_free_run"] = orNull(verdict.largestFree);
  SourcePlace place = placeOf(verdict.site);
  document["failing_request"] = JsonObject{{"file", place.file},
                                           {"line", place.line},
                                           {"phase", phaseName(verdict.phase, verdict.pass)},
                                           {"bytes", verdict.bytes}};
}

void writeVerdict(const HeapVerdict &verdict, llvm::raw_ostream &os) {
  os << "verdict                 " << verdictName(verdict.verdict) << ": " << verdict.reason
     << '\n';
  os << (verdict.isInUse                        ? "in use there            "
         : verdict.verdict == Verdict::WillFail ? "what fails              "
                                                : "the tightest request    ")
     << withThousands(verdict.bytes) << " bytes";
  if (verdict.site)
    os << "  at " << placeOf(verdict.site).text();
  os << ", " << phaseName(verdict.phase, verdict.pass);
  if (verdict.largestFree)
    os << "; longest free run then, in one possible layout: " << withThousands(*verdict.largestFree)
       << " bytes";
  os << '\n';
  if (verdict.margin)
    os << (*verdict.margin < 0 ? "missing                 " : "room beyond that in use ")
       << withThousands(std::abs(*verdict.margin)) << " bytes\n";
}

void writeMap(const HeapPicture &picture, llvm::raw_ostream &os) {
  const HeapSnapshot &map = *picture.map;
  const HeapEvent &event = picture.events[*picture.worst];
  os << "\nthe heap in one possible layout, " << (picture.isFailed ? "when " : "just after ")
     << placeOf(event.site).text() << (picture.isFailed ? " asks in vain for " : " was given ")
     << withThousands(event.bytes.lo) << " bytes\n";
  if (size_t lines = llvm::StringRef(map.drawing).count('\n'); lines > kMostMapLines) {
    os << "  its " << lines << " lines are not shown here: --format html draws them\n";
    return;
  }
  os << map.drawing;
  for (uint32_t owner = 0; owner < map.owners.size() && letterOf(owner) != 'h'; ++owner) {
    const HeapOwner &one = map.owners[owner];
    os << "  " << letterOf(owner) << "  "
       << (owner == HeapSnapshot::kCode ? "code, constants and names" : one.place.text()) << ", "
       << withThousands(one.bytes) << " bytes in " << one.runs
       << (one.runs == 1 ? " run\n" : " runs\n");
  }
  os << "  h  other lines; = goes on; . is free\n";
}

} // namespace

void writeHeapLog(const Evaluation &evaluation, llvm::raw_ostream &os) {
  for (const HeapEvent &event : evaluation.log.events) {
    SourcePlace place = placeOf(event.site);
    JsonObject object{{"event", eventName(event.kind)},
                      {"run", event.run},
                      {"bytes", amount(event.bytes)},
                      {"hard", event.isHard},
                      {"phase", phaseName(event.phase, event.pass)},
                      {"file", place.file},
                      {"line", place.line},
                      {"column", place.column}};
    if (event.kind == EventKind::Resize || event.kind == EventKind::Shrink)
      object["before"] = amount(event.before);
    if (event.mayNotHappen)
      object["may"] = true;
    if (event.reason)
      object["reason"] = evaluation.log.reasons[event.reason];
    os << JsonValue(std::move(object)) << '\n';
  }
}

namespace {

/// `code.py:64 or code.py:67`.
std::string placesOf(const SiteCost &site) {
  std::string text = placeOf(site.site).text();
  for (SyntaxNode other : site.otherwise)
    text += " or " + placeOf(other).text();
  return text;
}

llvm::json::Array placeArray(llvm::ArrayRef<SyntaxNode> sites) {
  llvm::json::Array places;
  for (SyntaxNode site : sites) {
    SourcePlace place = placeOf(site);
    places.push_back(
        JsonObject{{"file", place.file}, {"line", place.line}, {"column", place.column}});
  }
  return places;
}

llvm::json::Array functionArray(const Evaluation &evaluation) {
  llvm::json::Array functions;
  for (const FunctionCost &function : functionCosts(evaluation)) {
    SourcePlace place = placeOf(function.definition);
    functions.push_back(JsonObject{{"name", function.name},
                                   {"file", place.file},
                                   {"line", place.line},
                                   {"calls", static_cast<int64_t>(function.calls)},
                                   {"largest", figureObject(ByteFigure::of(function.largest))},
                                   {"largest_line", placeOf(function.site).line},
                                   {"total", figureObject(ByteFigure::of(function.total))},
                                   {"reason", function.reason}});
  }
  return functions;
}

std::string callsText(uint64_t calls) {
  if (calls == 0)
    return ", not called here";
  return calls == 1 ? ", called once" : ", " + std::to_string(calls) + " calls";
}

void writeFunctions(const Evaluation &evaluation, llvm::raw_ostream &os) {
  size_t shown = 0;
  for (const FunctionCost &function : functionCosts(evaluation)) {
    if (function.total == Interval::exactly(0) || ++shown > kShownFunctions)
      break;
    if (shown == 1)
      os << "\nthe functions, by the largest run that one call asks for\n";
    os << llvm::formatv("  {0,-24} {1}: {2}, {3} in all{4}\n", placeOf(function.definition).text(),
                        function.name, ByteFigure::of(function.largest).text(),
                        ByteFigure::of(function.total).text(), callsText(function.calls));
  }
}

} // namespace

void writeHeapJson(const HeapReport &report, llvm::raw_ostream &os) {
  const Evaluation &evaluation = report.evaluation;
  llvm::json::Array requests, phases, gaps;
  for (const SiteCost &site : evaluation.sites) {
    SourcePlace place = placeOf(site.site);
    requests.push_back(
        JsonObject{{"file", place.file},
                   {"line", place.line},
                   {"column", place.column},
                   {"lo", site.largest.lo},
                   {"hi", site.largest.hasHi() ? JsonValue(site.largest.hi) : JsonValue(nullptr)},
                   {"tag", tagName(site.tag())},
                   {"reason", site.reason},
                   {"kind", site.site ? kindName(site.site.kind()) : ""},
                   {"hard", site.isHard},
                   {"sure", site.isSure},
                   {"or_at", placeArray(site.otherwise)},
                   {"phase", phaseName(site.phase, site.pass)},
                   {"count", static_cast<int64_t>(site.count)},
                   {"total", amount(site.total)}});
  }
  phases.push_back(JsonObject{{"phase", phaseName(Phase::Load, 0)},
                              {"contiguous", interval(evaluation.load.figure.bytes)},
                              {"peak_live", interval(evaluation.loadLive.figure.bytes)},
                              {"kept", interval(evaluation.keptByLoad)}});
  for (const PhaseCost &phase : evaluation.phases)
    phases.push_back(JsonObject{{"phase", phaseName(phase.phase, phase.pass)},
                                {"requested", amount(phase.requested)},
                                {"largest", peakObject(evaluation.log, phase.largest)},
                                {"live_at_begin", amount(phase.liveAtBegin)},
                                {"live_at_end", amount(phase.liveAtEnd)},
                                {"garbage_at_end", amount(phase.garbageAtEnd)}});
  for (const std::string &gap : evaluation.gaps)
    gaps.push_back(gap);
  const Target &target = *report.target.target;
  JsonObject document{
      {"schema", "fraglint-heap/1"},
      {"program", report.path},
      {"target",
       JsonObject{{"name", target.name},
                  {"source", targetSourceName(report.target.source)},
                  {"heap", JsonObject{{"lo", target.heapBytes.lo},
                                      {"hi", target.heapBytes.hi},
                                      {"provenance", provenanceName(target.provenance)}}}}},
      {"peak_contiguous", peakObject(evaluation.log, evaluation.headline())},
      {"run_contiguous", peakObject(evaluation.log, evaluation.run)},
      {"peak_live", peakObject(evaluation.log, evaluation.live)},
      {"requests", std::move(requests)},
      {"functions", functionArray(evaluation)},
      {"phases", std::move(phases)},
      {"unknown", std::move(gaps)},
      {"complete", evaluation.isComplete},
      {"exact", evaluation.isExact},
      {"steps", static_cast<int64_t>(evaluation.steps)}};
  if (evaluation.importRun.site)
    document["imports"] =
        JsonObject{{"contiguous", peakObject(evaluation.log, evaluation.importRun)},
                   {"peak_live", peakObject(evaluation.log, evaluation.importLive)},
                   {"kept", interval(evaluation.keptByImports)}};
  addVerdict(report.verdict, document);
  if (!evaluation.uncaught.empty())
    document["raised"] = evaluation.uncaught;
  os << llvm::formatv("{0:2}\n", JsonValue(std::move(document)));
}

void writeHeapText(const HeapReport &report, llvm::raw_ostream &os) {
  const Evaluation &evaluation = report.evaluation;
  const Target &target = *report.target.target;
  os << report.path << " on " << target.name << " (" << target.mcu << ", ";
  if (report.heapBytes != 0)
    os << "judged by a heap of " << withThousands(report.heapBytes) << " bytes)\n";
  else
    os << "heap " << withThousands(target.heapBytes.lo)
       << (target.heapBytes.isExact() ? "" : " to " + withThousands(target.heapBytes.hi))
       << " bytes, " << provenanceName(target.provenance) << ")\n";
  os << targetSourceText(report.target.source) << "\n\n";
  auto peakLine = [&](llvm::StringRef what, const Peak &peak) {
    os << what << peak.figure.text();
    if (peak.site)
      os << "  at " << placeOf(peak.site).text() << ", " << phaseName(peak.phase, peak.pass);
    os << '\n';
    if (!peak.reason.empty())
      os << "    more, perhaps: " << peak.reason << '\n';
  };
  peakLine("largest run asked for   ", evaluation.run);
  peakLine("the same, to compile    ", evaluation.load);
  if (evaluation.importRun.site)
    peakLine("  and what it imports   ", evaluation.importRun);
  peakLine("most bytes in use       ", evaluation.live);
  peakLine("the same, to compile    ", evaluation.loadLive);
  if (evaluation.importLive.site)
    peakLine("  and what it imports   ", evaluation.importLive);
  os << "in use before it runs   " << ByteFigure::of(evaluation.keptByLoad).text() << '\n';
  writeVerdict(report.verdict, os);
  auto row = [&os](llvm::StringRef phase, llvm::StringRef requested, llvm::StringRef largest,
                   llvm::StringRef live, llvm::StringRef garbage) {
    os << llvm::formatv("{0,-14} {1,-24} {2,-22} {3,-24} {4}\n", phase, requested, largest, live,
                        garbage);
  };
  os << '\n';
  row("phase", "asked for", "largest run", "in use at end", "garbage, uncollected");
  for (const PhaseCost &phase : evaluation.phases)
    row(phaseName(phase.phase, phase.pass), ByteFigure::of(phase.requested).text(),
        phase.largest.figure.text(), ByteFigure::of(phase.liveAtEnd).text(),
        ByteFigure::of(phase.garbageAtEnd).text());
  os << "\nthe largest requests\n";
  size_t shown = 0;
  for (const SiteCost &site : largestSites(evaluation)) {
    if (!site.isHard)
      continue;
    if (++shown > kShownRequests)
      break;
    os << llvm::formatv(
        "  {0,-24} {1}{2}{3}{4}\n", placesOf(site), ByteFigure::of(site.largest).text(),
        site.count > 1 ? ", " + std::to_string(site.count) + " times" : "",
        site.isSure ? "" : ", if it comes to that", site.reason.empty() ? "" : ": " + site.reason);
  }
  writeFunctions(evaluation, os);
  if (report.picture && report.picture->map)
    writeMap(*report.picture, os);
  if (!evaluation.uncaught.empty())
    os << "\nthe program ends with " << evaluation.uncaught << '\n';
  if (!evaluation.gaps.empty())
    os << "\nnot in these figures\n";
  for (const std::string &gap : evaluation.gaps)
    os << "  " << gap << '\n';
}

} // namespace fraglint
