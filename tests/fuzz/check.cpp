/// Any bytes as a program: parser, model, all rules, all fixes.

#include "expect.h"
#include "heap/target.h"
#include "lint/file_fixer.h"
#include "lint/linter.h"
#include "support/finding_checks.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/StringExtras.h"

#include <memory>

namespace fraglint {
namespace {

/// Far above what an input of some kilobytes takes, below libFuzzer's own limit.
constexpr std::chrono::milliseconds kDeadline{3000};

using FilePointer = std::shared_ptr<const SourceFile>;

/// Everything is analysed, for a board that is set, so that nothing is looked up on disk.
Settings settingsFor(llvm::StringRef bytes) {
  Settings settings = Settings::defaults();
  settings.target = &allTargets()[bytes.size() % allTargets().size()];
  settings.assumeFirmware = true;
  settings.level = Severity::Note;
  settings.deadline = kDeadline;
  return settings;
}

/// Null where the bytes are no text.
FilePointer decoded(llvm::StringRef bytes) {
  auto file = SourceFile::decode("input.py", bytes);
  if (file)
    return *file;
  llvm::consumeError(file.takeError());
  return nullptr;
}

FileResult checked(const FilePointer &file, const Settings &settings) {
  FileResult result = lintFile(file, settings);
  expectNone(malformedFindings(result));
  expectNone(disorder(result));
  return result;
}

/// Places and order as they must be wherever the program ends.
void checkCutOff(llvm::StringRef bytes, const Settings &settings) {
  size_t pseudoRandom = 0;
  for (char byte : bytes)
    pseudoRandom = pseudoRandom * 31 + static_cast<unsigned char>(byte);
  if (FilePointer file = decoded(bytes.take_front(pseudoRandom % (bytes.size() + 1))))
    checked(file, settings);
}

/// fixFile() itself refuses an outcome with syntax problems that the file had not, edits that
/// cannot be done, and fixes without end.
void checkFixes(const FilePointer &file, const FileResult &result, const Settings &settings) {
  for (Applicability upTo : {Applicability::Safe, Applicability::Unsafe}) {
    auto fixed = fixFile(file, result, settings, upTo);
    if (!fixed)
      return expect(false, llvm::toString(fixed.takeError()));
    expectNone(malformedFindings(fixed->result));
  }
}

void check(llvm::StringRef bytes) {
  FilePointer file = decoded(bytes);
  if (!file)
    return;
  Settings settings = settingsFor(bytes);
  FileResult result = checked(file, settings);
  checkCutOff(bytes, settings);
  if (result.status == FileStatus::Analysed)
    checkFixes(file, result, settings);
}

} // namespace
} // namespace fraglint

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fraglint::check(llvm::toStringRef(llvm::ArrayRef(data, size)));
  return 0;
}
