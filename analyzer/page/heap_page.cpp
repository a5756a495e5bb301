#include "page/heap_page.h"

#include "page/heap_page_links.h"
#include "page/heap_page_map.h"
#include "page/heap_page_source.h"
#include "page/heap_page_tables.h"
#include "page/heap_page_timeline.h"
#include "page/markup.h"
#include "page/page_style.h"
#include "page/words.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kIcons[] = {
    // fits, at risk, will fail
    "<circle cx=\"24\" cy=\"24\" r=\"22\"/><path class=\"sign\" d=\"M14 25l7 7 13-15\"/>",
    "<path d=\"M24 3 46 44H2z\"/><path class=\"sign\" d=\"M24 19v11M24 37v.1\"/>",
    "<path d=\"M15 2h18l13 13v18L33 46H15L2 33V15z\"/>"
    "<path class=\"sign\" d=\"M16 16l16 16M32 16 16 32\"/>",
};

class Page {
public:
  Page(const HeapPage &page, llvm::raw_ostream &os)
      : page_(page), evaluation_(page.evaluation), verdict_(page.verdict),
        links_(page.program.model()), os_(os) {}

  void write() {
    writeHead();
    os_ << "<main>\n";
    writeVerdict();
    writeCards();
    writeWords({kHeapWords, kTagWords, kEvaluationWords}, os_);
    writeTimeline();
    writeMap();
    writeLargest(page_, links_, marks_, os_);
    writeFunctions(page_, links_, os_);
    writePhases(page_, links_, os_);
    writeUnknown(page_, links_, os_);
    os_ << "<section id=\"source\">\n<h2>The program</h2>\n<p class=\"note\">What each line asks "
           "for: its largest request, and all of them together, over the phases shown. "
           "<b>=</b> exact, <b>–</b> bounded, <b>≥</b> at least, <b>?</b> unknown; <i>may</i>: on "
           "some paths only.</p>\n";
    writeListing(page_.program, evaluation_, links_, marks_, os_);
    os_ << "</section>\n</main>\n<footer><p>fraglint " FRAGLINT_VERSION
           ". Bytes are as asked for; in use are whole blocks of "
        << page_.picture.blockBytes << " bytes.</p></footer>\n</body>\n</html>\n";
  }

private:
  // --- The beginning.

  /// The heap's tag says where its size comes from.
  std::string heapMarkup() const {
    Interval bytes = page_.heap.bytes;
    std::string source =
        page_.isOtherHeap ? "as given" : provenanceName(page_.target.target->provenance).str();
    return "heap <span class=\"figure\" id=\"heap\">" + numberMarkup(bytes.lo) +
           (bytes.isExact() ? "" : "–" + numberMarkup(bytes.hi)) + " B <span class=\"tag\">" +
           source + "</span></span>";
  }

  void writeHead() {
    std::string name = escaped(links_.nameOf(page_.program.tree().file().path()));
    os_ << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
           "'unsafe-inline'\">\n<title>"
        << name << ": " << verdictWords() << " on " << escaped(page_.target.target->name)
        << "</title>\n<style>\n"
        << kPageStyle << "</style>\n</head>\n<body>\n<header>\n<p class=\"eyebrow\">fraglint "
        << "heap</p>\n<h1>" << escaped(page_.path) << "</h1>\n<p class=\"subtitle\">on <b>"
        << escaped(page_.target.target->name) << "</b> (" << escaped(page_.target.target->mcu)
        << "), " << heapMarkup() << " · " << escaped(targetSourceText(page_.target.source))
        << "</p>\n</header>\n<nav aria-label=\"Parts of this page\"><ul>\n";
    auto entry = [&](llvm::StringRef id, llvm::StringRef text) {
      os_ << "<li><a href=\"#" << id << "\">" << text << "</a></li>\n";
    };
    entry("verdict", "Verdict");
    entry("timeline", "Timeline");
    entry("map", "Heap map");
    entry("requests", "Largest requests");
    entry("functions", "Functions");
    entry("phases", "Phases");
    entry("unknown", "Not known (" + std::to_string(countUnknown(evaluation_)) + ")");
    entry("source", "Source");
    os_ << "</ul></nav>\n";
  }

  // --- The verdict.

  llvm::StringRef verdictWords() const {
    switch (verdict_.verdict) {
    case Verdict::Fits:
      return "fits";
    case Verdict::AtRisk:
      return "is at risk";
    case Verdict::WillFail:
      break;
    }
    return "will fail";
  }

  /// The verdict's request with its tag.
  ByteFigure requestFigure() const {
    if (verdict_.isInUse)
      return verdict_.phase == Phase::Load ? evaluation_.loadLive.figure : evaluation_.live.figure;
    if (verdict_.phase == Phase::Load)
      return evaluation_.load.figure;
    for (const SiteCost &site : evaluation_.sites)
      if (site.site == verdict_.site && site.phase == verdict_.phase &&
          site.pass == verdict_.pass && site.isHard && site.largest.lo == verdict_.bytes)
        return ByteFigure::of(site.largest);
    return ByteFigure::of(evaluation_.isExact ? Interval::exactly(verdict_.bytes)
                                              : Interval::atLeast(verdict_.bytes));
  }

  llvm::StringRef requestWords() const {
    if (verdict_.isInUse)
      return "In use there";
    if (verdict_.verdict == Verdict::WillFail)
      return "What fails";
    bool isInDoubt = verdict_.verdict == Verdict::AtRisk &&
                     (verdict_.largestFree || !requestFigure().bytes.hasHi());
    return isInDoubt ? "The request in doubt" : "The largest request";
  }

  void writeVerdict() {
    os_ << "<section class=\"verdict " << verdictName(verdict_.verdict) << "\" id=\"verdict\">\n"
        << "<svg viewBox=\"0 0 48 48\" aria-hidden=\"true\">"
        << kIcons[static_cast<size_t>(verdict_.verdict)] << "</svg>\n<h2>The program "
        << verdictWords() << "</h2>\n<p class=\"reason\">" << sentence(verdict_.reason)
        << "</p>\n<ul>\n<li><b>" << requestWords() << "</b> " << figureMarkup(requestFigure());
    if (verdict_.site)
      os_ << " at " << links_.link(placeOf(verdict_.site));
    os_ << ", " << phaseName(verdict_.phase, verdict_.pass) << "</li>\n";
    if (verdict_.largestFree)
      os_ << "<li><b>Longest free run then</b> <span class=\"figure\">"
          << numberMarkup(*verdict_.largestFree) << " B</span>, in one possible layout</li>\n";
    if (verdict_.margin)
      writeMargin(*verdict_.margin);
    if (size_t reasons = countUnknown(evaluation_))
      os_ << "<li><a href=\"#unknown\">" << reasons << (reasons == 1 ? " thing is" : " things are")
          << " not known</a></li>\n";
    os_ << "</ul>\n</section>\n";
    if (!evaluation_.uncaught.empty())
      os_ << "<p class=\"note\">The program ends with <code>" << escaped(evaluation_.uncaught)
          << "</code>.</p>\n";
  }

  void writeMargin(int64_t margin) {
    os_ << "<li id=\"margin\">";
    if (margin >= 0)
      os_ << "<b>Room beyond what is in use at once</b> "
          << figureMarkup(ByteFigure::of(Interval::atLeast(margin)));
    else if (verdict_.verdict == Verdict::WillFail)
      os_ << "<b>Missing</b> " << figureMarkup(ByteFigure::of(Interval::atLeast(-margin)));
    else
      os_ << "<b>May be missing</b> " << figureMarkup(ByteFigure::of({0, -margin}));
    os_ << "</li>\n";
  }

  /// A reason is a clause, about a line that is named beside it.
  static std::string sentence(llvm::StringRef clause) {
    std::string words = clause.str();
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
      words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return proseMarkup(words) + ".";
  }

  // --- The figures that everybody asks for.

  void writeCards() {
    os_ << "<div class=\"cards\">\n";
    const Peak *headline = &evaluation_.headline();
    auto write = [&](llvm::StringRef id, llvm::StringRef title, const Peak &peak) {
      writeCard(id, title, peak, &peak == headline);
    };
    write("run-contiguous", "Running: largest run", evaluation_.run);
    write("load-contiguous", "Compiling: largest run", evaluation_.load);
    if (evaluation_.importRun.site)
      write("import-contiguous", "Importing: largest run", evaluation_.importRun);
    write("peak-live", "Running: most in use", evaluation_.live);
    write("load-live", "Compiling: most in use", evaluation_.loadLive);
    if (evaluation_.importLive.site)
      write("import-live", "Importing: most in use", evaluation_.importLive);
    os_ << "</div>\n";
  }

  void writeCard(llvm::StringRef id, llvm::StringRef title, const Peak &peak, bool isHeadline) {
    os_ << "<article class=\"card" << (isHeadline ? " headline" : "") << "\" id=\"" << id
        << "\">\n<h3>" << title
        << (isHeadline ? "<span title=\"peak contiguous demand\">peak</span>" : "")
        << "</h3>\n<p class=\"big\">" << figureMarkup(peak.figure) << "</p>\n";
    writeGauge(peak.figure);
    os_ << "<p class=\"where\">";
    if (peak.phase == Phase::Load) {
      os_ << "load: compiling " << escaped(links_.nameOf(page_.program.tree().file().path()));
      if (id == "load-live")
        os_ << "; it leaves " << figureMarkup(ByteFigure::of(evaluation_.keptByLoad));
    } else if (peak.site) {
      os_ << phaseName(peak.phase, peak.pass) << ", " << links_.link(placeOf(peak.site));
      if (std::string path = callPathMarkup(evaluation_.log, peak.callPath, links_); !path.empty())
        os_ << ", " << path;
    }
    os_ << "</p>\n</article>\n";
  }

  /// A figure as a part of the heap.
  void writeGauge(const ByteFigure &figure) {
    int64_t heap = std::max<int64_t>(page_.heap.bytes.hi, 1);
    auto percent = [&](int64_t bytes) {
      return lengthMarkup(100.0 * static_cast<double>(std::min(bytes, heap)) /
                          static_cast<double>(heap));
    };
    int64_t most = figure.bytes.hasHi() ? figure.bytes.hi : figure.bytes.lo;
    os_ << "<div class=\"gauge" << (figure.bytes.lo > heap ? " over" : "")
        << "\" role=\"img\" aria-label=\"" << escaped(figure.text()) << " of a heap of "
        << withThousands(heap) << " bytes\">";
    if (most > figure.bytes.lo)
      os_ << "<i class=\"may\" style=\"width:" << percent(most) << "%\"></i>";
    os_ << "<i style=\"width:" << percent(figure.bytes.lo) << "%\"></i></div>\n";
  }

  // --- Drawings.

  void writeTimeline() {
    const HeapPicture &picture = page_.picture;
    os_ << "<section id=\"timeline\">\n<h2>How the heap fills</h2>\n<figure>\n<ul "
           "class=\"legend\">\n";
    auto entry = [&](llvm::StringRef kind, llvm::StringRef text) {
      os_ << "<li><span class=\"swatch " << kind << "\"></span>" << text << "</li>\n";
    };
    entry("code", "code, constants, names");
    if (picture.isSimulated) {
      entry("live", "in use");
      entry("waste", "garbage, not yet collected");
      entry("free", "free");
      entry("room", "longest free run");
    } else {
      entry("live", "in use");
      entry("may", "may be in use, too");
    }
    entry("need", "request");
    entry("soft-need", "request whose failure is absorbed");
    if (llvm::any_of(picture.events, [](const HeapEvent &event) { return !event.bytes.hasHi(); }))
      os_ << "<li><span class=\"no-end\">▾</span>request of unknown size</li>\n";
    // Where not all of it can be seen, it is the end that matters of a program that fails.
    os_ << "</ul>\n<div class=\"scroll" << (picture.isFailed ? " from-end" : "")
        << "\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline\">\n";
    drawTimeline({picture, evaluation_, verdict_, page_.heap.bytes}, links_, os_);
    os_ << "</div>\n<figcaption>" << timelineCaption() << "</figcaption>\n</figure>\n</section>\n";
  }

  std::string timelineCaption() const {
    const HeapPicture &picture = page_.picture;
    if (!picture.isSimulated) {
      if (evaluation_.isExact)
        return "The program is not loaded by this heap. What it would use is drawn nevertheless.";
      return "Some requests, or whether they happen, are known in bounds only. So no heap is "
             "simulated: solid is what is in use by all that is known, hatched what may be, too. "
             "Behind a request of unknown size, more may be in use.";
    }
    std::string words = "One possible layout, simulated to the block with the target's own rules";
    if (picture.isSmaller)
      words += ", of a heap of " + withThousands(picture.heapBytes) +
               " bytes: somewhat smaller than the one that is judged, since nobody knows which "
               "garbage outlives a collection";
    words += layoutWords();
    if (llvm::any_of(picture.points, [](const HeapPoint &point) { return point.wasCollected; }))
      words += " Triangles mark collections.";
    if (llvm::any_of(picture.points, [](const HeapPoint &point) { return point.wasGrown; }))
      words += " A plus marks where the heap grew by an area.";
    if (picture.grows)
      words +=
          " The heap has grown so far as it was asked to; the longest free run is that of what "
          "is there.";
    if (picture.isFailed && picture.points.size() < picture.events.size())
      words += " The program stops where a request is not served: " +
               withThousands(static_cast<int64_t>(picture.events.size() - picture.points.size())) +
               " more events would follow.";
    return words;
  }

  /// Where loading is taken to have left code.
  llvm::StringRef layoutWords() const {
    return page_.picture.code == CodeLies::Together
               ? ". Code, constants and names lie together at its beginning."
               : ". Code, constants and names lie spread over what compiling took.";
  }

  static llvm::StringRef mapWords(const HeapPicture &picture) {
    if (picture.isFailed)
      return " when the request fails";
    return picture.points[*picture.worst].wasCollected ? " at the closest moment"
                                                       : " at the largest request";
  }

  void writeMap() {
    const HeapPicture &picture = page_.picture;
    os_ << "<section id=\"map\">\n<h2>How the heap lies" << (picture.map ? mapWords(picture) : "")
        << "</h2>\n";
    if (!picture.map) {
      os_ << "<p class=\"note\">A map is drawn where each request and each path is known. "
          << (evaluation_.isExact ? "This program's are, but it is not loaded by this heap."
                                  : "This program's are not: see <a href=\"#unknown\">what is not "
                                    "known</a>.")
          << "</p>\n</section>\n";
      return;
    }
    const HeapEvent &event = picture.events[*picture.worst];
    os_ << "<figure>\n";
    writeOwners(*picture.map);
    os_ << "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Heap map\">\n";
    drawHeapMap(*picture.map, event.bytes.lo, picture.isFailed, links_, os_);
    os_ << "</div>\n<figcaption>One possible layout, "
        << (picture.isFailed ? "when " : "just after ") << links_.link(placeOf(event.site))
        << (picture.isFailed ? " asks for " : " was given ") << numberMarkup(event.bytes.lo)
        << " bytes, in " << phaseName(event.phase, event.pass) << ": "
        << numberMarkup(picture.map->free) << " bytes are free, the longest run of them is "
        << numberMarkup(picture.map->largestFree)
        << ". Each block has the colour of the line that asked for it; garbage is paler. Addresses "
           "count from the area's beginning.</figcaption>\n</figure>\n</section>\n";
  }

  void writeOwners(const HeapSnapshot &map) {
    os_ << "<ul class=\"legend\">\n";
    HeapOwner others;
    size_t lines = 0;
    for (uint32_t owner = 0; owner < map.owners.size(); ++owner) {
      const HeapOwner &one = map.owners[owner];
      if (letterOf(owner) == 'h') {
        others.bytes += one.bytes;
        others.runs += one.runs;
        ++lines;
        continue;
      }
      std::string name = owner == HeapSnapshot::kCode ? "code, constants, names"
                         : one.place.line             ? links_.link(one.place)
                                                      : "the firmware itself";
      if (std::string address = links_.addressOf(one.place); !address.empty())
        marks_[address.substr(1)] += "<a class=\"mark-back letter-swatch " + ownerClass(owner) +
                                     "\" title=\"in the map\" href=\"#owner-" +
                                     std::to_string(owner) + "\">" + letterOf(owner) + "</a>";
      writeOwner(owner, name, one);
    }
    if (lines > 0)
      writeOwner(static_cast<uint32_t>(map.owners.size()),
                 withThousands(static_cast<int64_t>(lines)) +
                     (lines == 1 ? " other line" : " other lines"),
                 others);
    os_ << "<li><span class=\"swatch hole\"></span>free</li>\n</ul>\n";
  }

  void writeOwner(uint32_t owner, llvm::StringRef name, const HeapOwner &figures) {
    char letter = letterOf(owner);
    os_ << "<li id=\"owner-" << owner << "\"><span class=\"letter-swatch " << ownerClass(owner)
        << "\">" << (letter == 'h' || letter == 'c' ? "&nbsp;" : std::string(1, letter))
        << "</span> " << name << " " << withThousands(figures.bytes) << " B in "
        << withThousands(figures.runs) << (figures.runs == 1 ? " run" : " runs") << "</li>\n";
  }

  const HeapPage &page_;
  const Evaluation &evaluation_;
  const HeapVerdict &verdict_;
  HeapPageLinks links_;
  LineMarks marks_;
  llvm::raw_ostream &os_;
};

} // namespace

void writeHeapPage(const HeapPage &page, llvm::raw_ostream &os) { Page(page, os).write(); }

} // namespace fraglint
