#include "report/text_reporter.h"

#include "lint/rule.h"
#include "report/printable_text.h"
#include "report/report_place.h"
#include "report/source_excerpt.h"
#include "report/word_wrapper.h"

#include "llvm/Support/ErrorHandling.h"

namespace fraglint {

namespace {

/// Room for line numbers up to 9999, so that the excerpts of most reports stand in one line.
constexpr uint32_t kLeastGutter = 4;

TextRole roleOf(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return TextRole::Error;
  case Severity::Warning:
    return TextRole::Warning;
  case Severity::Note:
    return TextRole::Note;
  }
  llvm_unreachable("all severities are listed");
}

/// The first of the rule's references that can be opened; empty where there is none.
llvm::StringRef addressOf(const Rule &rule) {
  for (llvm::StringRef reference : rule.references)
    if (reference.starts_with("https://"))
      return reference;
  return "";
}

void labelled(WordWrapper &paragraph, const TerminalStyle &style, TextRole role,
              llvm::StringRef label) {
  paragraph.word(style.paint(role, label), cellsOf(label));
}

} // namespace

TextReporter::TextReporter(llvm::raw_ostream &os, const ReportOptions &options)
    : os_(os), options_(options), style_(options.colour, options.hyperlinks),
      summary_(options.level) {}

void TextReporter::file(const FileResult &result) {
  summary_.add(result);
  for (const Diagnostic &diagnostic : result.diagnostics)
    if (diagnostic.severity >= options_.level)
      finding(diagnostic);
}

void TextReporter::finding(const Diagnostic &diagnostic) {
  uint32_t gutter = gutterCells(diagnostic.location, kLeastGutter);
  for (const Note &each : diagnostic.notes)
    gutter = gutterCells(each.location, gutter);

  header(diagnostic);
  writeExcerpt(os_, style_, diagnostic.location,
               {roleOf(diagnostic.severity), '^', gutter, options_.width});
  for (const Note &each : diagnostic.notes)
    note(each, gutter);
  if (diagnostic.fix)
    help(*diagnostic.fix);
  os_ << '\n';
}

void TextReporter::header(const Diagnostic &diagnostic) {
  WordWrapper paragraph(os_, options_.width);
  labelled(paragraph, style_, TextRole::Place, placeText(diagnostic.location) + ':');
  labelled(paragraph, style_, roleOf(diagnostic.severity),
           (severityName(diagnostic.severity) + ":").str());
  paragraph.words(diagnostic.message);
  const Rule &rule = *diagnostic.rule;
  paragraph.word(ruleTag(rule), cellsOf(rule.code) + cellsOf(rule.name) + 3);
  paragraph.end();
}

std::string TextReporter::ruleTag(const Rule &rule) const {
  std::string code = style_.link(addressOf(rule), style_.paint(TextRole::RuleCode, rule.code));
  return '[' + code + ' ' + rule.name.str() + ']';
}

void TextReporter::note(const Note &note, uint32_t gutterCells) {
  WordWrapper paragraph(os_, options_.width);
  labelled(paragraph, style_, TextRole::Place, placeText(note.location) + ':');
  labelled(paragraph, style_, TextRole::Note, "note:");
  paragraph.words(note.message);
  paragraph.end();
  writeExcerpt(os_, style_, note.location, {TextRole::Note, '-', gutterCells, options_.width});
}

void TextReporter::help(const Fix &fix) {
  WordWrapper paragraph(os_, options_.width);
  labelled(paragraph, style_, TextRole::Help, "help:");
  paragraph.words(fix.title);
  paragraph.words(("(`" + fixFlag(fix.applicability) + "` does it)").str());
  paragraph.end();
}

void TextReporter::finish() {
  if (summary_.isClean()) {
    os_ << summary_.line() << '\n';
    return;
  }
  for (const std::string &sentence : summary_.sentences())
    os_ << sentence << '\n';
}

} // namespace fraglint
