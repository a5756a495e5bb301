#include "driver/man_command.h"

#include "driver/command_line.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FormatVariadic.h"

namespace fraglint {

namespace {

/// Names of characters that have a meaning in roff, or look otherwise there.
llvm::StringRef nameOf(char byte) {
  switch (byte) {
  case '\\':
    return "\\e";
  case '-':
    return "\\-";
  case '\'':
    return "\\(aq";
  case '`':
    return "\\(ga";
  case '^':
    return "\\(ha";
  case '~':
    return "\\(ti";
  default:
    return "";
  }
}

/// `text` in roff. What is no ASCII is named, since not every formatter reads UTF-8.
std::string escaped(llvm::StringRef text) {
  std::string result;
  llvm::SmallVector<llvm::UTF16> codes;
  llvm::convertUTF8ToUTF16String(text, codes);
  for (llvm::UTF16 code : codes) {
    char byte = static_cast<char>(code);
    if (code == 0x2026)
      result += "..."; // which terminals without Unicode have, too
    else if (code >= 0x80)
      result += llvm::formatv("\\[u{0:X-4}]", code).str();
    else if (llvm::StringRef name = nameOf(byte); !name.empty())
      result += name;
    else if (byte == '.' && (result.empty() || result.back() == ' '))
      result += "\\&."; // no request, should it begin a line
    else
      result += byte;
  }
  return result;
}

std::string bold(llvm::StringRef text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(llvm::StringRef text) { return "\\fI" + escaped(text) + "\\fR"; }

/// Code, which is never broken at a blank.
std::string code(llvm::StringRef text) {
  std::string words = bold(text);
  return llvm::join(llvm::split(words, ' '), "\\~");
}

/// Prose, in which code stands between backquotes.
std::string prose(llvm::StringRef text) {
  std::string result;
  llvm::SmallVector<llvm::StringRef> parts;
  text.split(parts, '`');
  for (size_t i = 0; i < parts.size(); ++i)
    result += i % 2 == 1 ? code(parts[i]) : escaped(parts[i]);
  return result;
}

class ManWriter {
public:
  explicit ManWriter(llvm::raw_ostream &os) : os_(os) {}

  void section(llvm::StringRef title) { os_ << ".SH " << title << "\n"; }
  void subsection(llvm::StringRef title) { os_ << ".SS " << bold(title) << "\n"; }
  /// Prose, in lines of a width that suits those who read the source.
  void line(llvm::StringRef text) {
    std::string words = prose(text);
    size_t column = 0;
    for (llvm::StringRef word : llvm::split(words, ' ')) {
      if (column != 0)
        os_ << (column + word.size() < kWidth ? " " : "\n");
      column = column + word.size() < kWidth ? column + word.size() + 1 : word.size() + 1;
      os_ << word;
    }
    os_ << "\n";
  }
  void paragraph(llvm::StringRef text) {
    os_ << ".PP\n";
    line(text);
  }

  /// `head`, which is roff already, and what it is.
  void item(llvm::StringRef head, llvm::StringRef text) {
    os_ << ".TP\n" << head << "\n";
    line(text);
  }

  /// Text kept line by line, behind other text.
  void verbatim(llvm::ArrayRef<llvm::StringRef> lines) {
    os_ << ".PP\n.nf\n";
    for (llvm::StringRef one : lines)
      os_ << escaped(one) << "\n";
    os_ << ".fi\n";
  }

private:
  static constexpr size_t kWidth = 79;

  llvm::raw_ostream &os_;
};

std::string optionHead(const OptionDescription &option) {
  std::vector<std::string> names;
  names.reserve(option.names.size());
  for (const std::string &name : option.names)
    names.push_back(bold(name));
  return llvm::join(names, ", ") + (option.takesValue ? " " + italic(option.valueName) : "");
}

/// What stands below a command's help, apart: words on it, and its examples.
struct Closing {
  std::vector<llvm::StringRef> words, examples;
};

Closing closingOf(const CommandDescription &command) {
  Closing closing;
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(command.closing).split(lines, '\n', -1, /*KeepEmpty=*/false);
  bool inExamples = false;
  for (llvm::StringRef line : lines) {
    if (line.starts_with("Example"))
      inExamples = true;
    else
      (inExamples ? closing.examples : closing.words).push_back(line);
  }
  return closing;
}

void writeSynopsis(ManWriter &page, llvm::raw_ostream &os,
                   const std::vector<CommandDescription> &commands) {
  page.section("SYNOPSIS");
  for (const CommandDescription &command : commands) {
    os << bold("fraglint " + command.name) << " [" << italic("options") << "]";
    for (const ArgumentDescription &argument : command.arguments)
      os << " " << italic(argument.name);
    os << "\n.br\n";
  }
  os << bold("fraglint") << " [" << italic("options") << "] " << italic("paths") << "\n";
}

void writeDescription(ManWriter &page) {
  page.section("DESCRIPTION");
  page.line(
      "`fraglint` reads MicroPython and CircuitPython programs and reports the lines that take "
      "more of a board's heap than they need, or leave it in pieces, with the bytes that they "
      "cost there. It runs nothing and needs no board.");
  page.paragraph("Without a command, `fraglint` checks the paths that it is given.");
  page.paragraph(
      "A report for a terminal shows the source; one for a pipe or a file has a line for "
      "each finding. `--output-format` names others.");
}

void writeCommand(ManWriter &page, const CommandDescription &command) {
  page.subsection("fraglint " + command.name);
  page.line(command.summary + ".");
  Closing closing = closingOf(command);
  if (!closing.words.empty())
    page.paragraph(llvm::join(closing.words, " "));
  for (const ArgumentDescription &argument : command.arguments)
    page.item(italic(argument.name), argument.summary + ".");
  for (const OptionDescription &option : command.options)
    if (!llvm::is_contained(option.names, "--help"))
      page.item(optionHead(option), option.summary + ".");
}

void writeFiles(ManWriter &page) {
  page.section("FILES");
  page.item(italic("fraglint.toml"),
            "Configuration, of its folder and those below; the nearest counts.");
  page.item(italic("pyproject.toml"), "The same in the table `[tool.fraglint]`.");
  page.item(italic("$XDG_CONFIG_HOME/fraglint/fraglint.toml"),
            "Configuration where a program has none; `~/.config` where the variable is not set.");
  page.item(italic("boot_out.txt"),
            "Written by CircuitPython beside the program: names the board.");
  page.item(italic(".gitignore"), "What git ignores is not looked for.");
}

void writeEnvironment(ManWriter &page) {
  page.section("ENVIRONMENT");
  page.item(bold("NO_COLOR"), "No colours, where `--color` does not say otherwise.");
  page.item(bold("FORCE_COLOR"), "Colours, also where the output is no terminal.");
  page.item(bold("TERM"), "No colours where it is `dumb`.");
  page.item(bold("GITHUB_ACTIONS"),
            "Where it is `true`, `check` reports in the format `github`, unless another is named.");
  page.item(bold("XDG_CONFIG_HOME") + ", " + bold("HOME"),
            "Where the user's own configuration is, and git's list of what to ignore.");
  page.item(bold("PATH"), "Where interpreters to measure on, and git, are looked for.");
}

void writeExamples(ManWriter &page, const std::vector<CommandDescription> &commands) {
  page.section("EXAMPLES");
  page.line("Of each command:");
  for (const CommandDescription &command : commands)
    if (Closing closing = closingOf(command); !closing.examples.empty()) {
      page.paragraph(command.summary + ":");
      page.verbatim(closing.examples);
    }
}

} // namespace

ExitStatus runMan(Console &console) {
  llvm::raw_ostream &os = console.out();
  ManWriter page(os);
  std::vector<CommandDescription> commands = describeCommands();

  // Without a date: that of a build would make each build differ.
  os << ".TH FRAGLINT 1 \"\" \"fraglint " << FRAGLINT_VERSION << "\" \"User Commands\"\n";
  page.section("NAME");
  os << "fraglint \\- find what hurts the heap in MicroPython and CircuitPython programs\n";
  writeSynopsis(page, os, commands);
  writeDescription(page);
  page.section("COMMANDS");
  page.line(
      "All have the option `--help`, or `-h`, which prints a command's options and examples.");
  for (const CommandDescription &command : commands)
    writeCommand(page, command);
  page.section("EXIT STATUS");
  for (const ExitStatusRow &row : kExitStatuses)
    page.item(bold(std::to_string(static_cast<int>(row.status))), row.meaning.str() + ".");
  writeFiles(page);
  writeEnvironment(page);
  writeExamples(page, commands);
  page.section("SEE ALSO");
  page.line("`fraglint rules` lists the rules, and `fraglint rule CODE` explains one.");
  return ExitStatus::Clean;
}

} // namespace fraglint
