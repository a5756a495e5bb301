#include "page/verification_plot.h"

#include "page/markup.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace fraglint {

namespace {

constexpr double kSize = 560, kLeft = 84, kTop = 14, kRight = 18, kBottom = 46;
constexpr double kWidth = kLeft + kSize + kRight, kHeight = kTop + kSize + kBottom;
/// Nothing measured, or nothing foretold, stands this far before the first block.
constexpr double kNothing = 0.6;
constexpr double kPoint = 4.5;

class Plot {
public:
  Plot(const VerificationReport &report, llvm::raw_ostream &os) : os_(os) {
    least_ = std::max<int64_t>(report.facts.blockBytes, 16);
    int64_t most = 4 * least_;
    for (const VerifiedRun &run : report.runs)
      for (const VerifiedRow &row : run.verification.rows) {
        if (row.agreement == Agreement::NotMeasurable)
          continue;
        Key key{row.measured.lo, row.estimate.lo, row.estimate.hi, row.agreement};
        std::pair<uint32_t, uint32_t> &place = points_[key];
        place.first = place.second == 0 ? row.line : place.first;
        ++place.second;
        most = std::max({most, row.measured.lo, row.estimate.lo,
                         row.estimate.hasHi() ? row.estimate.hi : int64_t{0}});
      }
    doublings_ = std::ceil(std::log2(static_cast<double>(most) / static_cast<double>(least_)));
  }

  void draw() {
    os_ << "<div class=\"scroll plot\"><svg viewBox=\"0 0 " << kWidth << ' ' << kHeight
        << "\" role=\"img\" aria-labelledby=\"plot-title plot-words\">\n<title "
           "id=\"plot-title\">Foretold against measured</title>\n<desc id=\"plot-words\">Each "
           "statement is a point at what was measured, to the right, and what was foretold, "
           "upwards. On the diagonal both are equal.</desc>\n";
    drawGrid();
    for (const auto &[key, place] : points_)
      drawPoint(key, place.first, place.second);
    os_ << "</svg></div>\n";
  }

private:
  using Key = std::tuple<int64_t, int64_t, int64_t, Agreement>;

  /// Along either axis, from 0 to kSize.
  double at(int64_t bytes) const {
    double step = kSize / (doublings_ + 1);
    if (bytes <= 0)
      return step * (1 - kNothing);
    return step * (1 + std::log2(static_cast<double>(bytes) / static_cast<double>(least_)));
  }
  double x(int64_t bytes) const { return kLeft + at(bytes); }
  double y(int64_t bytes) const { return kTop + kSize - at(bytes); }

  void line(llvm::StringRef kind, double x1, double y1, double x2, double y2) {
    os_ << "<path class=\"" << kind << "\" d=\"M" << lengthMarkup(x1) << ' ' << lengthMarkup(y1)
        << 'L' << lengthMarkup(x2) << ' ' << lengthMarkup(y2) << "\"/>\n";
  }

  void drawGrid() {
    auto step = static_cast<unsigned>(std::ceil(doublings_ / 8));
    bool isBetween = true; // a narrow page has room for every other label
    for (unsigned doubling = 0; doubling <= doublings_; doubling += std::max(step, 1U)) {
      int64_t bytes = least_ << doubling;
      isBetween = !isBetween;
      llvm::StringRef between = isBetween ? " between" : "";
      line("grid", x(bytes), kTop, x(bytes), kTop + kSize);
      line("grid", kLeft, y(bytes), kLeft + kSize, y(bytes));
      os_ << "<text class=\"middle" << between << "\" x=\"" << lengthMarkup(x(bytes)) << "\" y=\""
          << lengthMarkup(kTop + kSize + 18) << "\">" << sizeLabel(bytes)
          << "</text>\n<text class=\"end" << between << "\" x=\"" << lengthMarkup(kLeft - 8)
          << "\" y=\"" << lengthMarkup(y(bytes) + 4) << "\">" << sizeLabel(bytes) << "</text>\n";
    }
    line("ground", kLeft, kTop + kSize, kLeft + kSize, kTop + kSize);
    line("ground", kLeft, kTop, kLeft, kTop + kSize);
    line("diagonal", kLeft, kTop + kSize, kLeft + kSize, kTop);
    os_ << "<text class=\"middle panel\" x=\"" << lengthMarkup(kLeft + kSize / 2) << "\" y=\""
        << lengthMarkup(kHeight - 6)
        << "\">measured</text>\n<text class=\"middle panel\" transform=\"translate(14 "
        << lengthMarkup(kTop + kSize / 2) << ") rotate(-90)\">foretold</text>\n";
  }

  /// A dot for what is exact, a bar with ends for what is bounded, an arrow upwards for what has no
  /// upper bound; a cross where the measurement lies outside.
  void drawPoint(const Key &key, uint32_t line, uint32_t count) {
    auto [measured, lo, hi, agreement] = key;
    Interval estimate{lo, hi};
    double across = x(measured), bottom = y(lo), top = estimate.hasHi() ? y(hi) : kTop;
    os_ << "<g class=\"point " << (agreement == Agreement::Outside ? "outside" : "inside")
        << "\"><title>line " << line;
    if (count > 1)
      os_ << " and " << count - 1 << " more";
    os_ << ": foretold " << ByteFigure::of(estimate).text() << ", measured "
        << withThousands(measured) << "</title>\n";
    if (!estimate.isExact()) {
      std::string bar = "M" + lengthMarkup(across) + " " + lengthMarkup(bottom) + "V" +
                        lengthMarkup(top) + "m-4 " + (estimate.hasHi() ? "0" : "6") +
                        (estimate.hasHi() ? "h8" : "l4-6 4 6");
      os_ << "<path class=\"range\" d=\"" << bar << "M" << lengthMarkup(across - 4) << ' '
          << lengthMarkup(bottom) << "h8\"/>\n";
    }
    if (agreement == Agreement::Outside)
      os_ << "<path class=\"cross\" d=\"M" << lengthMarkup(across - 6) << ' '
          << lengthMarkup(bottom - 6) << "l12 12m0-12l-12 12\"/>";
    else if (estimate.isExact())
      os_ << "<circle cx=\"" << lengthMarkup(across) << "\" cy=\"" << lengthMarkup(bottom)
          << "\" r=\"" << kPoint << "\"/>";
    else
      os_ << "<circle class=\"measured\" cx=\"" << lengthMarkup(across) << "\" cy=\""
          << lengthMarkup(y(measured)) << "\" r=\"3\"/>";
    os_ << "</g>\n";
  }

  llvm::raw_ostream &os_;
  int64_t least_ = 16; ///< bytes of the first line of the grid
  double doublings_ = 2; ///< from there to the last
  std::map<Key, std::pair<uint32_t, uint32_t>> points_; ///< first line, and how many
};

} // namespace

void drawVerification(const VerificationReport &report, llvm::raw_ostream &os) {
  Plot(report, os).draw();
}

} // namespace fraglint
