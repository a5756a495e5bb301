#include "lint/linter.h"

#include "lint/board_target.h"
#include "lint/rule_context.h"
#include "lint/rule_registry.h"
#include "lint/suppressions.h"

#include "llvm/ADT/STLExtras.h"

#include <tuple>

namespace fraglint {

namespace {

/// Gives one file's facts to the rules that subscribe to them.
class FactDispatch {
public:
  FactDispatch(std::shared_ptr<const SourceFile> file, const HeapModel *heap,
               const Settings &settings, std::vector<Diagnostic> &sink)
      : settings_(settings), context_(std::move(file), heap, sink) {}

  template <typename Fact> void all(llvm::ArrayRef<Fact> facts) {
    using Check = void (*)(const Fact &, RuleContext &);
    if (facts.empty())
      return;
    for (const Rule *rule : allRules()) {
      const Check *check = std::get_if<Check>(&rule->check);
      if (check == nullptr || (!settings_.rules.contains(rule) && !isAlwaysOn(*rule)))
        continue;
      context_.setRule(rule);
      for (const Fact &fact : facts)
        (*check)(fact, context_);
    }
  }

private:
  const Settings &settings_;
  RuleContext context_;
};

/// What the user says of a rule replaces its default; a finding that the rule itself lowered is
/// never raised.
void applySeverity(Diagnostic &diagnostic, const Settings &settings) {
  std::optional<Severity> wanted = settings.rules.lookup(diagnostic.rule);
  if (!wanted)
    return;
  bool isDefault = diagnostic.severity == diagnostic.rule->severity;
  diagnostic.severity = isDefault ? *wanted : std::min(*wanted, diagnostic.severity);
}

auto orderOf(const Diagnostic &diagnostic) {
  return std::make_tuple(diagnostic.location.range, llvm::StringRef(diagnostic.rule->code),
                         llvm::StringRef(diagnostic.message));
}

/// The last steps for every result: severities, order, doubles.
void settle(FileResult &result, const Settings &settings) {
  std::vector<Diagnostic> &found = result.diagnostics;
  for (Diagnostic &diagnostic : found)
    applySeverity(diagnostic, settings);
  llvm::stable_sort(
      found, [](const Diagnostic &a, const Diagnostic &b) { return orderOf(a) < orderOf(b); });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const Diagnostic &a, const Diagnostic &b) {
                            return orderOf(a) == orderOf(b);
                          }),
              found.end());
}

FileResult skipped(std::shared_ptr<const SourceFile> file, std::string reason,
                   const Settings &settings) {
  FileResult result;
  result.status = FileStatus::Skipped;
  SkippedFile fact = {std::move(reason)};
  FactDispatch(file, nullptr, settings, result.diagnostics).all<SkippedFile>(fact);
  result.file = std::move(file);
  settle(result, settings);
  return result;
}

void reportSyntax(const SyntaxTree &tree, const Settings &settings, FileResult &result) {
  std::vector<SyntaxFault> faults;
  for (const SyntaxProblem &problem : tree.problems())
    faults.push_back({problem.range, problem.message});
  FactDispatch(result.file, nullptr, settings, result.diagnostics).all<SyntaxFault>(faults);
}

const Target &targetFor(const Module &module, const Settings &settings) {
  if (settings.target != nullptr)
    return *settings.target;
  if (const Target *board = boardTarget(module.tree().file().path(), settings.root))
    return *board;
  return defaultTarget(module.firmware());
}

/// Everything that can be silenced by a comment, and what is wrong with those comments.
void reportModule(const Module &module, const Settings &settings, FileResult &result) {
  HeapModel heap(module, *result.target);
  std::vector<Diagnostic> found;
  FactDispatch dispatch(result.file, &heap, settings, found);
  dispatch.all(heap.allocationSites());
  dispatch.all(heap.deletions());

  Suppressions suppressions(module.tree());
  suppressions.filter(found);
  llvm::append_range(result.diagnostics, found);

  std::vector<Diagnostic> faults;
  std::vector<SuppressionFault> facts = suppressions.faults(settings);
  FactDispatch(result.file, &heap, settings, faults).all<SuppressionFault>(facts);
  suppressions.filter(faults);
  llvm::append_range(result.diagnostics, faults);
}

} // namespace

FileResult lintFile(std::shared_ptr<const SourceFile> file, const Settings &settings) {
  if (file->text().size() > settings.maxBytes)
    return skipped(std::move(file),
                   "the file is longer than " + withThousands(int64_t(settings.maxBytes)) +
                       " bytes",
                   settings);
  auto tree = SyntaxTree::parse(file, {settings.deadline});
  if (!tree)
    return skipped(std::move(file), llvm::toString(tree.takeError()), settings);

  FileResult result;
  result.file = std::move(file);
  Module module(*tree);
  if (module.firmware() == FirmwareKind::Desktop && !settings.assumeFirmware) {
    result.status = FileStatus::NotFirmware;
    return result;
  }
  result.target = &targetFor(module, settings);
  reportSyntax(**tree, settings, result);
  if (!(*tree)->isPython2())
    reportModule(module, settings, result);
  settle(result, settings);
  return result;
}

FileResult lintPath(const std::string &path, const Settings &settings) {
  auto file = SourceFile::read(path, settings.maxBytes);
  if (!file)
    return skippedFile(path, llvm::toString(file.takeError()), settings);
  return lintFile(std::move(*file), settings);
}

FileResult skippedFile(std::string path, std::string reason, const Settings &settings) {
  return skipped(std::make_shared<SourceFile>(std::move(path), "", SourceEncoding::Utf8, false),
                 std::move(reason), settings);
}

} // namespace fraglint
