#include "page/heap_page_map.h"

#include "page/markup.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <map>

namespace fraglint {

namespace {

// Lengths of the drawing.
constexpr double kWidth = 1120, kLeft = 74, kMapWidth = 1024;
constexpr double kAreaGap = 26, kFoldHeight = 22;

/// Of a heap with more squares, each stands for several blocks.
constexpr uint32_t kMostSquares = 16384;
/// More pieces make too large a page: neighbours of one line become one piece, and then the squares
/// become larger.
constexpr size_t kMostPieces = 1500;
/// Rows of free squares that are folded into one.
constexpr uint32_t kFoldedRows = 4;
/// Squares that a piece has at least which shows its letter.
constexpr uint32_t kLetterSquares = 3;
/// Of a run that is drawn to the map's scale; and of two such runs, where neither is missing.
constexpr uint32_t kMostAskedRows = 12, kMostScaleRows = 8;

/// What is drawn as one: a run or several neighbours of one line, or a hole. In squares.
struct Piece {
  static constexpr uint32_t kFree = UINT32_MAX;
  uint32_t begin = 0, squares = 0;
  uint32_t owner = kFree;
  bool isGarbage = false, isAsked = false;
  uint32_t runs = 1;
  int64_t bytes = 0;

  bool isLike(const Piece &other) const {
    return owner == other.owner && isGarbage == other.isGarbage && !isAsked && !other.isAsked;
  }
};

void mergeLike(std::vector<Piece> &pieces) {
  std::vector<Piece> merged;
  for (const Piece &piece : pieces) {
    if (merged.empty() || !merged.back().isLike(piece)) {
      merged.push_back(piece);
      continue;
    }
    merged.back().squares += piece.squares;
    merged.back().runs += piece.runs;
    merged.back().bytes += piece.bytes;
  }
  pieces = std::move(merged);
}

class MapDrawing {
public:
  MapDrawing(const HeapSnapshot &map, HeapPageLinks &links, llvm::raw_ostream &os)
      : map_(map), links_(links), os_(os) {
    uint64_t blocks = 0;
    for (const HeapPlace &area : map.areas)
      blocks += area.blocks;
    while (blocks / unit_ > kMostSquares)
      unit_ *= 2;
    for (takePieces(); countPieces() > kMostPieces; takePieces())
      unit_ *= 2;
    columns_ = blocks / unit_ <= 2048 ? 64 : 128;
    side_ = kMapWidth / columns_;
    rowHeight_ = columns_ == 64 ? 14 : 9;
  }

  void draw(int64_t askedBytes, bool isFailed) {
    double height = 10;
    for (size_t index = 0; index < areas_.size(); ++index) {
      tops_.push_back(layRows(index, height));
      height += kAreaGap;
    }
    double scaleTop = height;
    uint32_t asked = squaresOf(askedBytes), hole = squaresOf(map_.largestFree);
    uint32_t rows = rowsOf(asked) + rowsOf(hole);
    bool hasScale = isFailed || rows <= kMostScaleRows;
    if (hasScale)
      height += 2 * 18 + 14 + rows * rowHeight_;
    os_ << "<svg class=\"heap-map\" viewBox=\"0 0 " << lengthMarkup(kWidth) << ' '
        << lengthMarkup(height) << "\" role=\"img\" aria-labelledby=\"map-title map-text\">\n"
        << "<title id=\"map-title\">How the heap lies</title>\n<desc id=\"map-text\">"
        << escaped(description()) << "</desc>\n";
    for (size_t index = 0; index < areas_.size(); ++index)
      drawArea(index);
    if (hasScale) {
      drawScale(scaleTop, "longest free run: " + withThousands(map_.largestFree) + " bytes", hole,
                "hole longest");
      drawScale(scaleTop + 18 + 10 + rowsOf(hole) * rowHeight_,
                "asked for: " + withThousands(askedBytes) + " bytes", asked, "asked-for");
    }
    os_ << "</svg>\n";
  }

private:
  uint32_t squaresOf(int64_t bytes) const {
    auto most = static_cast<int64_t>(kMostAskedRows) * columns_;
    return static_cast<uint32_t>(std::min<int64_t>(
        most, (bytes + int64_t{map_.blockBytes} * unit_ - 1) / (int64_t{map_.blockBytes} * unit_)));
  }
  uint32_t rowsOf(uint32_t squares) const { return (squares + columns_ - 1) / columns_; }

  std::string description() const {
    return withThousands(static_cast<int64_t>(map_.spans.size())) + " runs of blocks; " +
           withThousands(map_.free) + " bytes are free, the longest free run is " +
           withThousands(map_.largestFree) + " bytes. Each square is " +
           withThousands(int64_t{unit_} * map_.blockBytes) + " bytes.";
  }

  // --- Pieces.

  void takePieces() {
    areas_.clear();
    for (const HeapPlace &area : map_.areas)
      areas_.push_back(piecesOf(area));
    if (countPieces() > kMostPieces)
      for (std::vector<Piece> &pieces : areas_)
        mergeLike(pieces);
  }
  size_t countPieces() const {
    size_t count = 0;
    for (const std::vector<Piece> &pieces : areas_)
      count += pieces.size();
    return count;
  }

  std::vector<Piece> piecesOf(const HeapPlace &area) const {
    std::vector<Piece> pieces;
    uint32_t at = 0;
    auto addFree = [&](uint32_t end) {
      if (end > at)
        pieces.push_back(
            {at, end - at, Piece::kFree, false, false, 1, int64_t{end - at} * map_.blockBytes});
    };
    for (const HeapSpan &span : map_.spans) {
      if (span.place.area != area.area)
        continue;
      addFree(span.place.block);
      pieces.push_back({span.place.block, span.place.blocks, span.owner, span.isGarbage,
                        span.isAsked, 1, int64_t{span.place.blocks} * map_.blockBytes});
      at = span.place.block + span.place.blocks;
    }
    addFree(area.blocks);
    if (unit_ > 1)
      pieces = inSquares(pieces, area.blocks);
    return pieces;
  }

  /// Each square goes to what takes most of it.
  std::vector<Piece> inSquares(const std::vector<Piece> &pieces, uint32_t blocks) const {
    std::vector<Piece> squares;
    size_t next = 0;
    for (uint32_t begin = 0; begin < blocks; begin += unit_) {
      uint32_t end = std::min(begin + unit_, blocks), most = 0;
      std::map<std::pair<uint32_t, bool>, uint32_t> taken;
      Piece square{
          begin / unit_, 1, Piece::kFree, false, false, 0, int64_t{end - begin} * map_.blockBytes};
      for (; next < pieces.size(); ++next) {
        const Piece &piece = pieces[next];
        uint32_t part = std::min(piece.begin + piece.squares, end) - std::max(piece.begin, begin);
        uint32_t &sum = taken[{piece.owner, piece.isGarbage}];
        sum += part;
        square.isAsked |= piece.isAsked;
        if (sum > most) {
          most = sum;
          square.owner = piece.owner;
          square.isGarbage = piece.isGarbage;
        }
        if (piece.begin + piece.squares > end)
          break;
      }
      squares.push_back(square);
    }
    mergeLike(squares);
    return squares;
  }

  // --- Rows.

  /// Gives each row of an area its place, from `height` on, which moves behind the last.
  std::vector<double> layRows(size_t index, double &height) {
    uint32_t squares = (map_.areas[index].blocks + unit_ - 1) / unit_;
    uint32_t rows = (squares + columns_ - 1) / columns_;
    std::vector<double> tops(rows + 1);
    std::vector<bool> isFolded(rows);
    for (const Piece &piece : areas_[index]) {
      if (piece.owner != Piece::kFree)
        continue;
      uint32_t first = (piece.begin + columns_ - 1) / columns_;
      uint32_t last = (piece.begin + piece.squares) / columns_;
      if (piece.begin + piece.squares == squares)
        last = rows;
      if (last >= first + kFoldedRows)
        std::fill(isFolded.begin() + first, isFolded.begin() + last, true);
    }
    if (areas_.size() > 1)
      height += 16;
    for (uint32_t row = 0; row < rows; ++row) {
      bool isFirst = row == 0 || !isFolded[row - 1];
      tops[row] = height;
      if (!isFolded[row])
        height += rowHeight_;
      else if (isFirst)
        height += kFoldHeight;
      else
        tops[row] = tops[row - 1];
    }
    tops[rows] = height;
    folded_.push_back(std::move(isFolded));
    return tops;
  }

  /// Squares of one row after the other, around which a line can be drawn.
  std::string outline(size_t area, uint32_t begin, uint32_t squares) const {
    std::string path;
    for (uint32_t at = begin, end = begin + squares; at < end;) {
      uint32_t row = at / columns_, stop = std::min(end, (row + 1) * columns_);
      if (folded_[area][row]) {
        uint32_t behind = foldEnd(area, row);
        path += rectangle(0, tops_[area][row], columns_, kFoldHeight);
        at = behind * columns_;
        continue;
      }
      // Whole rows are one rectangle.
      uint32_t below = row + 1;
      if (at % columns_ == 0)
        for (; stop + columns_ <= end && !folded_[area][below]; ++below)
          stop += columns_;
      path += rectangle(at % columns_, tops_[area][row], std::min(stop - at, columns_),
                        (below - row) * rowHeight_);
      at = stop;
    }
    return path;
  }

  std::string rectangle(uint32_t column, double top, uint32_t columns, double height) const {
    std::string width = lengthMarkup(columns * side_);
    return "M" + lengthMarkup(kLeft + column * side_) + " " + lengthMarkup(top) + "h" + width +
           "v" + lengthMarkup(height) + "h-" + width + "z";
  }

  /// The row behind the last one that is folded with this.
  uint32_t foldEnd(size_t area, uint32_t row) const {
    while (row < folded_[area].size() && folded_[area][row])
      ++row;
    return row;
  }

  // --- Drawing.

  void drawArea(size_t index) {
    const HeapPlace &area = map_.areas[index];
    if (areas_.size() > 1)
      os_ << "<text class=\"panel\" x=\"" << lengthMarkup(kLeft) << "\" y=\""
          << lengthMarkup(tops_[index].front() - 6) << "\">area " << area.area << ", "
          << withThousands(int64_t{area.blocks} * map_.blockBytes) << " bytes</text>\n";
    drawAddresses(index);
    for (const Piece &piece : areas_[index])
      drawPiece(index, piece);
    for (const Piece &piece : areas_[index])
      drawLetter(index, piece);
    drawFolds(index);
  }

  void drawAddresses(size_t index) {
    const std::vector<double> &tops = tops_[index];
    double last = -100;
    for (size_t row = 0; row + 1 < tops.size(); ++row) {
      if (tops[row] - last < 17)
        continue;
      last = tops[row];
      os_ << "<text class=\"address end\" x=\"" << lengthMarkup(kLeft - 8) << "\" y=\""
          << lengthMarkup(tops[row] + rowHeight_ / 2 + 4) << "\">"
          << llvm::formatv("{0:x-5}", row * columns_ * unit_ * map_.blockBytes) << "</text>\n";
    }
  }

  std::string tooltip(const Piece &piece) const {
    std::string bytes = withThousands(piece.bytes) + " bytes";
    if (piece.owner == Piece::kFree)
      return (unit_ == 1 ? "free: " : "mostly free: ") + bytes + " in one run";
    const HeapOwner &owner = map_.owners[piece.owner];
    std::string name = piece.owner == HeapSnapshot::kCode ? "code, constants and names"
                       : owner.place.line                 ? links_.textOf(owner.place)
                                                          : "the firmware itself";
    return (unit_ == 1 ? "" : "mostly ") + name + ": " + bytes +
           (piece.runs > 1 ? " in " + withThousands(piece.runs) + " runs" : "") +
           (piece.isGarbage ? ", garbage" : "") + (piece.isAsked ? ", just asked for" : "");
  }

  void drawPiece(size_t area, const Piece &piece) {
    bool isFree = piece.owner == Piece::kFree;
    std::string kind = "run " + (isFree ? std::string() : ownerClass(piece.owner));
    if (isFree)
      kind = isLongest(piece) ? "hole longest" : "hole";
    if (piece.isGarbage)
      kind += " garbage";
    if (piece.isAsked)
      kind += " asked";
    std::string path = "<path class=\"" + kind + "\" d=\"" +
                       outline(area, piece.begin, piece.squares) + "\"><title>" +
                       escaped(tooltip(piece)) + "</title></path>";
    // The others are too many lines for the listing to show them all.
    bool hasLine = !isFree && piece.owner != HeapSnapshot::kCode && letterOf(piece.owner) != 'h';
    os_ << (hasLine ? links_.link(map_.owners[piece.owner].place, path) : path) << '\n';
  }

  /// The first of the holes that are as long as the longest.
  bool isLongest(const Piece &piece) {
    if (wasLongestDrawn_ || unit_ > 1 || piece.bytes != map_.largestFree)
      return false;
    return wasLongestDrawn_ = true;
  }

  void drawLetter(size_t area, const Piece &piece) {
    if (piece.owner == Piece::kFree || piece.owner == HeapSnapshot::kCode || piece.isGarbage)
      return;
    char letter = letterOf(piece.owner);
    uint32_t row = piece.begin / columns_, column = piece.begin % columns_;
    uint32_t inRow = std::min(piece.squares, columns_ - column);
    if (letter == 'h' || inRow * side_ < kLetterSquares * 8.0)
      return;
    os_ << "<text class=\"letter" << (columns_ == 64 ? "" : " small") << " on-" << piece.owner
        << "\" x=\"" << lengthMarkup(kLeft + column * side_ + 4) << "\" y=\""
        << lengthMarkup(tops_[area][row] + rowHeight_ - (columns_ == 64 ? 3.5 : 1.8)) << "\">"
        << letter << "</text>\n";
  }

  void drawFolds(size_t index) {
    const std::vector<bool> &isFolded = folded_[index];
    for (uint32_t row = 0; row < isFolded.size(); ++row) {
      if (!isFolded[row])
        continue;
      uint32_t end = foldEnd(index, row);
      os_ << "<text class=\"fold middle\" x=\"" << lengthMarkup(kLeft + kMapWidth / 2) << "\" y=\""
          << lengthMarkup(tops_[index][row] + kFoldHeight / 2 + 4) << "\">" << end - row
          << " rows, all free</text>\n";
      row = end;
    }
  }

  void drawScale(double top, llvm::StringRef words, uint32_t squares, llvm::StringRef kind) {
    os_ << "<text class=\"panel\" x=\"" << lengthMarkup(kLeft) << "\" y=\""
        << lengthMarkup(top + 12) << "\">" << escaped(words) << "</text>\n<path class=\"" << kind
        << "\" d=\"";
    double y = top + 18;
    for (uint32_t at = 0; at < squares; at += columns_, y += rowHeight_)
      os_ << "M" << lengthMarkup(kLeft) << ' ' << lengthMarkup(y) << 'h'
          << lengthMarkup(std::min(squares - at, columns_) * side_) << 'v'
          << lengthMarkup(rowHeight_) << 'H' << lengthMarkup(kLeft) << 'z';
    os_ << "\"/>\n";
  }

  const HeapSnapshot &map_;
  HeapPageLinks &links_;
  llvm::raw_ostream &os_;
  uint32_t unit_ = 1; ///< blocks of a square
  uint32_t columns_ = 64;
  double side_ = 16, rowHeight_ = 14;
  std::vector<std::vector<Piece>> areas_;
  std::vector<std::vector<double>> tops_; ///< by area and row, and the end of the last
  std::vector<std::vector<bool>> folded_;
  bool wasLongestDrawn_ = false;
};

} // namespace

std::string ownerClass(uint32_t owner) {
  return letterOf(owner) == 'h' ? "owner-other" : "owner-" + std::to_string(owner);
}

void drawHeapMap(const HeapSnapshot &map, int64_t askedBytes, bool isFailed, HeapPageLinks &links,
                 llvm::raw_ostream &os) {
  MapDrawing(map, links, os).draw(askedBytes, isFailed);
}

} // namespace fraglint
