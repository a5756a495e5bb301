#pragma once
/// The firmware's allocator in the plainest form, block by block and with the start of its search
/// as the firmware keeps it: what HeapSimulator is compared with.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fraglint {

class TableHeap {
public:
  explicit TableHeap(const std::vector<uint32_t> &areas) {
    for (uint32_t blocks : areas)
      areas_.push_back({std::string(blocks, '.'), 0});
  }

  /// Area and block; nothing where there is no room, whatever is collected.
  std::optional<std::pair<size_t, size_t>> allocate(uint32_t run, uint32_t blocks) {
    for (size_t number = lastArea_; number < areas_.size(); ++number) {
      Area &area = areas_[number];
      uint32_t inRow = 0;
      for (size_t block = area.startByte * 4; block < area.kinds.size(); ++block) {
        inRow = area.kinds[block] == '.' ? inRow + 1 : 0;
        if (inRow < blocks)
          continue;
        size_t first = block + 1 - blocks;
        if (blocks == 1) {
          lastArea_ = number;
          area.startByte = (block + 1) / 4;
        }
        area.kinds.replace(first, blocks, blocks, '=');
        area.kinds[first] = 'h';
        return runs_[run] = {number, first};
      }
      if (blocks == 1 && areas_.size() > 1)
        area.startByte = (area.kinds.size() / 4 + 1) / 4;
    }
    return std::nullopt;
  }

  void release(uint32_t run) {
    auto [number, first] = runs_.at(run);
    runs_.erase(run);
    freeFrom(number, first, first);
  }

  /// Gives a run the name of another, which is freed.
  void moveTo(uint32_t from, uint32_t run) {
    release(run);
    runs_[run] = runs_.at(from);
    runs_.erase(from);
  }

  /// Whether it was done in place.
  bool resizeInPlace(uint32_t run, uint32_t blocks) {
    auto [number, first] = runs_.at(run);
    std::string &kinds = areas_[number].kinds;
    size_t end = kinds.find_first_not_of('=', first + 1);
    end = std::min(end, kinds.size());
    if (blocks <= end - first) {
      if (blocks < end - first)
        freeFrom(number, first + blocks, first + blocks);
      return true;
    }
    if (first + blocks > kinds.size() || kinds.find_first_not_of('.', end) < first + blocks)
      return false;
    kinds.replace(end, first + blocks - end, first + blocks - end, '=');
    return true;
  }

  void collect(const std::set<uint32_t> &reachable) {
    for (auto each = runs_.begin(); each != runs_.end();) {
      auto [run, place] = *each++;
      if (!reachable.count(run))
        release(run);
    }
    for (Area &area : areas_)
      area.startByte = 0;
    lastArea_ = 0;
  }

  const std::string &kinds(size_t area) const { return areas_[area].kinds; }

private:
  struct Area {
    std::string kinds;
    size_t startByte;
  };

  void freeFrom(size_t number, size_t block, size_t from) {
    Area &area = areas_[number];
    if (lastArea_ != number)
      lastArea_ = 0;
    area.startByte = std::min(area.startByte, from / 4);
    do
      area.kinds[block++] = '.';
    while (block < area.kinds.size() && area.kinds[block] == '=');
  }

  std::vector<Area> areas_;
  std::map<uint32_t, std::pair<size_t, size_t>> runs_;
  size_t lastArea_ = 0;
};

} // namespace fraglint
