#include "report/report_summary.h"

#include "heap/allocation_cost.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

/// `1 note`, `1,200 notes`.
std::string counted(uint64_t number, llvm::StringRef noun) {
  std::string text = withThousands(static_cast<int64_t>(number)) + ' ' + noun.str();
  return number == 1 ? text : text + 's';
}

llvm::StringRef isOrAre(uint64_t number) { return number == 1 ? " is " : " are "; }
llvm::StringRef wasOrWere(uint64_t number) { return number == 1 ? " was " : " were "; }

} // namespace

llvm::StringRef fixFlag(Applicability applicability) {
  return applicability == Applicability::Safe ? "--fix" : "--unsafe-fixes";
}

uint64_t knownCount(const FileResult &result, Severity level) {
  return static_cast<uint64_t>(llvm::count_if(result.suppressed, [&](const auto &one) {
    return one.kind == SuppressionKind::Baseline && one.diagnostic.severity >= level;
  }));
}

void ReportSummary::add(const FileResult &result) {
  ++files_;
  notFirmware_ += result.status == FileStatus::NotFirmware;
  skipped_ += result.status == FileStatus::Skipped;
  fixesDone_ += result.fixesDone;
  ignoresAdded_ += result.ignoresAdded;
  known_ += knownCount(result, level_);
  uint64_t before = errors_ + warnings_ + notes_;
  for (const Diagnostic &diagnostic : result.diagnostics)
    add(diagnostic);
  filesWithFindings_ += errors_ + warnings_ + notes_ > before;
}

void ReportSummary::add(const Diagnostic &diagnostic) {
  if (diagnostic.severity < level_) {
    ++hidden_;
    return;
  }
  switch (diagnostic.severity) {
  case Severity::Error:
    ++errors_;
    break;
  case Severity::Warning:
    ++warnings_;
    break;
  case Severity::Note:
    ++notes_;
    break;
  }
  if (diagnostic.fix)
    ++(diagnostic.fix->applicability == Applicability::Safe ? safeFixes_ : unsafeFixes_);
}

std::string ReportSummary::found() const {
  if (files_ == 0)
    return "No Python files were found.";
  uint64_t looked = files_ - notFirmware_ - skipped_;
  if (isClean())
    return looked == 0 ? "Nothing was checked."
                       : "All clean: " + counted(looked, "file") + " checked.";
  std::vector<std::string> parts;
  if (errors_ > 0)
    parts.push_back(counted(errors_, "error"));
  if (warnings_ > 0)
    parts.push_back(counted(warnings_, "warning"));
  if (notes_ > 0)
    parts.push_back(counted(notes_, "note"));
  std::string last = parts.back();
  parts.pop_back();
  std::string findings = parts.empty() ? last : llvm::join(parts, ", ") + " and " + last;
  std::string of = filesWithFindings_ == files_
                       ? ""
                       : withThousands(static_cast<int64_t>(filesWithFindings_)) + " of ";
  return "Found " + findings + " in " + of + counted(files_, "file") + '.';
}

std::string ReportSummary::known() const {
  return known_ == 0 ? "" : counted(known_, "known finding") + isOrAre(known_).str() + "not shown.";
}

std::string ReportSummary::notAnalysed() const {
  std::vector<std::string> parts;
  if (notFirmware_ > 0)
    parts.push_back(counted(notFirmware_, "file") + isOrAre(notFirmware_).str() + "not firmware");
  if (skipped_ > 0)
    parts.push_back(counted(skipped_, "file") + wasOrWere(skipped_).str() + "skipped");
  return parts.empty() ? "" : llvm::join(parts, ", ") + '.';
}

std::string ReportSummary::hidden() const {
  if (hidden_ == 0)
    return "";
  // Below `warning` there are notes only.
  llvm::StringRef noun = level_ == Severity::Error ? "finding" : "note";
  return counted(hidden_, noun) + isOrAre(hidden_).str() + "hidden: see " +
         (hidden_ == 1 ? "it" : "them") + " with `--level note`.";
}

std::string ReportSummary::fixable() const {
  auto canBeFixed = [](uint64_t number, Applicability by) {
    return counted(number, "finding") + " can be fixed by `" + fixFlag(by).str() + '`';
  };
  if (safeFixes_ == 0 && unsafeFixes_ == 0)
    return "";
  if (unsafeFixes_ == 0)
    return canBeFixed(safeFixes_, Applicability::Safe) + '.';
  if (safeFixes_ == 0)
    return canBeFixed(unsafeFixes_, Applicability::Unsafe) + '.';
  return canBeFixed(safeFixes_, Applicability::Safe) + ", " +
         withThousands(static_cast<int64_t>(unsafeFixes_)) + " more by `" +
         fixFlag(Applicability::Unsafe).str() + "`.";
}

std::vector<std::string> ReportSummary::sentences() const {
  std::vector<std::string> result;
  if (fixesDone_ > 0)
    result.push_back(counted(fixesDone_, "finding") + wasOrWere(fixesDone_).str() + "fixed.");
  if (ignoresAdded_ > 0)
    result.push_back(counted(ignoresAdded_, "finding") + wasOrWere(ignoresAdded_).str() +
                     "silenced.");
  for (std::string sentence : {found(), known(), notAnalysed(), hidden(), fixable()})
    if (!sentence.empty())
      result.push_back(std::move(sentence));
  return result;
}

std::string ReportSummary::line() const { return llvm::join(sentences(), " "); }

} // namespace fraglint
