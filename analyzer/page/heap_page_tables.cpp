#include "page/heap_page_tables.h"

#include "evaluator/function_costs.h"
#include "page/markup.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

constexpr size_t kShownRequests = 10, kShownFunctions = 12;
constexpr size_t kShownCalls = 8;
constexpr size_t kShownSource = 72;
constexpr size_t kShownReasons = 60, kShownPlaces = 12;

/// A site, up to the end of its first line.
std::string sourceOf(SyntaxNode site) {
  llvm::StringRef line =
      site.text().take_until([](char one) { return one == '\n' || one == '\r'; });
  if (line.size() <= kShownSource)
    return line.str();
  size_t end = kShownSource;
  while (end > 0 && (line[end] & 0xc0) == 0x80)
    --end; // within a character
  return line.take_front(end).str() + " …";
}

struct Reason {
  std::string text;
  std::vector<SourcePlace> places;
};

/// Why something is not known, with all lines that it is said of.
std::vector<Reason> reasonsOf(const Evaluation &evaluation) {
  std::vector<Reason> reasons;
  for (const SiteCost &site : evaluation.sites) {
    if (site.largest.hasHi() && site.reason.empty())
      continue;
    std::string text = site.reason.empty() ? "how long this is, is not known" : site.reason;
    auto found = llvm::find_if(reasons, [&](const Reason &one) { return one.text == text; });
    if (found == reasons.end())
      found = reasons.insert(reasons.end(), {text, {}});
    SourcePlace place = placeOf(site.site);
    auto isSame = [&](const SourcePlace &one) {
      return one.line == place.line && one.file == place.file;
    };
    if (place.line != 0 && llvm::none_of(found->places, isSame))
      found->places.push_back(place);
  }
  return reasons;
}

/// What a reader can do about a reason.
struct Advice {
  llvm::StringLiteral words; ///< in the reason
  llvm::StringLiteral text;
};
constexpr Advice kAdvice[] = {
    {"importing `",
     "Put the library's .py files beside the program, or into its `lib` folder: they "
     "are read, then."},
    {"compiling `", "The board compiles this file while the program runs. As .mpy it needs no "
                    "compiling there."},
    {"longer after each",
     "Drop the oldest entry, or use a buffer of a fixed length. Where something "
     "else ends it, `# fraglint: fixed` at the line that makes it says so."},
};

llvm::StringRef adviceFor(llvm::StringRef reason) {
  const Advice *found =
      llvm::find_if(kAdvice, [&](const Advice &one) { return reason.contains(one.words); });
  return found == std::end(kAdvice) ? llvm::StringRef() : llvm::StringRef(found->text);
}

void writeReason(llvm::StringRef reason, llvm::raw_ostream &os) {
  os << "<li>" << proseMarkup(reason);
  if (llvm::StringRef advice = adviceFor(reason); !advice.empty())
    os << ". <span class=\"note\">" << proseMarkup(advice) << "</span>";
}

/// Garbage at the end of each phase that the simulated heap came to; in their order.
std::vector<int64_t> garbageOf(const HeapPicture &picture) {
  std::vector<int64_t> garbage;
  if (!picture.isSimulated)
    return garbage;
  const HeapEvent *last = nullptr;
  for (size_t index = 0; index < picture.points.size(); ++index) {
    const HeapEvent &event = picture.events[index];
    if (!last || event.phase != last->phase || event.pass != last->pass)
      garbage.push_back(0);
    garbage.back() = picture.points[index].used - picture.points[index].live.lo;
    last = &event;
  }
  return garbage;
}

} // namespace

std::string callPathMarkup(const RequestLog &log, uint32_t path, HeapPageLinks &links) {
  // Recursion is told once.
  std::vector<std::pair<SourcePlace, size_t>> calls;
  for (SyntaxNode call : callsOnPath(log, path)) {
    SourcePlace place = placeOf(call);
    if (!calls.empty() && calls.back().first.line == place.line &&
        calls.back().first.file == place.file)
      ++calls.back().second;
    else
      calls.emplace_back(place, 1);
  }
  std::string markup;
  size_t shown = std::min(calls.size(), kShownCalls);
  for (size_t index = calls.size() - shown; index < calls.size(); ++index) {
    markup += markup.empty() ? "called from " : " › ";
    markup += links.link(calls[index].first);
    if (calls[index].second > 1)
      markup += " (" + std::to_string(calls[index].second) + " times)";
  }
  if (shown < calls.size())
    markup += " (and " + std::to_string(calls.size() - shown) + " calls around)";
  return markup;
}

void writeLargest(const HeapPage &page, HeapPageLinks &links, LineMarks &marks,
                  llvm::raw_ostream &os) {
  os << "<section id=\"requests\">\n<h2>The largest requests</h2>\n<div class=\"scroll\" "
        "tabindex=\"0\" role=\"region\" aria-label=\"The largest requests\"><table "
        "class=\"rows\">\n<thead><tr>"
        "<th scope=\"col\">#</th><th scope=\"col\">where</th><th scope=\"col\" class=\"n\">largest"
        "</th><th scope=\"col\" class=\"n\">times</th><th scope=\"col\" class=\"n\">in all</th>"
        "<th scope=\"col\">phase</th><th scope=\"col\">source</th></tr></thead>\n"
        "<tbody>\n";
  size_t shown = 0;
  for (const SiteCost &site : largestSites(page.evaluation)) {
    if (!site.isHard || site.largest == Interval::exactly(0))
      continue;
    if (++shown > kShownRequests)
      break;
    SourcePlace place = placeOf(site.site);
    std::string number = std::to_string(shown);
    if (std::string address = links.addressOf(place); !address.empty())
      marks[address.substr(1)]
          .append("<a class=\"mark-back\" title=\"among the largest requests\" href=\"#request-")
          .append(number)
          .append("\">#")
          .append(number)
          .append("</a>");
    os << "<tr id=\"request-" << number << "\"><th scope=\"row\">" << number << "</th><td>"
       << links.link(place);
    for (SyntaxNode other : site.otherwise)
      os << " or " << links.link(placeOf(other));
    if (std::string path = callPathMarkup(page.evaluation.log, site.callPath, links); !path.empty())
      os << "<div class=\"note\">" << path << "</div>";
    if (!site.reason.empty())
      os << "<div class=\"note\">" << proseMarkup(site.reason) << "</div>";
    os << "</td><td class=\"n\" data-column=\"largest\">"
       << figureMarkup(ByteFigure::of(site.largest))
       << "</td><td class=\"n\" data-column=\"times\">" << (site.isSure ? "" : "<i>may be</i> ")
       << withThousands(static_cast<int64_t>(site.count))
       << "</td><td class=\"n\" data-column=\"in all\">" << figureMarkup(ByteFigure::of(site.total))
       << "</td><td class=\"phase\">" << phaseName(site.phase, site.pass)
       << "</td><td class=\"line-of-its-own\"><code>"
       << (site.site ? escaped(sourceOf(site.site)) : "") << "</code></td></tr>\n";
  }
  os << "</tbody></table></div>\n";
  if (shown == 0)
    os << "<p class=\"note\">Nothing is asked for once the program runs.</p>\n";
  os << "</section>\n";
}

void writeFunctions(const HeapPage &page, HeapPageLinks &links, llvm::raw_ostream &os) {
  std::vector<FunctionCost> functions = functionCosts(page.evaluation);
  llvm::erase_if(functions, [](const FunctionCost &function) {
    return function.total == Interval::exactly(0);
  });
  os << "<section id=\"functions\">\n<h2>What one call asks for</h2>\n";
  if (functions.empty()) {
    os << "<p class=\"note\">No function of the program that was called asks for anything.</p>\n"
          "</section>\n";
    return;
  }
  os << "<div class=\"scroll\" "
        "tabindex=\"0\" role=\"region\" aria-label=\"What one call asks for\"><table "
        "class=\"rows\">\n<thead><tr><th scope=\"col\">function</th><th scope=\"col\" "
        "class=\"n\">largest run</th><th scope=\"col\">where</th><th scope=\"col\" "
        "class=\"n\">in all</th><th scope=\"col\" class=\"n\">calls</th></tr></thead>\n"
        "<tbody>\n";
  size_t shown = std::min(functions.size(), kShownFunctions);
  for (const FunctionCost &function : llvm::ArrayRef(functions).take_front(shown))
    os << "<tr><th scope=\"row\"><code>" << escaped(function.name) << "</code> "
       << links.link(placeOf(function.definition)) << "</th><td class=\"n\" data-column=\"largest "
       << "run\">" << figureMarkup(ByteFigure::of(function.largest)) << "</td><td>"
       << (function.site ? links.link(placeOf(function.site)) : "")
       << "</td><td class=\"n\" data-column=\"in all\">"
       << figureMarkup(ByteFigure::of(function.total))
       << "</td><td class=\"n\" data-column=\"calls\">"
       << (function.calls ? withThousands(static_cast<int64_t>(function.calls)) : "not called")
       << "</td></tr>\n";
  os << "</tbody></table></div>\n<p class=\"note\">One call with all that it calls in turn, over "
        "the calls that were evaluated. What is not called here is told for whatever others may "
        "call it with, in any order.";
  if (shown < functions.size())
    os << " " << functions.size() - shown << " functions that ask for less are not shown.";
  os << "</p>\n</section>\n";
}

void writePhases(const HeapPage &page, HeapPageLinks &links, llvm::raw_ostream &os) {
  const Evaluation &evaluation = page.evaluation;
  std::vector<int64_t> garbage = garbageOf(page.picture);
  bool hasGarbage = !garbage.empty();
  auto cell = [&](llvm::StringRef column, Interval bytes) {
    os << "<td class=\"n\" data-column=\"" << column << "\">" << figureMarkup(ByteFigure::of(bytes))
       << "</td>";
  };
  os << "<section id=\"phases\">\n<h2>Phase by phase</h2>\n<div class=\"scroll\" tabindex=\"0\" "
        "role=\"region\" aria-label=\"Phase by phase\"><table class=\"rows\">\n<thead><tr><th "
        "scope=\"col\">phase"
        "</th><th scope=\"col\" class=\"n\">asked for in all</th><th scope=\"col\" class=\"n\">"
        "largest run</th><th scope=\"col\">where</th><th scope=\"col\" class=\"n\">in use at "
        "begin</th><th scope=\"col\" class=\"n\">in use at end</th>"
     << (hasGarbage ? "<th scope=\"col\" class=\"n\">garbage at end</th>" : "")
     << "</tr></thead>\n<tbody>\n<tr><th scope=\"row\">load</th><td></td>";
  cell("largest run", evaluation.load.figure.bytes);
  os << "<td>the entry</td><td></td>";
  cell("in use at end", evaluation.keptByLoad);
  os << (hasGarbage ? "<td></td>" : "") << "</tr>\n";
  for (size_t index = 0; index < evaluation.phases.size(); ++index) {
    const PhaseCost &phase = evaluation.phases[index];
    os << "<tr><th scope=\"row\">" << phaseName(phase.phase, phase.pass) << "</th>";
    cell("asked for in all", phase.requested);
    cell("largest run", phase.largest.figure.bytes);
    os << "<td>" << (phase.largest.site ? links.link(placeOf(phase.largest.site)) : "") << "</td>";
    cell("in use at begin", phase.liveAtBegin);
    cell("in use at end", phase.liveAtEnd);
    if (index < garbage.size())
      os << "<td class=\"n\" data-column=\"garbage at end\">" << withThousands(garbage[index])
         << " B</td>";
    else if (hasGarbage)
      os << "<td class=\"n\" data-column=\"garbage at end\">not reached</td>";
    os << "</tr>\n";
  }
  os << "</tbody></table></div>\n";
  if (hasGarbage)
    os << "<p class=\"note\">Garbage is what lies in the heap that is drawn above, in one possible "
          "layout.</p>\n";
  os << "</section>\n";
}

size_t countUnknown(const Evaluation &evaluation) {
  return evaluation.gaps.size() + reasonsOf(evaluation).size();
}

void writeUnknown(const HeapPage &page, HeapPageLinks &links, llvm::raw_ostream &os) {
  const Evaluation &evaluation = page.evaluation;
  os << "<section id=\"unknown\">\n<h2>What is not known</h2>\n";
  if (countUnknown(evaluation) == 0) {
    os << "<p>Nothing is left open: each request of the program is known.</p>\n</section>\n";
    return;
  }
  os << "<p class=\"note\">Bounds are open for these reasons. A comment at the line tells what the "
        "code does not: "
     << proseMarkup("`# fraglint: len<=64` that no value there is longer, `# fraglint: size=4096` "
                    "how many bytes are made, `# fraglint: fixed` that it never gets longer; so "
                    "does `--assume FILE:LINE=N` on the command line.")
     << "</p>\n<ul class=\"unknowns\">\n";
  size_t shown = 0;
  for (const std::string &gap : evaluation.gaps) {
    if (++shown > kShownReasons)
      break;
    writeReason(gap, os);
    os << "</li>\n";
  }
  for (const Reason &reason : reasonsOf(evaluation)) {
    if (++shown > kShownReasons)
      break;
    writeReason(reason.text, os);
    os << ' ';
    for (size_t index = 0; index < std::min(reason.places.size(), kShownPlaces); ++index)
      os << (index ? ", " : "(") << links.link(reason.places[index]);
    if (reason.places.size() > kShownPlaces)
      os << ", and " << reason.places.size() - kShownPlaces << " more lines";
    os << (reason.places.empty() ? "" : ")") << "</li>\n";
  }
  os << "</ul>\n";
  if (size_t all = countUnknown(evaluation); all > kShownReasons)
    os << "<p>And " << all - kShownReasons << " more reasons.</p>\n";
  os << "</section>\n";
}

} // namespace fraglint
