#include "report/json_reporter.h"

#include "heap/target.h"
#include "report/json_finding.h"
#include "report/report_summary.h"

namespace fraglint {

void JsonReporter::file(const FileResult &result) {
  ++files_;
  notFirmware_ += result.status == FileStatus::NotFirmware;
  skipped_ += result.status == FileStatus::Skipped;
  known_ += knownCount(result, level_);
  noteTarget(result.target);

  llvm::raw_string_ostream os(findings_);
  for (const Diagnostic &diagnostic : result.diagnostics) {
    if (diagnostic.severity < level_)
      continue;
    // A line each, so that people can read and compare them.
    os << (findings_.empty() ? "\n" : ",\n");
    llvm::json::OStream json(os);
    writeFinding(json, diagnostic);
  }
}

/// Files that were not analysed have no target and no say.
void JsonReporter::noteTarget(const Target *target) {
  if (!target)
    return;
  targetsDiffer_ |= target_ && target_ != target;
  target_ = target;
}

void JsonReporter::finish() {
  llvm::json::OStream json(os_);
  json.object([&] {
    json.attribute("schema", "fraglint-check/1");
    if (target_ && !targetsDiffer_)
      json.attribute("target", target_->name);
    else
      json.attribute("target", nullptr);
    json.attributeBegin("findings");
    json.rawValue(findings_.empty() ? "[]" : "[" + findings_ + "\n]");
    json.attributeEnd();
    json.attribute("known", known_);
    json.attribute("files", files_);
    json.attribute("not_firmware", notFirmware_);
    json.attribute("skipped", skipped_);
  });
  json.flush();
  os_ << '\n';
}

} // namespace fraglint
