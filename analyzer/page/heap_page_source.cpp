#include "page/heap_page_source.h"

#include "page/markup.h"
#include "syntax/keywords.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Programs of more lines or characters are not shown whole.
constexpr uint32_t kWholeLines = 2500, kWholeText = 120'000;
/// Of those, the lines that ask for most are, and as many beside each.
constexpr size_t kCostlyLines = 300;
constexpr uint32_t kBeside = 2;
constexpr uint32_t kMostColumns = 200;
/// Bytes of markup behind which only lines are shown that are linked to, with their beginnings.
constexpr uint64_t kMostMarkup = 1'100'000;
constexpr uint32_t kFewColumns = 40;
constexpr uint32_t kTab = 4;

/// What one line asks for, over all phases.
struct LineCost {
  Interval largest = Interval::exactly(0); ///< hard requests
  Interval total = Interval::exactly(0);
  uint64_t count = 0;
  bool isSure = false, hasHard = false;
};

using LineKey = std::pair<uint32_t, uint32_t>; ///< file, and line from 1

enum class Word : uint8_t { Plain, Keyword, Text, Comment };

/// What each byte of a file is.
std::vector<Word> wordsOf(const SyntaxTree &tree) {
  llvm::StringRef text = tree.file().text();
  std::vector<Word> words(text.size(), Word::Plain);
  auto mark = [&](TextRange range, Word word) {
    std::fill(words.begin() + range.begin, words.begin() + range.end, word);
  };
  for (uint32_t statement = 0; statement < tree.statementCount(); ++statement)
    for (SyntaxNode node = tree.statement(statement); node; node = node.next())
      if (node.kind() == NodeKind::String)
        mark(node.range(), Word::Text);
      else if (node.kind() == NodeKind::Interpolation)
        mark(node.range(), Word::Plain);
  for (const Comment &comment : tree.comments())
    mark(comment.range, Word::Comment);
  auto isLetter = [](char one) { return llvm::isAlnum(one) || one == '_'; };
  for (uint32_t at = 0; at < text.size();) {
    uint32_t end = at;
    while (end < text.size() && words[end] == Word::Plain && isLetter(text[end]))
      ++end;
    if (end == at) {
      ++at;
      continue;
    }
    if (isKeyword(text.slice(at, end)))
      mark({at, end}, Word::Keyword);
    at = end;
  }
  return words;
}

class Listing {
public:
  Listing(const Module &program, const Evaluation &evaluation, const HeapPageLinks &links,
          const LineMarks &marks, llvm::raw_ostream &os)
      : model_(program.model()), links_(links), marks_(marks), os_(os) {
    for (const SiteCost &site : evaluation.sites)
      add(site);
    choose();
  }

  void write() {
    begin_ = os_.tell();
    for (uint32_t file = 0; file < model_.files().size(); ++file)
      writeFile(file);
  }

private:
  void add(const SiteCost &site) {
    if (!site.site)
      return;
    const SourceFile &file = site.site.tree().file();
    LineCost &cost =
        costs_[{model_.fileOf(site.site), file.lines().lineAt(site.site.range().begin) + 1}];
    if (site.isHard) {
      cost.hasHard = true;
      cost.largest = {std::max(cost.largest.lo, site.largest.lo),
                      std::max(cost.largest.hi, site.largest.hi)};
    }
    cost.total = cost.total + site.total;
    cost.count += site.count;
    cost.isSure |= site.isSure;
    greatest_ = std::max(greatest_, cost.largest.lo);
    greatestTotal_ = std::max(greatestTotal_, cost.total.lo);
  }

  void choose() {
    uint64_t lines = 0, text = 0;
    for (const ModuleFile &file : model_.files()) {
      lines += file.tree->file().lines().lineCount();
      text += file.tree->file().text().size();
    }
    isWhole_ = lines <= kWholeLines && text <= kWholeText;
    if (isWhole_)
      return;
    std::vector<LineKey> costly;
    costly.reserve(costs_.size());
    for (const auto &[line, cost] : costs_)
      costly.push_back(line);
    llvm::stable_sort(costly, [&](const LineKey &a, const LineKey &b) {
      return costs_[a].total.lo > costs_[b].total.lo;
    });
    costly.resize(std::min(costly.size(), kCostlyLines));
    for (const auto &[file, line] : costly)
      for (uint32_t beside = 0; beside <= 2 * kBeside; ++beside)
        if (line + beside > kBeside)
          shown_.emplace(file, line + beside - kBeside);
    shown_.insert(links_.linked().begin(), links_.linked().end());
  }

  void writeFile(uint32_t index) {
    const SyntaxTree &tree = *model_.files()[index].tree;
    const LineIndex &lines = tree.file().lines();
    uint32_t last = lines.lineCount();
    if (lines.lineRange(last - 1).empty() && last > 1)
      --last; // behind the last line's end
    if (isFull() && !isLinked(index))
      return;
    std::string name = escaped(links_.nameOf(tree.file().path()));
    os_ << "<h3>" << name << "</h3>\n<div class=\"scroll listing\" tabindex=\"0\" role=\"region\" "
        << "aria-label=\"" << name << "\"><table class=\"code\">\n<thead><tr>"
        << "<th scope=\"col\">line</th><th scope=\"col\" class=\"n\">largest, B</th>"
        << "<th scope=\"col\" class=\"n total\">in all, B</th>"
        << "<th scope=\"col\">source</th></tr></thead>\n<tbody>\n";
    std::vector<Word> words = wordsOf(tree);
    uint32_t skipped = 0;
    for (uint32_t line = 1; line <= last; ++line) {
      bool isShown =
          isFull() ? links_.isLinked(index, line) : isWhole_ || shown_.count({index, line}) != 0;
      if (!isShown) {
        ++skipped;
        continue;
      }
      writeSkipped(skipped);
      skipped = 0;
      writeLine({index, line}, tree, words);
    }
    writeSkipped(skipped);
    os_ << "</tbody></table></div>\n";
  }

  bool isFull() const { return os_.tell() - begin_ > kMostMarkup; }
  bool isLinked(uint32_t file) const {
    return llvm::any_of(links_.linked(), [&](const LineKey &line) { return line.first == file; });
  }

  void writeSkipped(uint32_t lines) {
    if (lines > 0)
      os_ << "<tr class=\"skipped\"><th></th><td></td><td class=\"total\"></td><td>… "
          << withThousands(lines) << (lines == 1 ? " line" : " lines") << "</td></tr>\n";
  }

  void writeLine(LineKey key, const SyntaxTree &tree, const std::vector<Word> &words) {
    std::string id = HeapPageLinks::idOf(key.first, key.second);
    os_ << "<tr id=\"" << id << "\"><th scope=\"row\">" << key.second << "</th>";
    auto cost = costs_.find(key);
    if (cost == costs_.end()) {
      os_ << "<td></td><td class=\"total\"></td>";
    } else {
      const LineCost &line = cost->second;
      writeLargest(line);
      os_ << "<td class=\"n bar total\"" << barStyle(line.total.lo, greatestTotal_) << " title=\""
          << escaped(withThousands(static_cast<int64_t>(line.count)) +
                     (line.count == 1 ? " request, " : " requests, ") +
                     ByteFigure::of(line.total).text() + " in all")
          << "\">" << shortFigureMarkup(ByteFigure::of(line.total)) << "</td>";
    }
    os_ << "<td><code>";
    writeText(tree.file(), key.second - 1, words);
    os_ << "</code>";
    if (auto mark = marks_.find(id); mark != marks_.end())
      os_ << mark->second;
    os_ << "</td></tr>\n";
  }

  void writeLargest(const LineCost &line) {
    if (!line.hasHard) {
      os_ << "<td class=\"n\" title=\"only requests whose failure is absorbed\"><i>soft</i></td>";
      return;
    }
    os_ << "<td class=\"n bar\"" << barStyle(line.largest.lo, greatest_) << " title=\""
        << escaped("largest request: " + ByteFigure::of(line.largest).text() +
                   (line.isSure ? "" : ", on some paths only"))
        << "\">" << (line.isSure ? "" : "<i>may</i> ")
        << shortFigureMarkup(ByteFigure::of(line.largest)) << "</td>";
  }

  static std::string barStyle(int64_t part, int64_t whole) {
    if (part == 0 || whole == 0)
      return "";
    auto percent = std::max<int64_t>(1, 100 * part / whole);
    return " style=\"--part:" + std::to_string(percent) + "%\"";
  }

  void writeText(const SourceFile &file, uint32_t line, const std::vector<Word> &words) {
    TextRange range = file.lines().lineRange(line);
    llvm::StringRef text = file.text();
    uint32_t end = range.end;
    uint32_t most = isFull() ? kFewColumns : kMostColumns;
    bool isCut = range.length() > most;
    if (isCut) {
      end = range.begin + most;
      while (end > range.begin && (text[end] & 0xc0) == 0x80)
        --end; // within a character
    }
    for (uint32_t at = range.begin; at < end;) {
      uint32_t next = at;
      while (next < end && words[next] == words[at])
        ++next;
      writeWords(text.slice(at, next), words[at]);
      at = next;
    }
    if (isCut)
      os_ << " …";
  }

  void writeWords(llvm::StringRef text, Word word) {
    static constexpr llvm::StringLiteral kKinds[] = {"", "k", "s", "c"};
    std::string plain;
    for (char one : text)
      one == '\t' ? plain.append(kTab, ' ') : plain.append(1, one);
    llvm::StringRef kind = kKinds[static_cast<size_t>(word)];
    if (kind.empty())
      os_ << escaped(plain);
    else
      os_ << "<span class=\"" << kind << "\">" << escaped(plain) << "</span>";
  }

  const SemanticModel &model_;
  const HeapPageLinks &links_;
  const LineMarks &marks_;
  llvm::raw_ostream &os_;
  std::map<LineKey, LineCost> costs_;
  std::set<LineKey> shown_;
  uint64_t begin_ = 0; ///< of the stream, where the listing begins
  bool isWhole_ = true;
  int64_t greatest_ = 0, greatestTotal_ = 0;
};

} // namespace

void writeListing(const Module &program, const Evaluation &evaluation, const HeapPageLinks &links,
                  const LineMarks &marks, llvm::raw_ostream &os) {
  Listing(program, evaluation, links, marks, os).write();
}

} // namespace fraglint
