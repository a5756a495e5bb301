#include "page/heap_page_timeline.h"

#include "page/heap_page_curve.h"
#include "page/heap_page_scales.h"
#include "page/markup.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cmath>

namespace fraglint {

namespace {

constexpr uint32_t kMostPhases = 160, kMostMarks = 300;
constexpr int64_t kTicks = 5;

bool isTaking(const HeapEvent &event) {
  return event.kind == EventKind::Request || event.kind == EventKind::Resize;
}

class Timeline {
public:
  Timeline(const TimelineSubject &subject, HeapPageLinks &links, llvm::raw_ostream &os)
      : subject_(subject), picture_(subject.picture), links_(links), os_(os),
        axis_(kAxisLeft, kRight - kAxisLeft, static_cast<uint32_t>(picture_.points.size()),
              furtherPasses(picture_)),
        end_(static_cast<uint32_t>(picture_.points.size())), scales_(subject) {}

  void draw() {
    os_ << "<svg class=\"timeline\" viewBox=\"0 0 " << lengthMarkup(kWidth) << ' '
        << lengthMarkup(kHeight) << "\" role=\"img\" aria-labelledby=\"timeline-title "
        << "timeline-text\">\n<title id=\"timeline-title\">How the heap fills, request by "
           "request</title>\n<desc id=\"timeline-text\">"
        << escaped(description()) << "</desc>\n";
    drawPatterns();
    if (scales_.top > scales_.heap && !scales_.isCut)
      rectangle("beyond", kLeft, kUseTop, kRight - kLeft, scales_.useY(scales_.heap) - kUseTop);
    drawPhases();
    drawUseGrid();
    drawRunGrid();
    drawLoading();
    if (end_ > 0) {
      drawUse();
      drawRuns();
      drawCollections();
    }
    drawHeapLine();
    drawHovers();
    drawMark();
    os_ << "</svg>\n";
  }

private:
  /// First event of what stands for all passes that are not evaluated one by one.
  static uint32_t furtherPasses(const HeapPicture &picture) {
    auto end = static_cast<uint32_t>(picture.points.size());
    for (uint32_t event = 0; event < end; ++event)
      if (picture.events[event].pass == kFurtherPasses)
        return event;
    return end;
  }

  // --- Elements.

  void line(llvm::StringRef kind, double x1, double y1, double x2, double y2) {
    os_ << "<line class=\"" << kind << "\" x1=\"" << lengthMarkup(x1) << "\" y1=\""
        << lengthMarkup(y1) << "\" x2=\"" << lengthMarkup(x2) << "\" y2=\"" << lengthMarkup(y2)
        << "\"/>\n";
  }
  void text(llvm::StringRef kind, double x, double y, llvm::StringRef words) {
    os_ << "<text class=\"" << kind << "\" x=\"" << lengthMarkup(x) << "\" y=\"" << lengthMarkup(y)
        << "\">" << escaped(words) << "</text>\n";
  }
  void rectangle(llvm::StringRef kind, double x, double y, double width, double height) {
    os_ << "<rect class=\"" << kind << "\" x=\"" << lengthMarkup(x) << "\" y=\"" << lengthMarkup(y)
        << "\" width=\"" << lengthMarkup(width) << "\" height=\"" << lengthMarkup(height)
        << "\"/>\n";
  }
  void path(llvm::StringRef kind, llvm::StringRef data) {
    os_ << "<path class=\"" << kind << "\" d=\"" << data << "\"/>\n";
  }
  /// A curve with all that is between it and a ground.
  void area(llvm::StringRef kind, double ground, llvm::function_ref<double(uint32_t)> y) {
    path(kind, stepCurve(axis_, end_, y) + "V" + lengthMarkup(ground) + "H" +
                   lengthMarkup(axis_.left()) + "Z");
  }

  void drawPatterns() {
    os_ << "<defs>\n<pattern id=\"may\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
           "patternTransform=\"rotate(45)\"><rect class=\"may-ground\" width=\"6\" height=\"6\"/>"
           "<rect class=\"may-stripe\" width=\"2.4\" height=\"6\"/></pattern>\n"
           "<pattern id=\"waste\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
           "patternTransform=\"rotate(-45)\"><rect class=\"waste-ground\" width=\"5\" "
           "height=\"5\"/><rect class=\"waste-stripe\" width=\"1.6\" height=\"5\"/></pattern>\n"
           "</defs>\n";
  }

  std::string description() const {
    std::string words = std::to_string(end_) +
                        " events from left to right. The upper part shows "
                        "what is in use against the heap of " +
                        withThousands(scales_.heap) +
                        " bytes, the lower part the size of each request";
    words += picture_.isSimulated ? " and the longest free run, in one possible layout."
                                  : ". Where the holes lie is not known.";
    return words;
  }

  // --- Axes.

  void drawUseGrid() {
    int64_t step = 16;
    while (scales_.top / step > kTicks)
      step *= 2;
    for (int64_t tick = 0; tick <= scales_.top; tick += step) {
      line(tick == 0 ? "ground" : "grid", kLeft, scales_.useY(tick), kRight, scales_.useY(tick));
      text("axis end", kLeft - 8, scales_.useY(tick) + 4, sizeLabel(tick));
    }
    text("panel", kLeft, kUseTop - 46, "In use");
  }

  void drawRunGrid() {
    text("panel", kLeft, kRunTop - 14,
         picture_.isSimulated ? "Each request, against the longest free run" : "Each request");
    text("axis end", kRight, kRunTop - 14, "bytes, each step four times the one below");
    for (int64_t tick = picture_.blockBytes; std::log2(tick) <= scales_.logTop; tick *= 4) {
      line("grid", kLeft, scales_.runY(tick), kRight, scales_.runY(tick));
      text("axis end", kLeft - 8, scales_.runY(tick) + 4, sizeLabel(tick));
    }
    line("ground", kLeft, kRunBottom, kRight, kRunBottom);
  }

  struct Span {
    uint32_t begin;
    std::string name;
  };
  std::vector<Span> phases() const {
    std::vector<Span> spans;
    for (uint32_t event = 0; event < end_; ++event) {
      const HeapEvent &now = picture_.events[event];
      if (event > 0 && now.phase == picture_.events[event - 1].phase &&
          now.pass == picture_.events[event - 1].pass)
        continue;
      spans.push_back({event, phaseName(now.phase, now.pass)});
    }
    return spans;
  }

  void drawPhases() {
    text("axis middle", kLeft + kLoadWidth / 2, kRunBottom + 18, "load");
    std::vector<Span> spans = phases();
    if (spans.size() > kMostPhases) {
      text("axis", axis_.left(), kRunBottom + 18,
           std::to_string(spans.size()) + " turns of set-up and passes");
    } else {
      for (size_t index = 0; index < spans.size(); ++index) {
        double from = axis_.x(spans[index].begin);
        double to = axis_.x(index + 1 < spans.size() ? spans[index + 1].begin : axis_.events());
        if (index % 2 == 1) {
          rectangle("stripe", from, kUseTop, to - from, kUseHeight);
          rectangle("stripe", from, kRunTop, to - from, kRunHeight);
        }
        llvm::StringRef name = spans[index].name;
        if (kLetterWidth * static_cast<double>(name.size()) > to - from)
          name.consume_front("pass ");
        if (kLetterWidth * static_cast<double>(name.size()) <= to - from)
          text("axis middle", (from + to) / 2, kRunBottom + 18, name);
        line("grid", from, kRunBottom, from, kRunBottom + 5);
      }
    }
    text("axis end faint", kRight, kRunBottom + 38,
         withThousands(end_) + (end_ == 1 ? " event, in order" : " events, in order"));
  }

  void drawHeapLine() {
    if (scales_.isCut) {
      text("heap-name end", kRight, kUseTop - 8,
           "the heap, " + withThousands(scales_.heap) + " bytes, goes on far above");
      return;
    }
    double y = scales_.useY(scales_.heap);
    line("heap", kLeft, y, kRight, y);
    bool isRange = !picture_.isSimulated && !subject_.heapBytes.isExact();
    if (isRange)
      line("heap least", kLeft, scales_.useY(subject_.heapBytes.lo), kRight,
           scales_.useY(subject_.heapBytes.lo));
    std::string words = isRange ? "heap, " + withThousands(subject_.heapBytes.lo) + " to " +
                                      withThousands(scales_.heap) + " bytes"
                                : "heap, " + withThousands(scales_.heap) + " bytes";
    text("heap-name end", kRight, y - 7, words);
  }

  // --- What loading takes.

  void drawLoading() {
    const Evaluation &evaluation = subject_.evaluation;
    Interval live = evaluation.loadLive.figure.bytes, run = evaluation.load.figure.bytes;
    os_ << "<g><title>"
        << escaped("To compile: " + evaluation.loadLive.figure.text() +
                   " in use at once, the largest run " + evaluation.load.figure.text() +
                   "; it leaves " + ByteFigure::of(evaluation.keptByLoad).text())
        << "</title>\n";
    double x = kLeft + 12, width = kLoadWidth - 24;
    rectangle("live", x, scales_.useY(live.lo), width, kUseBottom - scales_.useY(live.lo));
    rectangle("may", x, scales_.useY(mostOf(live)), width,
              scales_.useY(live.lo) - scales_.useY(mostOf(live)));
    if (int64_t kept = evaluation.keptByLoad.lo; kept > 0)
      rectangle("code", x, scales_.useY(kept), width, kUseBottom - scales_.useY(kept));
    rectangle("need", x + width / 2 - 3, scales_.runY(run.lo), 6,
              kRunBottom - scales_.runY(run.lo));
    rectangle("may", x + width / 2 - 3, scales_.runY(mostOf(run)), 6,
              scales_.runY(run.lo) - scales_.runY(mostOf(run)));
    os_ << "</g>\n";
    double behind = axis_.left() - kLoadGap / 2;
    line("cut", behind, kUseTop - 6, behind, kRunBottom + 6);
  }

  // --- Curves.

  void drawUse() {
    auto live = [&](uint32_t event) { return scales_.useY(picture_.points[event].live.lo); };
    if (picture_.isSimulated) {
      area("waste", kUseBottom,
           [&](uint32_t event) { return scales_.useY(picture_.points[event].used); });
    } else {
      area("may", kUseBottom,
           [&](uint32_t event) { return scales_.useY(mostOf(picture_.points[event].live)); });
    }
    area("live", kUseBottom, live);
    double kept = scales_.useY(subject_.evaluation.keptByLoad.lo);
    rectangle("code", axis_.left(), kept, axis_.x(end_) - axis_.left(), kUseBottom - kept);
    path("live-edge", stepCurve(axis_, end_, live));
  }

  void drawRuns() {
    if (picture_.isSimulated) {
      auto free = [&](uint32_t event) { return scales_.runY(picture_.points[event].largestFree); };
      area("room", kRunBottom, free);
      path("room-edge", stepCurve(axis_, end_, free));
    }
    std::string hard, soft, may, unknown;
    for (size_t step = 0; step + 1 < axis_.steps().size(); ++step) {
      int64_t largest = 0, reach = 0, largestSoft = 0;
      bool isUnknown = false;
      uint32_t from = axis_.steps()[step], to = std::min(axis_.steps()[step + 1], end_);
      for (uint32_t event = from; event < to; ++event) {
        const HeapEvent &one = picture_.events[event];
        if (!isTaking(one))
          continue;
        int64_t &kind = one.isHard ? largest : largestSoft;
        kind = std::max(kind, one.bytes.lo);
        reach = std::max(reach, mostOf(one.bytes));
        isUnknown |= !one.bytes.hasHi();
      }
      double x = (axis_.x(from) + axis_.x(to)) / 2;
      auto needle = [&](std::string &needles, double ground, int64_t bytes) {
        needles += "M" + lengthMarkup(x) + " " + lengthMarkup(ground) + "V" +
                   lengthMarkup(scales_.runY(bytes));
      };
      if (largest > 0)
        needle(hard, kRunBottom, largest);
      if (largestSoft > largest)
        needle(soft, largest > 0 ? scales_.runY(largest) : kRunBottom, largestSoft);
      if (reach > std::max(largest, largestSoft))
        needle(may, largest > 0 ? scales_.runY(largest) : kRunBottom, reach);
      if (isUnknown)
        unknown += "M" + lengthMarkup(x) + " " + lengthMarkup(kRunTop) + "l3 -6h-6z";
    }
    double width =
        std::clamp(0.62 * axis_.width() / static_cast<double>(axis_.steps().size()), 1.2, 7.0);
    os_ << "<g stroke-width=\"" << lengthMarkup(width) << "\">\n";
    path("needle soft", soft);
    path("needle may-be", may);
    path("needle", hard);
    os_ << "</g>\n";
    path("unknown-size", unknown);
  }

  void drawCollections() {
    std::string data, grown;
    uint32_t marks = 0;
    for (uint32_t event = 0; event < end_ && marks < kMostMarks; ++event) {
      const HeapPoint &point = picture_.points[event];
      std::string at = "M" + lengthMarkup(axis_.x(event)) + " " + lengthMarkup(kUseBottom + 3);
      if (point.wasCollected || picture_.events[event].kind == EventKind::Collect)
        ++marks, data += at + "l4 7h-8z";
      if (point.wasGrown)
        ++marks, grown += at + "m-4 3h8m-4 -4v8";
    }
    if (!data.empty())
      path("collection", data);
    if (!grown.empty())
      path("growth", grown);
  }

  // --- What hovering says.

  std::string tooltip(uint32_t from, uint32_t to, const HeapEvent *largest) {
    const HeapPoint &point = picture_.points[to - 1];
    const HeapEvent &last = picture_.events[to - 1];
    std::string words = phaseName(last.phase, last.pass) + ", event " + withThousands(from + 1);
    if (to - from > 1)
      words += " to " + withThousands(to);
    if (largest)
      words += "\nlargest request: " + ByteFigure::of(largest->bytes).text() + ", " +
               links_.textOf(placeOf(largest->site));
    words += "\nin use: " + ByteFigure::of(point.live).text();
    if (picture_.isSimulated)
      words += "\ngarbage: " + withThousands(point.used - point.live.lo) +
               "\nlongest free run: " + withThousands(point.largestFree);
    return words;
  }

  void drawHovers() {
    for (size_t step = 0; step + 1 < axis_.steps().size(); ++step) {
      uint32_t from = axis_.steps()[step], to = std::min(axis_.steps()[step + 1], end_);
      if (from >= to)
        break;
      const HeapEvent *largest = nullptr;
      for (uint32_t event = from; event < to; ++event)
        if (const HeapEvent &one = picture_.events[event];
            isTaking(one) && (!largest || one.bytes.lo > largest->bytes.lo))
          largest = &one;
      std::string box = "<rect class=\"hover\" x=\"" + lengthMarkup(axis_.x(from)) + "\" y=\"" +
                        lengthMarkup(kUseTop) + "\" width=\"" +
                        lengthMarkup(axis_.x(to) - axis_.x(from)) + "\" height=\"" +
                        lengthMarkup(kRunBottom - kUseTop) + "\"><title>" +
                        escapedLines(tooltip(from, to, largest)) + "</title></rect>";
      os_ << (largest ? links_.link(placeOf(largest->site), box) : box) << '\n';
    }
  }

  static std::string escapedLines(llvm::StringRef text) {
    std::string lines;
    for (llvm::StringRef rest = text; !rest.empty();) {
      auto [line, behind] = rest.split('\n');
      lines += escaped(line);
      if (!behind.empty())
        lines += '\n';
      rest = behind;
    }
    return lines;
  }

  // --- The request that matters most.

  void drawMark() {
    const HeapVerdict &verdict = subject_.verdict;
    if (verdict.verdict == Verdict::WillFail && verdict.phase == Phase::Load) {
      drawFailedLoad();
      return;
    }
    if (!picture_.worst)
      return;
    const HeapEvent &event = picture_.events[*picture_.worst];
    const HeapPoint &point = picture_.points[*picture_.worst];
    bool isFailed = picture_.isFailed;
    std::string kind = isFailed ? "mark failed" : "mark";
    double x = (axis_.x(*picture_.worst) + axis_.x(*picture_.worst + 1)) / 2;
    double y = scales_.runY(event.bytes.lo);
    os_ << "<g class=\"" << kind << "\">\n";
    line("mark-line", x, kUseTop - 36, x, kRunBottom);
    os_ << "<circle cx=\"" << lengthMarkup(x) << "\" cy=\"" << lengthMarkup(y)
        << "\" r=\"4.5\"/>\n";
    std::string words = isFailed ? "fails: " : point.wasCollected ? "closest: " : "largest: ";
    words += links_.textOf(placeOf(event.site)) + " asks for " + withThousands(event.bytes.lo);
    if (picture_.isSimulated)
      words += ", the longest free run is " +
               withThousands(isFailed ? point.largestFree : point.foundFree);
    bool isRight = x > kWidth / 2;
    os_ << "<text class=\"mark-name" << (isRight ? " end" : "") << "\" x=\""
        << lengthMarkup(x + (isRight ? -7 : 7)) << "\" y=\"" << lengthMarkup(kUseTop - 28) << "\">"
        << links_.link(placeOf(event.site), escaped(words)) << "</text>\n</g>\n";
  }

  void drawFailedLoad() {
    const Evaluation &evaluation = subject_.evaluation;
    double x = kLeft + kLoadWidth / 2;
    os_ << "<g class=\"mark failed\">\n";
    line("mark-line", x, kUseTop - 36, x, kRunBottom);
    text("mark-name", x + 7, kUseTop - 28,
         "fails: compiling needs " + evaluation.loadLive.figure.text() + " at once, in a run " +
             evaluation.load.figure.text());
    os_ << "</g>\n";
  }

  const TimelineSubject &subject_;
  const HeapPicture &picture_;
  HeapPageLinks &links_;
  llvm::raw_ostream &os_;
  EventAxis axis_;
  uint32_t end_; ///< of what is drawn
  TimelineScales scales_;
};

} // namespace

void drawTimeline(const TimelineSubject &subject, HeapPageLinks &links, llvm::raw_ostream &os) {
  Timeline(subject, links, os).draw();
}

} // namespace fraglint
