#include "lint/linter.h"

#include "lint/program_loader.h"
#include "lint/program_target.h"
#include "lint/rule_context.h"
#include "lint/rule_registry.h"
#include "lint/suppressions.h"

#include "llvm/ADT/STLExtras.h"

#include <chrono>
#include <tuple>

namespace fraglint {

namespace {

using Clock = ThreadClock;

template <typename Fact> using CheckOf = void (*)(const Fact &, RuleContext &);

/// Gives one file's facts to the rules that subscribe to them, until `end` is past.
class FactDispatch {
public:
  FactDispatch(std::shared_ptr<const SourceFile> file, const HeapModel *heap,
               const ProgramHeap *program, const Settings &settings, std::vector<Diagnostic> &sink,
               Clock::time_point end = Clock::time_point::max())
      : settings_(settings), program_(program), sink_(sink),
        context_(std::move(file), heap, program, sink), end_(end) {}

  template <typename Fact> void all(llvm::ArrayRef<Fact> facts) {
    if (facts.empty())
      return;
    for (const Rule *rule : allRules()) {
      const auto *check = std::get_if<CheckOf<Fact>>(&rule->check);
      if (check == nullptr || (!settings_.rules.contains(rule) && !isAlwaysOn(*rule)))
        continue;
      context_.setRule(rule);
      for (const Fact &fact : facts) {
        if (isOver())
          return;
        size_t before = sink_.size();
        (*check)(fact, context_);
        if (program_ && program_->takeAsked())
          settleEvaluated(rule, before);
      }
    }
  }

  /// Rules that asked the evaluator.
  const llvm::SmallSetVector<const Rule *, 4> &evaluated() const { return evaluated_; }

private:
  /// The system is asked for the time at every sixteenth fact, since most checks take less than
  /// that.
  bool isOver() {
    if (!isOver_ && looks_++ % 16 == 0)
      isOver_ = Clock::isPast(end_);
    return isOver_ || Clock::isStopped();
  }

  void settleEvaluated(const Rule *rule, size_t before) {
    evaluated_.insert(rule);
    if (!settings_.evaluates) // it would have spoken without knowing
      sink_.erase(sink_.begin() + static_cast<std::ptrdiff_t>(before), sink_.end());
  }

  const Settings &settings_;
  const ProgramHeap *program_;
  std::vector<Diagnostic> &sink_;
  RuleContext context_;
  Clock::time_point end_;
  uint32_t looks_ = 0;
  bool isOver_ = false;
  llvm::SmallSetVector<const Rule *, 4> evaluated_;
};

bool judgesSuppressions(const Rule &rule) {
  return std::holds_alternative<CheckOf<SuppressionFault>>(rule.check);
}

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

/// Puts findings in order and takes out doubles.
void sortFindings(std::vector<Diagnostic> &found) {
  llvm::stable_sort(
      found, [](const Diagnostic &a, const Diagnostic &b) { return orderOf(a) < orderOf(b); });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const Diagnostic &a, const Diagnostic &b) {
                            return orderOf(a) == orderOf(b);
                          }),
              found.end());
}

void sortSuppressed(std::vector<SuppressedFinding> &found) {
  llvm::stable_sort(found, [](const SuppressedFinding &a, const SuppressedFinding &b) {
    return orderOf(a.diagnostic) < orderOf(b.diagnostic);
  });
}

/// The last steps for every result.
void settle(FileResult &result, const Settings &settings) {
  for (Diagnostic &diagnostic : result.diagnostics)
    applySeverity(diagnostic, settings);
  for (SuppressedFinding &one : result.suppressed)
    applySeverity(one.diagnostic, settings);
  sortFindings(result.diagnostics);
  sortSuppressed(result.suppressed);
}

FileResult skipped(std::shared_ptr<const SourceFile> file, std::string reason,
                   const Settings &settings) {
  FileResult result;
  result.status = FileStatus::Skipped;
  SkippedFile fact = {std::move(reason)};
  FactDispatch(file, nullptr, nullptr, settings, result.diagnostics).all<SkippedFile>(fact);
  result.file = std::move(file);
  settle(result, settings);
  return result;
}

FileResult tooLong(std::shared_ptr<const SourceFile> file, const Settings &settings) {
  return skipped(std::move(file),
                 "the file is longer than " + withThousands(int64_t(settings.maxBytes)) + " bytes",
                 settings);
}

void reportSyntax(const SyntaxTree &tree, const Settings &settings,
                  std::vector<Diagnostic> &found) {
  std::vector<SyntaxFault> faults;
  for (const SyntaxProblem &problem : tree.problems())
    faults.push_back({problem.range, problem.message});
  FactDispatch(tree.sharedFile(), nullptr, nullptr, settings, found).all<SyntaxFault>(faults);
}

/// A program under analysis: what is read of it, and what comes out.
class ProgramRun {
public:
  explicit ProgramRun(const ProgramInput &program) : program_(program) {}

  std::vector<FileResult> run() {
    parse();
    end_ = Clock::now() + firstSettings().deadline;
    if (!joined_.empty())
      analyse();
    if (Clock::isPast(end_))
      giveUp();
    for (uint32_t index = 0; index < results_.size(); ++index)
      if (const Settings *settings = program_.files[index].settings)
        settle(results_[index], *settings);
    return std::move(results_);
  }

private:
  /// Files that cannot be parsed, and Python 2, are left out of what is joined.
  void parse() {
    for (const ProgramInput::File &file : program_.files) {
      const Settings &limits = file.settings ? *file.settings : firstSettings();
      FileResult result;
      result.file = file.source;
      auto tree = program_.store->parse(file.source, {limits.deadline});
      if (!tree)
        result = skipped(file.source, llvm::toString(tree.takeError()), limits);
      else if (!(*tree)->isPython2())
        join(std::move(*tree));
      else if (file.settings)
        reportSyntax(**tree, *file.settings, result.diagnostics);
      results_.push_back(std::move(result));
    }
  }

  const Settings &firstSettings() const {
    return *llvm::find_if(program_.files, [](const ProgramInput::File &file) {
              return file.settings != nullptr;
            })->settings;
  }

  /// What was found so far depends on the machine; it is not told.
  void giveUp() {
    std::string reason = "analysing took longer than " +
                         std::to_string(firstSettings().deadline.count()) +
                         " ms, so its findings are left out";
    for (uint32_t file = 0; file < joined_.size(); ++file)
      if (isWanted(file))
        resultOf(file) = skipped(resultOf(file).file, reason, *settingsOf(file));
  }

  void join(std::shared_ptr<const SyntaxTree> tree) {
    joined_.push_back(static_cast<uint32_t>(results_.size()));
    trees_.push_back(std::move(tree));
  }

  /// The imports among the files that are joined, by their new numbers.
  ProgramImports imports() const {
    if (program_.imports.empty() || joined_.size() == 1)
      return {};
    ProgramImports imports(joined_.size());
    for (uint32_t importer = 0; importer < joined_.size(); ++importer)
      for (const auto &module : program_.imports[joined_[importer]])
        if (auto file = llvm::find(joined_, module.second); file != joined_.end())
          imports[importer][module.first()] = static_cast<uint32_t>(file - joined_.begin());
    return imports;
  }

  void analyse() {
    ProgramImports known = imports();
    Module module(SyntaxTree::join(trees_), known, firstSettings().assumptions);
    const SemanticModel &model = module.model();
    FirmwareKind program = programKind(model);
    bool isAnalysed = false;
    for (uint32_t file = 0; file < joined_.size(); ++file) {
      const Settings *settings = settingsOf(file);
      FirmwareKind kind = firmwareKind(model, file);
      kind = kind == FirmwareKind::Unknown ? program : kind;
      if (settings && kind == FirmwareKind::Desktop && !settings->assumeFirmware)
        resultOf(file).status = FileStatus::NotFirmware;
      isAnalysed |= settings && resultOf(file).status == FileStatus::Analysed;
    }
    if (!isAnalysed)
      return;
    const Target &target = chooseTarget(model);
    if (Clock::isPast(end_))
      return;
    HeapModel heap(module, target);
    ProgramHeap evaluated(heap, end_, !firstSettings().evaluates, [&] {
      return withLibraries(trees_, known, firstSettings().maxBytes, firstSettings().assumptions,
                           *program_.store);
    });
    report(heap, evaluated);
  }

  const Target &chooseTarget(const SemanticModel &model) {
    llvm::SmallVector<SettledFile, 4> settled;
    for (const ProgramInput::File &file : program_.files)
      if (file.settings)
        settled.push_back({file.source->path(), file.settings});
    ProgramTarget chosen = programTarget(model, settled);
    isBoardKnown_ = chosen.source != TargetSource::Family;
    return *chosen.target;
  }

  bool isWanted(uint32_t file) const {
    return settingsOf(file) && results_[joined_[file]].status == FileStatus::Analysed;
  }

  /// Everything that can be silenced by a comment, and what is wrong with those comments.
  void report(const HeapModel &heap, const ProgramHeap &evaluated) {
    std::vector<Suppressions> suppressions;
    suppressions.reserve(trees_.size());
    for (const auto &tree : trees_)
      suppressions.emplace_back(*tree);
    std::vector<std::vector<Diagnostic>> found(joined_.size());
    for (uint32_t file = 0; file < joined_.size(); ++file) {
      if (!isWanted(file))
        continue;
      resultOf(file).target = &heap.target();
      reportSyntax(*trees_[file], *settingsOf(file), resultOf(file).diagnostics);
      if (settingsOf(file)->tellCosts)
        tellCosts(heap, file);
      resultOf(file).evaluated = reportFacts(heap, evaluated, file, found[file]);
      for (Suppressions &comments : suppressions)
        comments.filter(found[file], resultOf(file).suppressed);
    }
    bool lacksEvaluation =
        llvm::any_of(results_,
                     [](const FileResult &result) { return !result.evaluated.empty(); }) &&
        !firstSettings().evaluates;
    for (uint32_t file = 0; file < joined_.size(); ++file) {
      if (!isWanted(file))
        continue;
      llvm::append_range(resultOf(file).diagnostics, found[file]);
      if (lacksEvaluation) { // so which suppressions are needed is not known
        for (const Rule *rule : allRules())
          if (judgesSuppressions(*rule))
            resultOf(file).evaluated.insert(rule);
        continue;
      }
      std::vector<Diagnostic> faults;
      std::vector<SuppressionFault> facts = suppressions[file].faults(*settingsOf(file));
      FactDispatch(resultOf(file).file, &heap, &evaluated, *settingsOf(file), faults)
          .all<SuppressionFault>(facts);
      suppressions[file].filter(faults, resultOf(file).suppressed);
      llvm::append_range(resultOf(file).diagnostics, faults);
    }
  }

  void tellCosts(const HeapModel &heap, uint32_t file) {
    for (const AllocationSite &site : heap.allocationSites())
      if (heap.module().model().fileOf(site.node) == file)
        resultOf(file).costs.push_back(
            {site.node.range(), site.what, heap.costWithTemporaries(site)});
  }

  /// Gives the rules that asked the evaluator.
  llvm::SmallSetVector<const Rule *, 4> reportFacts(const HeapModel &heap,
                                                    const ProgramHeap &evaluated, uint32_t file,
                                                    std::vector<Diagnostic> &found) const {
    FactDispatch dispatch(results_[joined_[file]].file, &heap, &evaluated, *settingsOf(file), found,
                          end_);
    auto ofFile = [&](auto facts, auto nodeOf) {
      const SemanticModel &model = heap.module().model();
      auto isBefore = [&](const auto &fact) { return model.fileOf(nodeOf(fact)) < file; };
      auto first = llvm::partition_point(facts, isBefore);
      auto last = std::partition_point(
          first, facts.end(), [&](const auto &fact) { return model.fileOf(nodeOf(fact)) == file; });
      return decltype(facts)(first, last);
    };
    dispatch.all(
        ofFile(heap.allocationSites(), [](const AllocationSite &site) { return site.node; }));
    dispatch.all(ofFile(heap.deletions(), [](const Deletion &drop) { return drop.statement; }));
    dispatch.all(ofFile(heap.calls(), [](const CallSite &site) { return site.call; }));
    dispatch.all(ofFile(heap.loops(), [](const Loop &loop) { return loop.node; }));
    dispatch.all(
        ofFile(heap.labelWrites(), [](const LabelWrite &write) { return write.statement; }));
    dispatch.all(
        ofFile(heap.growingTexts(), [](const GrowingText &text) { return text.statement; }));
    dispatch.all<BoundedFile>(BoundedFile{file, settingsOf(file)->budgets, isBoardKnown_});
    return dispatch.evaluated();
  }

  const Settings *settingsOf(uint32_t file) const { return program_.files[joined_[file]].settings; }
  FileResult &resultOf(uint32_t file) { return results_[joined_[file]]; }

  const ProgramInput &program_;
  std::vector<FileResult> results_; ///< by file of the program
  std::vector<uint32_t> joined_;    ///< files of the program that are analysed together
  std::vector<std::shared_ptr<const SyntaxTree>> trees_; ///< theirs
  bool isBoardKnown_ = false; ///< see BoundedFile
  Clock::time_point end_ = Clock::time_point::max(); ///< when the analysis gives up
};

} // namespace

std::vector<FileResult> lintProgram(const ProgramInput &program) {
  return ProgramRun(program).run();
}

FileResult mergeResults(std::vector<FileResult> results) {
  FileResult merged = std::move(results.front());
  auto isSuppressionFault = [](const Diagnostic &found) { return judgesSuppressions(*found.rule); };
  auto samePlace = [](const Diagnostic &found) {
    return [&found](const Diagnostic &other) {
      return other.rule == found.rule && other.location.range == found.location.range;
    };
  };
  auto costs = [](const Diagnostic &found) {
    return std::pair(found.severity, found.cost ? found.cost->bytes.lo : 0);
  };
  for (FileResult &next : llvm::MutableArrayRef(results).drop_front()) {
    if (next.status != FileStatus::Analysed)
      continue;
    if (merged.status != FileStatus::Analysed) {
      merged = std::move(next);
      continue;
    }
    merged.evaluated.insert(next.evaluated.begin(), next.evaluated.end());
    llvm::erase_if(merged.diagnostics, [&](const Diagnostic &found) {
      return isSuppressionFault(found) && llvm::none_of(next.diagnostics, samePlace(found));
    });
    for (Diagnostic &found : next.diagnostics) {
      auto known = llvm::find_if(merged.diagnostics, samePlace(found));
      if (known == merged.diagnostics.end() && !isSuppressionFault(found))
        merged.diagnostics.push_back(std::move(found));
      else if (known != merged.diagnostics.end() && costs(*known) < costs(found))
        *known = std::move(found);
    }
    for (SuppressedFinding &one : next.suppressed)
      if (llvm::none_of(merged.suppressed, [&](const SuppressedFinding &other) {
            return samePlace(one.diagnostic)(other.diagnostic);
          }))
        merged.suppressed.push_back(std::move(one));
  }
  // What one program silences and another one does not is reported.
  llvm::erase_if(merged.suppressed, [&](const SuppressedFinding &one) {
    return llvm::any_of(merged.diagnostics, samePlace(one.diagnostic));
  });
  sortFindings(merged.diagnostics);
  sortSuppressed(merged.suppressed);
  return merged;
}

FileResult lintFile(std::shared_ptr<const SourceFile> file, const Settings &settings) {
  if (file->text().size() > settings.maxBytes)
    return tooLong(std::move(file), settings);
  ProgramInput program;
  program.files.push_back({std::move(file), &settings});
  return std::move(lintProgram(program).front());
}

FileResult lintPath(const std::string &path, const Settings &settings) {
  auto file = SourceFile::read(path, settings.maxBytes);
  if (!file)
    return skippedFile(path, llvm::toString(file.takeError()), settings);
  return lintFile(std::move(*file), settings);
}

std::vector<Diagnostic> syntaxFindings(const SyntaxTree &tree, const Settings &settings) {
  FileResult result;
  reportSyntax(tree, settings, result.diagnostics);
  settle(result, settings);
  return std::move(result.diagnostics);
}

std::vector<Diagnostic> growthFindings(const std::shared_ptr<const SourceFile> &entry,
                                       std::vector<ProgramGrowth> growth,
                                       const Settings &settings) {
  FileResult result;
  for (ProgramGrowth &one : growth)
    one.allowed = settings.budgets.file.maxGrowth;
  FactDispatch(entry, nullptr, nullptr, settings, result.diagnostics).all<ProgramGrowth>(growth);
  settle(result, settings);
  return std::move(result.diagnostics);
}

FileResult skippedFile(std::string path, std::string reason, const Settings &settings) {
  return skipped(std::make_shared<SourceFile>(std::move(path), "", SourceEncoding::Utf8, false),
                 std::move(reason), settings);
}

} // namespace fraglint
