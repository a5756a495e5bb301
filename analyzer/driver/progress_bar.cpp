#include "driver/progress_bar.h"

#include <string>

namespace fraglint {

namespace {

constexpr std::chrono::milliseconds kDelay(1000);
constexpr std::chrono::milliseconds kInterval(100);
constexpr size_t kCells = 30;

} // namespace

void ProgressBar::update(size_t done) {
  Clock::time_point now = Clock::now();
  if (!enabled_ || now - start_ < kDelay || (visible_ && now - drawn_ < kInterval))
    return;
  size_t filled = total_ == 0 ? kCells : kCells * done / total_;
  os_ << "\r\x1b[K[" << std::string(filled, '#') << std::string(kCells - filled, ' ') << "] "
      << done << " of " << total_ << " files";
  os_.flush();
  drawn_ = now;
  visible_ = true;
}

void ProgressBar::clear() {
  if (!visible_)
    return;
  os_ << "\r\x1b[K";
  os_.flush();
  visible_ = false;
}

} // namespace fraglint
