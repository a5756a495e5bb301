#include "report/word_wrapper.h"

#include "report/printable_text.h"

#include <string>

namespace fraglint {

namespace {

constexpr uint32_t kIndent = 4;

} // namespace

void WordWrapper::word(llvm::StringRef shown, uint32_t cells) {
  if (column_ > kIndent && column_ + 1 + cells > width_) {
    os_ << '\n';
    os_.indent(kIndent);
    column_ = kIndent;
  } else if (column_ > 0) {
    os_ << ' ';
    ++column_;
  }
  os_ << shown;
  column_ += cells;
}

void WordWrapper::words(llvm::StringRef text) {
  std::string safe = printable(text);
  for (llvm::StringRef rest = safe; !rest.empty();) {
    auto [next, after] = rest.split(' ');
    if (!next.empty())
      word(next, cellsOf(next));
    rest = after;
  }
}

void WordWrapper::end() {
  os_ << '\n';
  column_ = 0;
}

} // namespace fraglint
