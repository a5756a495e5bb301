#include "driver/command_line.h"
#include "driver/crash_message.h"

#include <string>
#include <vector>

int main(int argc, char **argv) {
  fraglint::installCrashMessages();
  fraglint::Console console;
  std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  fraglint::ExitStatus status = fraglint::runCommandLine(arguments, console);
  if (!console.finish())
    status = fraglint::ExitStatus::Failed;
  return static_cast<int>(status);
}
