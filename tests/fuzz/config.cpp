/// Any bytes as `fraglint.toml` and as `pyproject.toml`: values that can be used, or mistakes with
/// their places.

#include "expect.h"
#include "lint/config_file.h"
#include "lint/config_reader.h"
#include "lint/configuration.h"

#include "llvm/ADT/StringExtras.h"

#include <memory>

namespace fraglint {
namespace {

/// Settings of files at any depth, and what a walk leaves out: patterns are matched.
void use(ConfigFile file) {
  FolderConfig folder(std::make_shared<const ConfigFile>(std::move(file)), ConfigOverrides());
  const std::string deep = "/project/" + std::string(100, 'a') + "/lib/aaab/ab.ab/code.py";
  for (const std::string &path : {std::string("/project/code.py"), deep, std::string("/x.py")}) {
    (void)folder.settingsFor(path);
    (void)folder.excludes(path, /*isFolder=*/true);
    (void)folder.excludesInside(path);
  }
}

/// Each mistake is one line that starts with its place.
void checkMistakes(const std::string &text, const std::string &path) {
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(text).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    unsigned number = 0, column = 0;
    bool hasPlace = line.consume_front(path + ":") && !line.consumeInteger(10, number) &&
                    line.consume_front(":") && !line.consumeInteger(10, column) &&
                    line.consume_front(": ");
    expect(hasPlace && !line.trim().empty(), "a mistake without its place or words: " + text);
  }
}

void read(llvm::StringRef text, const std::string &name) {
  ConfigFile file;
  file.path = "/project/" + name;
  file.folder = "/project";
  ConfigReader reader(file);
  bool isOurs = reader.read(text);
  if (llvm::Error error = reader.takeError()) {
    expect(isOurs, "mistakes in a file that is not ours");
    return checkMistakes(llvm::toString(std::move(error)), file.path);
  }
  for (const ConfigStatement &statement : file.statements)
    expect(!statement.key.empty() && !statement.place.empty(), "a statement without key or place");
  if (isOurs)
    use(std::move(file));
}

} // namespace
} // namespace fraglint

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text = llvm::toStringRef(llvm::ArrayRef(data, size));
  fraglint::read(text, "fraglint.toml");
  fraglint::read(text, "pyproject.toml");
  return 0;
}
