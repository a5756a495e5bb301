#include "evaluator/compile_cost.h"

#include "evaluator/code_size.h"
#include "evaluator/parse_cost.h"

#include <optional>

namespace fraglint {

namespace {

// py/mpconfig.h: what is asked for at first, and by how much it grows.
constexpr int64_t kRules = 64, kMoreRules = 16;
constexpr int64_t kResults = 32, kMoreResults = 16;
constexpr int64_t kIndents = 10, kMoreIndents = 8;
constexpr int64_t kIdentifiers = 4, kMoreIdentifiers = 6;
constexpr int64_t kFirstPool = 20;
/// Counts are right but for so many.
constexpr int64_t kNear = 2;
constexpr int64_t kToken = 32, kNameChunk = 128;
// Measured on the engines: what the firmware has interned of its own before the program.
constexpr int64_t kNamesBefore = 3, kNameBytesBefore = 40;
constexpr int64_t kMostNamesBefore = 9; ///< on boards
/// Percent of a program's names: builds know a few more than others.
constexpr int64_t kSurelyNew = 85;
/// Held against the engines, what is reckoned was at most three percent too much.
constexpr int64_t kSlackPercent = 6;

/// Literals that are objects, of a table.
constexpr int64_t kManyObjects = 96;
/// Instructions of a class whose body binds nothing, and words of it that are reckoned too much:
/// measured with `class A: pass` and `def f(): 0` some hundred times.
constexpr size_t kMostOfEmpty = 7, kMostOfConstant = 2;
constexpr int64_t kLessOfEmpty = 14, kLessOfConstant = 3;
/// Literals that stand alone are dropped: so much of them, in parts, was not seen with 600.
constexpr int64_t kDroppedPart = 8;

/// Slots of a hash table that holds so many.
int64_t slotsFor(int64_t count) {
  static constexpr uint16_t kSizes[] = {
      0,   2,   4,   6,   8,   10,  12,  17,   23,   29,   37,   47,   59,   73,    97,   127,
      167, 223, 293, 389, 521, 691, 919, 1223, 1627, 2161, 3229, 4831, 7243, 10861, 16273};
  for (int64_t size : kSizes)
    if (size >= count)
      return size;
  return (count + count / 2) | 1;
}

int64_t grown(int64_t needed, int64_t first, int64_t more) {
  return needed <= first ? first : first + (needed - first + more - 1) / more * more;
}

/// What is in use, from the least to the most that it can be.
class Meter {
public:
  explicit Meter(const FirmwareProfile &profile) : block_(profile.blockBytes()) {}

  int64_t blocks(int64_t bytes) const { return (bytes + block_ - 1) / block_ * block_; }
  void take(int64_t bytes) {
    request(bytes);
    add(blocks(bytes));
  }
  /// What is asked for is not quite sure; what it takes is reckoned with `bytes`.
  void takeAbout(int64_t bytes, Interval sure) {
    requestBetween(sure);
    requested += bytes;
    add(blocks(bytes));
  }
  void give(int64_t bytes) { live_ = live_ + Interval::exactly(-blocks(bytes)); }
  /// In place or by moving: the old run lives until its copy is made.
  void grow(int64_t before, int64_t after) { grow(before, after, Interval::exactly(after)); }
  void grow(int64_t before, int64_t after, Interval sure) {
    requestBetween(sure);
    if (after <= before)
      return;
    requested += after - before;
    Interval old = live_;
    live_.lo += blocks(after) - blocks(before);
    live_.hi += blocks(after);
    look();
    live_.hi = old.hi + blocks(after) - blocks(before);
  }
  void add(Interval blocks) {
    live_ = live_ + blocks;
    look();
  }
  /// What was added as an interval.
  void release(Interval blocks) { live_ = {live_.lo - blocks.lo, live_.hi - blocks.hi}; }
  void add(int64_t blocks) { add(Interval::exactly(blocks)); }
  void requestBetween(Interval bytes) {
    largest_.lo = std::max(largest_.lo, bytes.lo);
    largest_.hi = std::max(largest_.hi, bytes.hi);
  }

  Interval live() const { return live_; }
  Interval peak() const { return peak_; }
  Interval largest() const { return largest_; }
  int64_t requested = 0;

private:
  void request(int64_t bytes) {
    requestBetween(Interval::exactly(bytes));
    requested += bytes;
  }
  void look() {
    peak_.lo = std::max(peak_.lo, live_.lo);
    peak_.hi = std::max(peak_.hi, live_.hi);
  }

  int64_t block_;
  Interval live_ = Interval::exactly(0);
  Interval peak_ = Interval::exactly(0);
  Interval largest_ = Interval::exactly(0);
};

class Compilation {
public:
  /// `known`: the names that are known where a running program imports the file.
  Compilation(const SyntaxTree &file, const Code &code, const FirmwareProfile &profile,
              std::optional<Interval> known)
      : file_(file), code_(code), profile_(profile), known_(known), meter_(profile),
        word_(profile.wordBytes) {
    // Measured: what is in use on the engines after an empty program, less what that keeps.
    if (isUnix() && !known_)
      held_ = is64() ? Interval{640, 768} : Interval{432, 544};
    meter_.add(held_);
  }

  CompileCost cost() {
    parse();
    compile();
    CompileCost cost;
    cost.contiguous = meter_.largest();
    // What is reckoned here was up to three percent more than programs took (the order of some
    // steps, names that the firmware knows); it is never said to be sure of more than they took.
    Interval peak = meter_.peak(), kept = meter_.live();
    int64_t least = peak.lo - emptyWords_ * word_ - literals_ / kDroppedPart - held_.lo;
    cost.peakLive = {held_.lo + std::max<int64_t>(least, 0) * (100 - kSlackPercent) / 100,
                     held_.hi + (peak.hi - held_.hi) * (100 + kSlackPercent) / 100};
    // Where in its chunk of names the firmware is, is not known. By the logs of CircuitPython's
    // build, up to 32 bytes less are kept than the figures of MicroPython's foretell.
    int64_t fewer = profile_.isCircuitPython() ? kNameChunk / 2 : 0;
    cost.kept = {std::max(held_.lo, kept.lo - kNameChunk / 4) - fewer, kept.hi + kNameChunk};
    cost.kept.lo = std::max<int64_t>(0, cost.kept.lo);
    // When an imported file has run, nothing needs the code of its statements any more.
    if (known_)
      cost.kept.lo =
          std::max<int64_t>(0, cost.kept.lo - ofStatements_) * (100 - kSlackPercent) / 100;
    cost.moved = moved_;
    cost.requested = meter_.requested;
    auto names = static_cast<int64_t>(tables_.interned.size()) + 1;
    cost.names = {(isUnix() ? kNamesBefore : 0) + names * kSurelyNew / 100,
                  kMostNamesBefore + names};
    return cost;
  }

private:
  bool is64() const { return word_ == 8; }
  bool isUnix() const { return profile_.traits.isUnixPort; }

  void parse() {
    ParseCost parsed = parseCost(file_, 0, file_.statementCount(), profile_);
    int64_t reader = is64() ? 48 : 36, lexer = is64() ? 208 : 116;
    int64_t indents = 2 * grown(parsed.deepestIndent + 1, kIndents, kMoreIndents);
    meter_.take(reader);
    meter_.take(lexer);
    meter_.take(2 * kIndents);
    meter_.take(kToken);
    meter_.take(2 * word_ * kRules);
    meter_.take(word_ * kResults);
    meter_.grow(2 * kIndents, indents);

    internNames(parsed.names);
    for (const std::string &name : parsed.names)
      tables_.interned.insert(name);
    literals_ = parsed.objectBytes;
    meter_.requested += parsed.objectRequests;
    meter_.requestBetween(Interval::exactly(parsed.largestObject));
    meter_.add(literals_);
    int64_t constants = hashTable(0, parsed.constants);
    tree(parsed);

    auto rulesFor = [&](int64_t count) { return 2 * word_ * grown(count, kRules, kMoreRules); };
    auto resultsFor = [&](int64_t count) { return word_ * grown(count, kResults, kMoreResults); };
    int64_t rules = rulesFor(parsed.deepestRule), results = resultsFor(parsed.mostResults);
    meter_.grow(2 * word_ * kRules, rules,
                {rulesFor(parsed.deepestRule - 1), rulesFor(parsed.deepestRule + 1)});
    // What a few moves leave, and moves without much between them, is one hole again.
    moved_ = (rules - 2 * word_ * kRules) + std::max<int64_t>(results - 2 * word_ * kResults, 0);
    moved_ = moved_ * std::min(parsed.objectCount, kManyObjects) / kManyObjects;
    meter_.grow(word_ * kResults, results,
                {resultsFor(parsed.mostResults - kNear), resultsFor(parsed.mostResults + kNear)});
    int64_t token = textBytes(parsed.longestToken);
    meter_.grow(kToken, token);
    int64_t injected = parsed.injected ? 2 * textBytes(parsed.injected) : 0;
    if (injected)
      meter_.take(injected);

    for (int64_t bytes : {rules, results, constants, indents, token, injected, lexer, reader})
      meter_.give(bytes);
  }

  /// Fills a table that holds names; gives the bytes of what it is at last.
  int64_t hashTable(int64_t slots, int64_t count) {
    for (; slots < count; slots = slotsFor(slots + 1)) {
      int64_t size = 2 * word_ * slotsFor(slots + 1);
      meter_.takeAbout(size, {slots < count - kNear ? size : 0, size});
      if (slots > 0)
        meter_.give(2 * word_ * slots);
    }
    if (slots > 0 && slots < count + kNear)
      meter_.requestBetween({0, 2 * word_ * slotsFor(slots + 1)});
    return 2 * word_ * slots;
  }

  /// Bytes of a buffer that text has grown to.
  static int64_t textBytes(int64_t characters) {
    // It is given 17 to 24 bytes more whenever it is full.
    return grown(characters, kToken, 24);
  }

  /// Nodes lie in chunks of 128 bytes that grow as long as nothing is behind them.
  void tree(const ParseCost &parsed) {
    int64_t head = 2 * word_;
    int64_t chunk = profile_.isCircuitPython() ? 16 : 128;
    int64_t bytes = parsed.treeBytes;
    int64_t most = std::min(bytes / chunk,
                            parsed.objectCount + static_cast<int64_t>(parsed.names.size()) / 8 + 2);
    int64_t least = meter_.blocks(bytes + head);
    tree_ = {least, least + most * (head + profile_.blockBytes() / 2)};
    meter_.requested += bytes;
    meter_.add(tree_);
  }

  /// Which names the firmware knows differs from build to build, and so does what it has interned
  /// of its own: between fewer and all of them.
  void internNames(const std::vector<std::string> &names) {
    if (known_)
      return internFurtherNames(names);
    int64_t known = isUnix() ? kNamesBefore : 0, most = isUnix() ? kNamesBefore : kMostNamesBefore;
    int64_t largest = 0;
    int64_t least = nameBlocks(names, kSurelyNew, known, largest);
    meter_.requestBetween({largest, largest});
    int64_t all = nameBlocks(names, 100, most, largest);
    meter_.requestBetween({0, largest});
    meter_.add(Interval{least, std::max(least, all)});
    meter_.requested += (least + all) / 2;
  }

  /// Chunks and pools of names where any of them may be known already.
  void internFurtherNames(const std::vector<std::string> &names) {
    int64_t text = kNameChunk, most = 0, pools = 0;
    for (const std::string &name : names)
      text += 2 * (static_cast<int64_t>(name.size()) + 1); // no chunk is left with half of it free
    int64_t last = known_->hi + static_cast<int64_t>(names.size()) + 1;
    for (int64_t size = kFirstPool, before = 0; before < last; before += size, size *= 2)
      if (before + size > known_->lo) {
        most = poolBytes(size);
        pools += meter_.blocks(most);
      }
    meter_.requestBetween({0, most});
    meter_.add(Interval{0, meter_.blocks(text) + pools});
    meter_.requested += text + pools;
  }

  int64_t poolBytes(int64_t size) const {
    return 6 * word_ + (word_ + profile_.nameHashBytes + 1) * size;
  }

  int64_t nameBlocks(const std::vector<std::string> &names, int64_t percent, int64_t before,
                     int64_t &largest) const {
    int64_t left = kFirstPool - before, size = 2 * kFirstPool, blocks = 0;
    int64_t chunkLeft = kNameChunk - kNameBytesBefore * before / kNamesBefore;
    auto count = static_cast<int64_t>(names.size()) * percent / 100;
    for (int64_t i = -1; i < count; ++i) {
      // The file's own name first.
      int64_t bytes = i < 0 ? fileName().size() + 1 : names[i].size() + 1;
      if (chunkLeft < bytes) {
        chunkLeft = std::max(kNameChunk, bytes);
        blocks += meter_.blocks(chunkLeft);
      }
      chunkLeft -= bytes;
      if (left == 0) {
        int64_t pool = poolBytes(size);
        blocks += meter_.blocks(pool);
        largest = std::max(largest, pool);
        left = size;
        size *= 2;
      }
      --left;
    }
    return blocks;
  }

  llvm::StringRef fileName() const {
    llvm::StringRef path = file_.file().path();
    return path.substr(path.rfind('/') + 1);
  }

  struct Scope {
    CodeSize size;
    size_t children;
    int64_t identifierBytes;
    int64_t emptyWords; ///< that are reckoned too much
    bool runsOnce; ///< perhaps: while the file's statements do, and nothing holds it then
  };

  static int64_t emptyWordsOf(const Code &code) {
    if (!code.children.empty())
      return 0;
    if (code.kind == CodeKind::Class)
      return code.instructions.size() <= kMostOfEmpty ? kLessOfEmpty : 0;
    return code.instructions.size() <= kMostOfConstant ? kLessOfConstant : 0;
  }

  void visit(const Code &code, std::vector<Scope> &scopes, bool runsOnce) {
    // The compiler takes the scopes of one level after another; the order matters little.
    CodeSize size = codeSize(code, profile_, tables_);
    int64_t each = is64() ? 16 : 8;
    scopes.push_back({size, code.children.size(),
                      each * grown(size.identifiers, kIdentifiers, kMoreIdentifiers),
                      emptyWordsOf(code), runsOnce});
    for (const std::unique_ptr<Code> &child : code.children)
      visit(*child, scopes, runsOnce && child->kind != CodeKind::Function);
  }

  void compile() {
    std::vector<Scope> scopes;
    visit(code_, scopes, /*runsOnce=*/true);
    // The engines' build has a word more in each scope, and knows how long code is.
    int64_t scope = is64() ? 80 : isUnix() ? 52 : 48, rawCode = is64() ? 32 : isUnix() ? 20 : 16;
    int64_t emitter = is64() ? 128 : 68;
    meter_.take(4 * word_); // the module's context
    meter_.take(2 * word_);
    meter_.take(4 * word_);
    meter_.take(emitter);
    uint32_t labels = 0;
    int64_t first = kIdentifiers * (is64() ? 16 : 8);
    for (const Scope &one : scopes) {
      meter_.take(scope);
      meter_.take(rawCode);
      meter_.take(first);
      meter_.grow(first, one.identifierBytes,
                  {one.identifierBytes - first * 3 / 2, one.identifierBytes + first * 3 / 2});
      labels = std::max(labels, one.size.labels);
    }
    if (labels)
      meter_.takeAbout(word_ * labels, {word_ * labels / 2, word_ * labels * 3 / 2});

    for (const Scope &one : scopes) {
      if (one.children)
        meter_.take(word_ * static_cast<int64_t>(one.children));
      int64_t bytes = one.size.bytes, near = bytes / 32 + 2;
      meter_.takeAbout(bytes, {bytes - near, bytes + near});
      emptyWords_ += one.emptyWords;
      if (one.runsOnce)
        ofStatements_ += meter_.blocks(bytes) + meter_.blocks(rawCode) +
                         meter_.blocks(word_ * static_cast<int64_t>(one.children));
    }
    auto names = static_cast<int64_t>(tables_.names.size()) + 1;
    auto constants = static_cast<int64_t>(tables_.constants.size());
    int64_t table = hashTable(1, names), list = 4 * word_;
    for (; list < word_ * constants; list *= 2)
      meter_.grow(list, 2 * list);
    int64_t used = (2 * names + word_ - 1) / word_ * word_ + word_ * constants;
    meter_.takeAbout(used, {used - kNear * word_, used + kNear * word_});

    meter_.give(word_ * labels);
    meter_.give(emitter);
    meter_.give(table);
    meter_.give(list);
    for (const Scope &one : scopes) {
      meter_.give(scope);
      meter_.give(one.identifierBytes);
    }
    meter_.take(4 * word_); // the function that runs it
    ofStatements_ += meter_.blocks(4 * word_);
    meter_.give(rawCode); // of the module: nothing needs it any more
    // Literals that stand twice, and those that nothing loads, are garbage now.
    meter_.add(-literals_);
    for (const Constant *constant : tables_.constants)
      constantRuns(*constant, profile_, /*withItems=*/true,
                   [&](int64_t bytes) { meter_.add(meter_.blocks(bytes)); });
    meter_.release(tree_);
  }

  const SyntaxTree &file_;
  const Code &code_;
  const FirmwareProfile &profile_;
  std::optional<Interval> known_;
  Meter meter_;
  SharedTables tables_;
  Interval held_ = Interval::exactly(0);
  int64_t word_;
  int64_t literals_ = 0;
  int64_t moved_ = 0;
  int64_t emptyWords_ = 0;
  int64_t ofStatements_ = 0; ///< bytes of what is only there to run the file's statements
  Interval tree_ = Interval::exactly(0);
};

} // namespace

int64_t compileExtent(Interval peakLive, int64_t moved) {
  // Of 83 programs that the unix build compiled in a heap with room for all, the one that reached
  // farthest took 7 % more than foretold at the most; and tables of some hundred numbers or short
  // texts, for which the parser's stacks grow, 3.5 times these beside that.
  constexpr int64_t kHoles = 8, kMoves = 4;
  int64_t most = peakLive.hasHi() ? peakLive.hi : peakLive.lo;
  return most + most / kHoles + kMoves * moved;
}

CompileCost compileCost(const SyntaxTree &file, const Code &code, const FirmwareProfile &profile) {
  return Compilation(file, code, profile, std::nullopt).cost();
}

CompileCost importCost(const SyntaxTree &file, const Code &code, const FirmwareProfile &profile,
                       Interval names) {
  return Compilation(file, code, profile, names).cost();
}

} // namespace fraglint
