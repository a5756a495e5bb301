#pragma once
/// What a raw REPL says about a program: its output, Ctrl-D, its traceback, Ctrl-D, `>`.

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace fraglint {

/// The framing escapes nothing. Yet an output that holds Ctrl-D itself is told apart, unless `>`
/// follows one of them that is not the first.
class RawAnswer {
public:
  /// Keeps at most so many bytes, the first ones.
  explicit RawAnswer(size_t mostBytes) : mostBytes_(mostBytes) {}

  /// Takes in bytes up to the end of the answer: how many those were.
  size_t feed(llvm::StringRef bytes);

  bool isWhole() const { return state_ == State::Whole; }
  bool isTooLong() const { return isTooLong_; }

  /// Of what has come so far.
  const std::string &output() const { return output_; }
  const std::string &error() const { return error_; }

private:
  enum class State : uint8_t { Output, Error, End, Whole };

  void feed(char byte);
  void append(std::string &text, llvm::StringRef bytes);

  size_t mostBytes_;
  std::string output_;
  std::string error_;
  State state_ = State::Output;
  bool isTooLong_ = false;
};

} // namespace fraglint
