#include "report/terminal_style.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

namespace fraglint {

namespace {

/// The eight basic colours only: a terminal's owner has chosen how these look.
llvm::StringRef startOf(TextRole role) {
  switch (role) {
  case TextRole::Plain:
    return "";
  case TextRole::Place:
    return "\x1b[1m";
  case TextRole::Error:
    return "\x1b[1;31m";
  case TextRole::Warning:
    return "\x1b[1;33m";
  case TextRole::Note:
    return "\x1b[1;36m";
  case TextRole::Help:
    return "\x1b[1;32m";
  case TextRole::Gutter:
    return "\x1b[34m";
  case TextRole::RuleCode:
    return "\x1b[35m";
  }
  llvm_unreachable("all roles are listed");
}

constexpr llvm::StringLiteral kReset("\x1b[0m");

} // namespace

std::string TerminalStyle::paint(TextRole role, llvm::StringRef text) const {
  llvm::StringRef start = startOf(role);
  if (!colour_ || start.empty() || text.empty())
    return text.str();
  return (llvm::Twine(start) + text + kReset).str();
}

std::string TerminalStyle::link(llvm::StringRef address, std::string text) const {
  if (!hyperlinks_ || address.empty())
    return text;
  return (llvm::Twine("\x1b]8;;") + address + "\x1b\\" + text + "\x1b]8;;\x1b\\").str();
}

} // namespace fraglint
