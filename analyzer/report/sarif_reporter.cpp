#include "report/sarif_reporter.h"

#include "lint/file_path.h"
#include "lint/fingerprint.h"
#include "lint/rule_help.h"
#include "lint/rule_registry.h"
#include "report/report_place.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace {

using JsonObject = llvm::json::Object;
using JsonArray = llvm::json::Array;

constexpr llvm::StringLiteral kSchema("https://json.schemastore.org/sarif-2.1.0.json");
/// Paths are relative to the folder that fraglint was started in, as code scanning wants them.
constexpr llvm::StringLiteral kRoot("%SRCROOT%");

JsonObject text(llvm::StringRef plain) { return JsonObject{{"text", llvm::json::fixUTF8(plain)}}; }

/// GitHub's own words for a severity.
llvm::StringRef problemSeverity(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "recommendation";
  }
  llvm_unreachable("all severities are listed");
}

/// A path within a URI. Source: RFC 3986, 2.3 and 3.3.
std::string percentEncoded(llvm::StringRef path) {
  std::string result;
  for (char one : path) {
    if (llvm::isAlnum(one) || llvm::StringRef("-._~/!$&'()*+,;=:@").contains(one))
      result += one;
    else
      result += "%" + llvm::toHex(llvm::StringRef(&one, 1));
  }
  return result;
}

JsonObject artifact(const SourceFile &file) {
  std::string path = reportPath(file);
  if (llvm::sys::path::is_absolute(path))
    return JsonObject{{"uri", "file://" + percentEncoded(path)}};
  // A colon in the first part would make that a scheme.
  llvm::StringRef first = llvm::StringRef(path).split('/').first;
  return JsonObject{{"uri", (first.contains(':') ? "./" : "") + percentEncoded(path)},
                    {"uriBaseId", kRoot}};
}

JsonObject region(const SourceFile &file, TextRange range) {
  ReportPlace place = reportPlace(file, range);
  return JsonObject{{"startLine", place.line},
                    {"startColumn", place.column},
                    {"endLine", place.endLine},
                    {"endColumn", place.endColumn}};
}

JsonObject physical(const Location &location) {
  return JsonObject{
      {"physicalLocation", JsonObject{{"artifactLocation", artifact(*location.file)},
                                      {"region", region(*location.file, location.range)}}}};
}

JsonObject withMessage(const Location &location, llvm::StringRef message) {
  JsonObject place = physical(location);
  place["message"] = text(message);
  return place;
}

/// The way through the program that explains a finding, which is its end.
JsonArray codeFlows(const Diagnostic &diagnostic) {
  JsonArray steps;
  for (const Note &note : diagnostic.notes)
    steps.push_back(JsonObject{{"location", withMessage(note.location, note.message)}});
  steps.push_back(
      JsonObject{{"location", withMessage(diagnostic.location, diagnostic.rule->summary)}});
  return JsonArray{
      JsonObject{{"threadFlows", JsonArray{JsonObject{{"locations", std::move(steps)}}}}}};
}

JsonArray fixes(const Diagnostic &diagnostic) {
  const SourceFile &file = *diagnostic.location.file;
  JsonArray replacements;
  for (const Edit &edit : diagnostic.fix->edits)
    replacements.push_back(JsonObject{{"deletedRegion", region(file, edit.range)},
                                      {"insertedContent", text(edit.replacement)}});
  return JsonArray{JsonObject{
      {"description", text(diagnostic.fix->title)},
      {"artifactChanges", JsonArray{JsonObject{{"artifactLocation", artifact(file)},
                                               {"replacements", std::move(replacements)}}}}}};
}

JsonArray suppressions(const SuppressedFinding &finding) {
  JsonObject one{{"kind", finding.kind == SuppressionKind::Comment ? "inSource" : "external"}};
  if (!finding.reason.empty())
    one["justification"] = llvm::json::fixUTF8(finding.reason);
  return JsonArray{std::move(one)};
}

JsonObject rule(const Rule &rule) {
  std::string help;
  llvm::raw_string_ostream os(help);
  writeRuleHelp(os, rule);
  help = llvm::json::fixUTF8(help);
  JsonObject object{
      {"id", rule.code},
      {"name", rule.name},
      {"shortDescription", text(rule.summary)},
      {"fullDescription", text(rule.rationale.empty() ? rule.summary : rule.rationale)},
      {"help", JsonObject{{"text", help}, {"markdown", help}}},
      {"defaultConfiguration", JsonObject{{"level", severityName(rule.severity)}}},
      {"properties", JsonObject{{"tags", JsonArray{"memory", "micropython", "circuitpython"}},
                                // Judged by hand: 92 % of all findings are right, of the
                                // weakest rule two in three.
                                {"precision", "medium"},
                                {"problem.severity", problemSeverity(rule.severity)}}}};
  const auto *address = llvm::find_if(
      rule.references, [](llvm::StringRef one) { return one.starts_with("https://"); });
  if (address != rule.references.end())
    object["helpUri"] = *address;
  return object;
}

} // namespace

SarifReporter::SarifReporter(llvm::raw_ostream &os, const ReportOptions &options)
    : os_(os), level_(options.level) {
  for (const Rule *one : allRules()) {
    indices_[one] = static_cast<int64_t>(rules_.size());
    rules_.push_back(rule(*one));
  }
}

void SarifReporter::file(const FileResult &result) {
  std::vector<std::string> prints = fingerprints(result);
  llvm::ArrayRef<std::string> rest = prints;
  for (const Diagnostic &diagnostic : result.diagnostics) {
    finding(diagnostic, rest.front(), nullptr);
    rest = rest.drop_front();
  }
  for (const SuppressedFinding &one : result.suppressed) {
    finding(one.diagnostic, rest.front(), &one);
    rest = rest.drop_front();
  }
}

void SarifReporter::finding(const Diagnostic &diagnostic, llvm::StringRef print,
                            const SuppressedFinding *suppressed) {
  if (diagnostic.severity < level_)
    return;
  JsonObject object{{"ruleId", diagnostic.rule->code},
                    {"level", severityName(diagnostic.severity)},
                    {"message", text(diagnostic.message)},
                    {"locations", JsonArray{physical(diagnostic.location)}},
                    // The first is the name that code scanning looks for.
                    {"partialFingerprints", JsonObject{{"primaryLocationLineHash", print.str()},
                                                       {"fraglint/v1", print.str()}}},
                    // All results have them or none: SARIF 2.1.0, 3.27.23.
                    {"suppressions", suppressed ? suppressions(*suppressed) : JsonArray()}};
  if (auto index = indices_.find(diagnostic.rule); index != indices_.end())
    object["ruleIndex"] = index->second;
  if (!diagnostic.notes.empty()) {
    JsonArray related;
    for (const Note &note : diagnostic.notes)
      related.push_back(withMessage(note.location, note.message));
    object["relatedLocations"] = std::move(related);
    object["codeFlows"] = codeFlows(diagnostic);
  }
  if (diagnostic.fix)
    object["fixes"] = fixes(diagnostic);
  results_.push_back(std::move(object));
}

void SarifReporter::finish() {
  JsonObject driver{
      {"name", "fraglint"}, {"semanticVersion", FRAGLINT_VERSION}, {"rules", std::move(rules_)}};
  JsonObject root{{"description", text("the folder that fraglint was started in")}};
  JsonObject run{{"tool", JsonObject{{"driver", std::move(driver)}}},
                 {"columnKind", "unicodeCodePoints"},
                 {"originalUriBaseIds", JsonObject{{kRoot, std::move(root)}}},
                 {"results", std::move(results_)}};
  JsonObject report{
      {"$schema", kSchema}, {"version", "2.1.0"}, {"runs", JsonArray{std::move(run)}}};
  os_ << llvm::formatv("{0:1}\n", llvm::json::Value(std::move(report)));
}

} // namespace fraglint
