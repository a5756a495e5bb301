#include "measure/probe_events.h"

#include "llvm/ADT/SmallVector.h"

namespace fraglint {

namespace {

/// Before each line of a point: the record separator of ASCII.
constexpr char kMark = '\x1e';

/// Splits at marks. Behind a mark stands the rest of its line, then what was written before the
/// next.
class ProbeReader {
public:
  explicit ProbeReader(llvm::StringRef output) : rest_(output) {}

  llvm::Expected<ProbeOutput> read() {
    auto [own, rest] = splitAtMark(rest_);
    result_.program = own.str();
    rest_ = rest;
    while (!rest_.empty())
      if (llvm::Error error = readPoint())
        return error;
    return std::move(result_);
  }

private:
  /// One line of a point, and the text that follows it.
  struct Line {
    llvm::SmallVector<llvm::StringRef, 2> words;
    llvm::StringRef text;
    bool isWhole = false; ///< its end is there
  };

  /// What stands before the next mark, and all from it on.
  static std::pair<llvm::StringRef, llvm::StringRef> splitAtMark(llvm::StringRef text) {
    size_t at = std::min(text.find(kMark), text.size());
    return {text.take_front(at), text.drop_front(at)};
  }

  Line takeLine() {
    Line line;
    auto [all, rest] = splitAtMark(rest_.drop_front(1));
    rest_ = rest;
    auto [words, text] = all.split('\n');
    words.trim().split(line.words, ' ', -1, /*KeepEmpty=*/false);
    line.text = text;
    line.isWhole = words.size() < all.size();
    return line;
  }

  llvm::Error readPoint() {
    Line line = takeLine();
    if (!line.isWhole)
      return cutOff();
    if (line.words.empty() || line.words.size() > 2)
      return disturbed();
    ProbeEvent event;
    event.point = line.words[0].str();
    if (line.words.size() == 2) {
      ProbeEvent::Change change;
      llvm::Expected<bool> isWhole = readChange(line, change);
      if (!isWhole)
        return isWhole.takeError();
      if (!*isWhole)
        return cutOff();
      event.change = std::move(change);
    } else {
      result_.program += line.text;
    }
    result_.events.push_back(std::move(event));
    return llvm::Error::success();
  }

  /// The rest of a point at which something has changed; false where it is cut off.
  llvm::Expected<bool> readChange(const Line &first, ProbeEvent::Change &change) {
    if (first.words[1].getAsInteger(10, change.usedBytes))
      return disturbed();
    if (rest_.empty())
      return false;
    Line second = takeLine();
    if (!second.isWhole || rest_.empty())
      return false;
    if (second.words.size() != 1 || second.words[0].getAsInteger(10, change.collectedBytes))
      return disturbed();
    Line end = takeLine();
    if (!end.isWhole)
      return false;
    if (!end.words.empty())
      return disturbed();
    result_.program += end.text;
    if (!first.text.trim().empty())
      if (llvm::Error error = HeapMap::parse(first.text).moveInto(change.before.emplace()))
        return error;
    if (!second.text.trim().empty())
      if (llvm::Error error = HeapMap::parse(second.text).moveInto(change.after.emplace()))
        return error;
    return true;
  }

  /// Nothing can follow.
  llvm::Error cutOff() {
    if (rest_.empty())
      return llvm::Error::success();
    return disturbed();
  }

  static llvm::Error disturbed() {
    return llvm::createStringError(
        "what the probe wrote is damaged: bytes were lost on the way, or the program itself writes "
        "the byte 0x1e, which marks the probe's lines");
  }

  llvm::StringRef rest_;
  ProbeOutput result_;
};

} // namespace

llvm::Expected<ProbeOutput> readProbeOutput(llvm::StringRef output) {
  return ProbeReader(output).read();
}

} // namespace fraglint
