#pragma once
/// Findings made by hand for tests of reports; no rule of ours has a part in them.

#include "lint/linter.h"
#include "lint/rule.h"
#include "report/reporter.h"

#include "llvm/ADT/StringRef.h"

#include <memory>
#include <string>

namespace fraglint::sample {

extern const Rule buffers; ///< FRG103 buffer-in-loop
extern const Rule broken;  ///< FRG001 syntax-error; has an address for further reading

std::shared_ptr<const SourceFile> source(llvm::StringRef text, std::string path = "code.py");

/// Where `part` is in the file; it must be there.
Location at(const std::shared_ptr<const SourceFile> &file, llvm::StringRef part);

/// A warning of the rule `buffers`.
Diagnostic finding(Location location, std::string message, Severity severity = Severity::Warning);

/// The result for the file of the first finding.
FileResult result(std::vector<Diagnostic> diagnostics, const Target *target = nullptr);

/// A result without findings.
FileResult quiet(FileStatus status = FileStatus::Analysed, const Target *target = nullptr);

/// The whole report in a format.
std::string report(llvm::StringRef format, const std::vector<FileResult> &results,
                   const ReportOptions &options = {});

} // namespace fraglint::sample
