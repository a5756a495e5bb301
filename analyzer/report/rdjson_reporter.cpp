#include "report/rdjson_reporter.h"

#include "lint/rule.h"
#include "report/report_place.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"

namespace fraglint {

namespace {

using JsonObject = llvm::json::Object;
using JsonArray = llvm::json::Array;

llvm::StringRef rdjsonSeverity(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "ERROR";
  case Severity::Warning:
    return "WARNING";
  case Severity::Note:
    return "INFO";
  }
  llvm_unreachable("all severities are listed");
}

/// Lines from 1, and columns from 1 in bytes.
JsonObject range(const SourceFile &file, TextRange bytes) {
  auto place = [&](uint32_t offset) {
    Position at = file.lines().position(offset, ColumnUnit::Bytes);
    return JsonObject{{"line", at.line + 1}, {"column", at.column + 1}};
  };
  return JsonObject{{"start", place(bytes.begin)}, {"end", place(bytes.end)}};
}

JsonObject location(const Location &where) {
  return JsonObject{{"path", llvm::json::fixUTF8(reportPath(*where.file))},
                    {"range", range(*where.file, where.range)}};
}

JsonArray suggestions(const Diagnostic &diagnostic) {
  JsonArray edits;
  for (const Edit &edit : diagnostic.fix->edits)
    edits.push_back(JsonObject{{"range", range(*diagnostic.location.file, edit.range)},
                               {"text", llvm::json::fixUTF8(edit.replacement)}});
  return edits;
}

JsonArray related(const Diagnostic &diagnostic) {
  JsonArray places;
  for (const Note &note : diagnostic.notes)
    places.push_back(JsonObject{{"message", llvm::json::fixUTF8(note.message)},
                                {"location", location(note.location)}});
  return places;
}

} // namespace

void RdjsonReporter::file(const FileResult &result) {
  for (const Diagnostic &diagnostic : result.diagnostics) {
    if (diagnostic.severity < level_)
      continue;
    JsonObject object{{"message", llvm::json::fixUTF8(diagnostic.message)},
                      {"location", location(diagnostic.location)},
                      {"severity", rdjsonSeverity(diagnostic.severity)},
                      {"code", JsonObject{{"value", diagnostic.rule->code}}}};
    if (diagnostic.fix)
      object["suggestions"] = suggestions(diagnostic);
    if (!diagnostic.notes.empty())
      object["related_locations"] = related(diagnostic);
    diagnostics_.push_back(std::move(object));
  }
}

void RdjsonReporter::finish() {
  JsonObject report{{"source", JsonObject{{"name", "fraglint"}}},
                    {"diagnostics", std::move(diagnostics_)}};
  os_ << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(report)));
}

} // namespace fraglint
