#include "report/sample.h"

#include <gtest/gtest.h>

namespace fraglint::sample {

namespace {

void never(const SyntaxFault &, RuleContext &) {}

constexpr llvm::StringLiteral kReading[] = {"The Python Language Reference",
                                            "https://example.org/broken"};

} // namespace

const Rule buffers = {
    .name = "buffer-in-loop",
    .code = "FRG103",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "",
    .rationale = "",
    .bad = "",
    .good = "",
    .references = {},
    .fix = FixAvailability::Unsafe,
    .check = never,
};

const Rule broken = {
    .name = "syntax-error",
    .code = "FRG001",
    .severity = Severity::Error,
    .since = "0.1.0",
    .summary = "",
    .rationale = "",
    .bad = "",
    .good = "",
    .references = kReading,
    .fix = FixAvailability::None,
    .check = never,
};

std::shared_ptr<const SourceFile> source(llvm::StringRef text, std::string path) {
  return llvm::cantFail(SourceFile::decode(std::move(path), text));
}

Location at(const std::shared_ptr<const SourceFile> &file, llvm::StringRef part) {
  size_t begin = file->text().find(part);
  EXPECT_NE(begin, llvm::StringRef::npos) << part.str();
  return {file, {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + part.size())}};
}

Diagnostic finding(Location location, std::string message, Severity severity) {
  Diagnostic diagnostic;
  diagnostic.rule = &buffers;
  diagnostic.severity = severity;
  diagnostic.location = std::move(location);
  diagnostic.message = std::move(message);
  return diagnostic;
}

FileResult result(std::vector<Diagnostic> diagnostics, const Target *target) {
  FileResult result;
  result.file = diagnostics.front().location.file;
  result.target = target;
  result.diagnostics = std::move(diagnostics);
  return result;
}

FileResult quiet(FileStatus status, const Target *target) {
  FileResult result;
  result.file = source("");
  result.status = status;
  result.target = target;
  return result;
}

std::string report(llvm::StringRef format, const std::vector<FileResult> &results,
                   const ReportOptions &options) {
  std::string text;
  llvm::raw_string_ostream os(text);
  std::unique_ptr<Reporter> reporter = makeReporter(format, os, options);
  for (const FileResult &each : results)
    reporter->file(each);
  reporter->finish();
  return text;
}

} // namespace fraglint::sample
