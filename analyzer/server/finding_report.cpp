#include "server/finding_report.h"

#include "lint/rule.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace json = llvm::json;

namespace {

/// `DiagnosticSeverity` of the protocol.
int severityNumber(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return 1;
  case Severity::Warning:
    return 2;
  case Severity::Note:
    return 3;
  }
  llvm_unreachable("all severities are listed");
}

/// The first address among the rule's references; empty where they are titles.
llvm::StringRef addressOf(const Rule &rule) {
  for (llvm::StringRef reference : rule.references)
    if (reference.starts_with("https://"))
      return reference.take_until([](char c) { return c == ' '; });
  return {};
}

/// Comments that do nothing can be shown faded.
bool isUnnecessary(const Rule &rule) {
  return std::holds_alternative<void (*)(const SuppressionFault &, RuleContext &)>(rule.check);
}

json::Value locationJson(const Location &location, const PositionCodec &codec, UriOf uriOf) {
  return json::Object{{"uri", uriOf(*location.file)},
                      {"range", codec.range(*location.file, location.range)}};
}

} // namespace

json::Value diagnosticJson(const Diagnostic &finding, const ClientCapabilities &client,
                           const PositionCodec &codec, UriOf uriOf) {
  json::Object object{{"range", codec.range(*finding.location.file, finding.location.range)},
                      {"severity", severityNumber(finding.severity)},
                      {"code", finding.rule->code},
                      {"source", "fraglint"},
                      {"message", finding.message}};
  if (llvm::StringRef address = addressOf(*finding.rule);
      client.codeDescription && !address.empty())
    object["codeDescription"] = json::Object{{"href", address}};
  if (client.diagnosticTags && isUnnecessary(*finding.rule))
    object["tags"] = json::Array{1};
  if (client.relatedInformation && !finding.notes.empty()) {
    json::Array notes;
    for (const Note &note : finding.notes)
      notes.push_back(json::Object{{"location", locationJson(note.location, codec, uriOf)},
                                   {"message", note.message}});
    object["relatedInformation"] = std::move(notes);
  }
  return object;
}

json::Array diagnosticsJson(llvm::ArrayRef<Diagnostic> findings, const ClientCapabilities &client,
                            const PositionCodec &codec, UriOf uriOf) {
  json::Array array;
  for (const Diagnostic &finding : findings)
    array.push_back(diagnosticJson(finding, client, codec, uriOf));
  return array;
}

} // namespace fraglint
