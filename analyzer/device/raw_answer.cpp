#include "device/raw_answer.h"

#include <algorithm>
#include <utility>

namespace fraglint {

namespace {
constexpr char kCtrlD = '\x04';
} // namespace

size_t RawAnswer::feed(llvm::StringRef bytes) {
  size_t count = 0;
  while (count < bytes.size() && !isWhole())
    feed(bytes[count++]);
  return count;
}

void RawAnswer::feed(char byte) {
  if (state_ == State::End) {
    if (byte == '>') {
      state_ = State::Whole;
      return;
    }
    // So the first Ctrl-D was part of the output, and what was taken for the error, too.
    std::string output = kCtrlD + std::exchange(error_, {});
    append(output_, output);
    state_ = State::Error;
  }
  if (byte == kCtrlD)
    state_ = state_ == State::Output ? State::Error : State::End;
  else
    append(state_ == State::Output ? output_ : error_, llvm::StringRef(&byte, 1));
}

void RawAnswer::append(std::string &text, llvm::StringRef bytes) {
  size_t room = mostBytes_ - std::min(mostBytes_, output_.size() + error_.size());
  isTooLong_ |= bytes.size() > room;
  text += bytes.take_front(room);
}

} // namespace fraglint
