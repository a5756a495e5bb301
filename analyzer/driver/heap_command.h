#pragma once
/// `fraglint heap`: what a program will ask of its heap, foretold.

#include "driver/config_options.h"
#include "driver/console.h"
#include "driver/exit_status.h"

#include <cstdint>
#include <string>

namespace fraglint {

struct HeapOptions {
  std::string path;
  ConfigOptions config;   ///< decides the target, as for `check`
  uint64_t heapBytes = 0; ///< in place of the target's; 0: the target's
  uint64_t passes = 3;    ///< of the loop that never ends
  std::string log;        ///< file for the ordered requests, `-` for standard output; empty: none
  std::string diff;       ///< compare with this file, folder or git revision; empty: do not
  bool printed = false;   ///< what the program prints, in place of figures
  std::string format = "text"; ///< or json, html
};

ExitStatus runHeap(const HeapOptions &options, Console &console);

} // namespace fraglint
