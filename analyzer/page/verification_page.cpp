#include "page/verification_page.h"

#include "page/markup.h"
#include "page/page_style.h"
#include "page/verification_plot.h"
#include "page/words.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <array>
#include <tuple>
#include <vector>

namespace fraglint {

namespace {

/// More rows than anyone reads; the worst come first.
constexpr size_t kMostRows = 400;
constexpr size_t kMostSource = 100;

/// What one run showed of a statement, or several runs alike.
struct PlacedRow {
  const VerifiedRow *row;
  std::vector<const VerifiedRun *> runs;
};

bool isAlike(const VerifiedRow &a, const VerifiedRow &b) {
  return a.line == b.line && a.column == b.column && a.estimate == b.estimate &&
         a.measured == b.measured && a.agreement == b.agreement;
}

double ratioOf(const VerifiedRow &row) {
  if (!row.estimate.hasHi() || !row.measured.hasHi() || row.measured.hi == 0)
    return 0;
  return static_cast<double>(row.estimate.hi) / static_cast<double>(row.measured.hi);
}

/// The worst first: what is contradicted, what has no upper bound, loose bounds, then the largest.
auto orderOf(const VerifiedRow &row) {
  int kind = row.agreement == Agreement::Outside         ? 0
             : row.agreement == Agreement::NotMeasurable ? 4
             : !row.estimate.hasHi()                     ? 1
             : row.agreement == Agreement::Inside        ? 2
                                                         : 3;
  return std::make_tuple(kind, kind == 2 ? -ratioOf(row) : 0.0, -row.measured.lo, row.line);
}

class Page {
public:
  Page(const VerificationReport &report, const SourceFile &source, llvm::raw_ostream &os)
      : report_(report), source_(source), os_(os) {
    for (const VerifiedRun &run : report.runs)
      for (const VerifiedRow &row : run.verification.rows) {
        add(row, run);
        ++counts_[static_cast<size_t>(row.agreement)];
      }
    llvm::stable_sort(rows_, [](const PlacedRow &a, const PlacedRow &b) {
      return orderOf(*a.row) < orderOf(*b.row);
    });
  }

  void write() {
    writeHead();
    os_ << "<main>\n";
    writeOutcome();
    writeCards();
    writeWords({kHeapWords, kTagWords, kVerificationWords}, os_);
    writePlot();
    writeRows();
    writeVerdicts();
    os_ << "</main>\n<footer><p>fraglint " FRAGLINT_VERSION ". ";
    if (isByStatement())
      os_ << "Bytes are whole blocks of " << report_.facts.blockBytes
          << ": the largest request of a statement that is there when it ends, or when it calls "
             "another function of the program. What is given back before that is not seen.";
    else
      os_ << "The firmware draws no map of its heap: the largest request of each top-level "
             "statement, with all that it calls, was read from a heap that was squeezed until it "
             "failed.";
    os_ << "</p></footer>\n</body>\n</html>\n";
  }

private:
  void add(const VerifiedRow &row, const VerifiedRun &run) {
    ++all_;
    auto same = llvm::find_if(rows_, [&](const PlacedRow &one) { return isAlike(*one.row, row); });
    if (same == rows_.end())
      rows_.push_back({&row, {&run}});
    else
      same->runs.push_back(&run);
  }

  /// `input 2`, `inputs 2, 4`; `all` of them.
  std::string runsText(const PlacedRow &placed) const {
    if (placed.runs.size() == report_.runs.size())
      return "all";
    if (placed.runs.size() == 1)
      return placed.runs.front()->input;
    std::string text = "inputs ";
    for (const VerifiedRun *run : placed.runs)
      text += (run == placed.runs.front() ? "" : ", ") +
              llvm::StringRef(run->input).rsplit(' ').second.str();
    return text;
  }

  bool isByStatement() const { return report_.facts.drawsMaps; }
  size_t count(Agreement agreement) const { return counts_[static_cast<size_t>(agreement)]; }
  size_t wrongVerdicts() const {
    return static_cast<size_t>(
        llvm::count_if(report_.verdicts, [](const VerifiedVerdict &one) { return one.isWrong(); }));
  }

  void writeHead() {
    os_ << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
           "'unsafe-inline'\">\n<title>"
        << escaped(report_.program) << ": " << (report_.holds() ? "verified" : "contradicted")
        << "</title>\n<style>\n"
        << kPageStyle << "</style>\n</head>\n<body>\n<header>\n<p class=\"eyebrow\">fraglint "
        << "verify</p>\n<h1>" << escaped(report_.program)
        << "</h1>\n<p class=\"subtitle\">estimates for <b>" << escaped(report_.target.name)
        << "</b>, held against " << escaped(report_.facts.firmware)
        << "</p>\n</header>\n<nav aria-label=\"Parts of this page\"><ul>\n"
           "<li><a href=\"#outcome\">Outcome</a></li>\n<li><a href=\"#plot\">Plot</a></li>\n"
           "<li><a href=\"#rows\">Statements</a></li>\n";
    if (!report_.verdicts.empty())
      os_ << "<li><a href=\"#verdicts\">Heaps</a></li>\n";
    os_ << "</ul></nav>\n";
  }

  void writeOutcome() {
    bool holds = report_.holds();
    os_ << "<section class=\"verdict " << (holds ? "fits" : "will-fail")
        << "\" id=\"outcome\">\n<svg viewBox=\"0 0 48 48\" aria-hidden=\"true\">"
        << (holds ? "<circle cx=\"24\" cy=\"24\" r=\"22\"/><path class=\"sign\" d=\"M14 25l7 7 "
                    "13-15\"/>"
                  : "<path d=\"M15 2h18l13 13v18L33 46H15L2 33V15z\"/><path class=\"sign\" "
                    "d=\"M16 16l16 16M32 16 16 32\"/>")
        << "</svg>\n<h2>" << (holds ? "Every estimate holds" : "The model is wrong here")
        << "</h2>\n<p class=\"reason\">";
    if (holds)
      os_ << "What was measured is what was foretold, or lies within its bounds.";
    else
      os_ << count(Agreement::Outside) << " measurements lie outside their estimates, and "
          << wrongVerdicts() << " verdicts are wrong. Please report this with the program.";
    os_ << "</p>\n</section>\n";
  }

  void writeCard(llvm::StringRef title, const std::string &big, const std::string &words) {
    os_ << "<div class=\"card\"><h3>" << title << "</h3><p class=\"big\">" << big
        << "</p><p class=\"where\">" << words << "</p></div>\n";
  }

  void writeCards() {
    size_t compared = all_ - count(Agreement::NotMeasurable);
    auto part = [&](Agreement agreement) {
      return llvm::formatv("{0} of {1}", count(agreement), compared).str();
    };
    os_ << "<div class=\"cards\">\n";
    writeCard("Equal", part(Agreement::Equal), "exact estimates that were measured to the block");
    writeCard("Inside", part(Agreement::Inside), "measured between their bounds");
    writeCard("Outside", part(Agreement::Outside), "contradicted");
    writeCard("Not measurable", std::to_string(count(Agreement::NotMeasurable)),
              "each says why, below");
    writeDemand();
    os_ << "</div>\n";
  }

  /// The run with the largest measurement.
  void writeDemand() {
    const VerifiedRun *most = nullptr;
    for (const VerifiedRun &run : report_.runs)
      if (!most || run.verification.demand.measured.lo > most->verification.demand.measured.lo)
        most = &run;
    if (!most)
      return;
    const VerifiedRow &demand = most->verification.demand;
    std::string words = "measured " + measuredText(demand.measured);
    if (demand.line != 0)
      words += ", at line " + std::to_string(demand.line);
    if (std::optional<Verification::Tightness> tightness = most->verification.tightness())
      words += llvm::formatv("; bounds are {0:f2} times what was measured in the middle, {1:f2} at "
                             "most",
                             tightness->median, tightness->worst);
    writeCard("Largest request", figureMarkup({demand.estimate, demand.tag}), words);
  }

  static std::string measuredText(Interval measured) {
    if (measured.isExact())
      return numberMarkup(measured.lo) + " B";
    if (!measured.hasHi())
      return "at least " + numberMarkup(measured.lo) + " B";
    return numberMarkup(measured.lo) + "–" + numberMarkup(measured.hi) + " B";
  }

  void writePlot() {
    os_ << "<section id=\"plot\">\n<h2>Foretold against measured</h2>\n<ul class=\"legend\">"
           "<li><svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\"><g class=\"point inside\">"
           "<circle cx=\"6\" cy=\"6\" r=\"4.5\"/></g></svg> exact</li>"
           "<li><svg viewBox=\"0 0 12 16\" width=\"12\" height=\"16\"><g class=\"point inside\">"
           "<path class=\"range\" d=\"M6 14V2m-4 0h8M2 14h8\"/></g></svg> bounds; with an arrow: "
           "no upper bound</li><li><svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\"><g "
           "class=\"point outside\"><path class=\"cross\" d=\"M1 1l10 10m0-10l-10 10\"/></g></svg> "
           "outside</li></ul>\n<figure>\n";
    drawVerification(report_, os_);
    os_ << "<figcaption>On the diagonal both are equal. Equal points lie upon one another; each "
           "says which line it is.</figcaption>\n</figure>\n</section>\n";
  }

  void writeRows() {
    bool hasInputs = report_.runs.size() > 1;
    os_ << "<section id=\"rows\">\n<h2>Statements, the worst first</h2>\n<div class=\"scroll\">"
           "<table class=\"rows\">\n<thead><tr><th scope=\"col\">line</th>"
        << (hasInputs ? "<th scope=\"col\">runs</th>" : "")
        << "<th scope=\"col\" class=\"n\">foretold</th><th scope=\"col\" class=\"n\">measured</th>"
           "<th scope=\"col\">agreement</th><th scope=\"col\">statement</th></tr></thead>\n"
           "<tbody>\n";
    for (const PlacedRow &placed : llvm::ArrayRef(rows_).take_front(kMostRows)) {
      const VerifiedRow &row = *placed.row;
      bool isMeasured = row.agreement != Agreement::NotMeasurable;
      os_ << "<tr><th scope=\"row\" data-column=\"line\">" << row.line << "</th>";
      if (hasInputs)
        os_ << "<td data-column=\"runs\">" << escaped(runsText(placed)) << "</td>";
      os_ << "<td class=\"n\" data-column=\"foretold\">" << figureMarkup({row.estimate, row.tag})
          << "</td><td class=\"n\" data-column=\"measured\">"
          << (isMeasured ? measuredText(row.measured) : "–") << "</td><td><span class=\"tag "
          << tagClass(row.agreement) << "\">" << agreementName(row.agreement)
          << "</span></td><td class=\"line-of-its-own\">"
          << "<code>" << escaped(sourceOf(row.line)) << "</code>";
      if (!row.reason.empty())
        os_ << "<br><span class=\"note\">" << proseMarkup(row.reason) << "</span>";
      os_ << "</td></tr>\n";
    }
    os_ << "</tbody></table></div>\n";
    if (rows_.size() > kMostRows)
      os_ << "<p class=\"note\">" << rows_.size() - kMostRows << " more: `--format json` has all."
          << "</p>\n";
    os_ << "</section>\n";
  }

  static llvm::StringRef tagClass(Agreement agreement) {
    switch (agreement) {
    case Agreement::Equal:
      return "exact";
    case Agreement::Inside:
      return "bounded";
    case Agreement::Outside:
      return "unknown";
    case Agreement::NotMeasurable:
      break;
    }
    return "at-least";
  }

  llvm::StringRef sourceOf(uint32_t line) const {
    if (line == 0 || line > source_.lines().lineCount())
      return "";
    TextRange range = source_.lines().lineRange(line - 1);
    return source_.text().slice(range.begin, range.end).trim().take_front(kMostSource);
  }

  void writeVerdicts() {
    if (report_.verdicts.empty())
      return;
    os_ << "<section id=\"verdicts\">\n<h2>Heaps of other sizes</h2>\n<p class=\"note\">The "
           "program "
           "was run, without the probe, in heaps around the smallest that it works in.</p>\n"
           "<table>\n<thead><tr><th scope=\"col\" class=\"n\">heap</th><th scope=\"col\">verdict"
           "</th><th scope=\"col\">what happened</th></tr></thead>\n<tbody>\n";
    for (const VerifiedVerdict &one : report_.verdicts)
      os_ << "<tr><th scope=\"row\" class=\"n\">"
          << numberMarkup(static_cast<int64_t>(one.heapBytes)) << " B</th><td>"
          << verdictName(one.verdict) << "</td><td>" << (one.ran ? "it ran" : "it failed")
          << (one.isWrong() ? " <span class=\"tag unknown\">wrong</span>" : "") << "</td></tr>\n";
    os_ << "</tbody></table>\n</section>\n";
  }

  const VerificationReport &report_;
  const SourceFile &source_;
  llvm::raw_ostream &os_;
  std::vector<PlacedRow> rows_; ///< the worst first
  size_t all_ = 0;              ///< rows of all runs
  std::array<size_t, 4> counts_{}; ///< by Agreement
};

} // namespace

void writeVerificationPage(const VerificationReport &report, const SourceFile &source,
                           llvm::raw_ostream &os) {
  Page(report, source, os).write();
}

} // namespace fraglint
