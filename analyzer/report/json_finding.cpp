#include "report/json_finding.h"

#include "lint/rule.h"
#include "report/report_place.h"

namespace fraglint {

namespace {

/// Strings must be UTF-8 here; a path need not be.
void text(llvm::json::OStream &json, llvm::StringRef key, llvm::StringRef value) {
  if (llvm::json::isUTF8(value))
    json.attribute(key, value);
  else
    json.attribute(key, llvm::json::fixUTF8(value));
}

void range(llvm::json::OStream &json, const SourceFile &file, TextRange bytes) {
  ReportPlace place = reportPlace(file, bytes);
  json.attribute("line", place.line);
  json.attribute("column", place.column);
  json.attribute("end_line", place.endLine);
  json.attribute("end_column", place.endColumn);
}

llvm::json::Value bound(int64_t value, bool known) {
  return known ? llvm::json::Value(value) : llvm::json::Value(nullptr);
}

void cost(llvm::json::OStream &json, const std::optional<ByteFigure> &figure) {
  if (!figure) {
    json.attribute("cost", nullptr);
    return;
  }
  json.attributeObject("cost", [&] {
    json.attribute("lo", bound(figure->bytes.lo, figure->bytes.hasLo()));
    json.attribute("hi", bound(figure->bytes.hi, figure->bytes.hasHi()));
    json.attribute("tag", tagName(figure->tag));
  });
}

void notes(llvm::json::OStream &json, llvm::ArrayRef<Note> all) {
  json.attributeArray("notes", [&] {
    for (const Note &note : all)
      json.object([&] {
        ReportPlace place = reportPlace(note.location);
        text(json, "path", reportPath(*note.location.file));
        json.attribute("line", place.line);
        json.attribute("column", place.column);
        text(json, "message", note.message);
      });
  });
}

void fix(llvm::json::OStream &json, const SourceFile &file, const std::optional<Fix> &offered) {
  if (!offered) {
    json.attribute("fix", nullptr);
    return;
  }
  json.attributeObject("fix", [&] {
    text(json, "title", offered->title);
    json.attribute("applicability",
                   offered->applicability == Applicability::Safe ? "safe" : "unsafe");
    json.attributeArray("edits", [&] {
      for (const Edit &edit : offered->edits)
        json.object([&] {
          range(json, file, edit.range);
          text(json, "replacement", edit.replacement);
        });
    });
  });
}

} // namespace

void writeFinding(llvm::json::OStream &json, const Diagnostic &diagnostic) {
  const SourceFile &file = *diagnostic.location.file;
  json.object([&] {
    json.attribute("code", diagnostic.rule->code);
    json.attribute("name", diagnostic.rule->name);
    json.attribute("severity", severityName(diagnostic.severity));
    text(json, "message", diagnostic.message);
    text(json, "path", reportPath(file));
    range(json, file, diagnostic.location.range);
    cost(json, diagnostic.cost);
    notes(json, diagnostic.notes);
    fix(json, file, diagnostic.fix);
  });
}

} // namespace fraglint
