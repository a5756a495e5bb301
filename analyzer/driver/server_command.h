#pragma once
/// `fraglint server`: the language server on standard input and output.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct ServerOptions {
  bool stdio = false; ///< changes nothing
  std::string log; ///< file that messages are written to, with their times; empty: none
};
ExitStatus runServer(const ServerOptions &options, Console &console);

} // namespace fraglint
