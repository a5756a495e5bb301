#include "driver/version_command.h"

#include "llvm/Support/JSON.h"

namespace fraglint {

ExitStatus runVersion(const VersionOptions &options, Console &console) {
  if (options.format != "json") {
    console.out() << "fraglint " << FRAGLINT_VERSION << "\n";
    return ExitStatus::Clean;
  }
  llvm::json::OStream json(console.out());
  json.object([&] {
    json.attribute("schema", "fraglint-version/1");
    json.attribute("version", FRAGLINT_VERSION);
  });
  json.flush();
  console.out() << "\n";
  return ExitStatus::Clean;
}

} // namespace fraglint
