#include "lint/import_scan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kBlanks = " \t\f";

bool isNameCharacter(char c) {
  return c == '_' || c == '.' || llvm::isAlnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// `keyword` and a blank (a dot does after `from`) taken off the front.
bool consumeKeyword(llvm::StringRef &text, llvm::StringRef keyword) {
  if (!text.starts_with(keyword) || text.size() == keyword.size() ||
      isNameCharacter(text[keyword.size()]) == (text[keyword.size()] != '.'))
    return false;
  text = text.drop_front(keyword.size()).ltrim(kBlanks);
  return true;
}

llvm::StringRef takeName(llvm::StringRef &text) {
  llvm::StringRef name = text.take_while(isNameCharacter);
  text = text.drop_front(name.size()).ltrim(kBlanks);
  return name;
}

/// The part of `text` that an import statement may take: up to the line's end, the bracket's, or
/// the end of a continued line.
llvm::StringRef statementAt(llvm::StringRef text) {
  llvm::StringRef line = text.take_until([](char c) { return c == '\n' || c == '\r' || c == ';'; });
  if (line.contains('('))
    return text.take_until([](char c) { return c == ')'; });
  while (line.ends_with("\\")) {
    llvm::StringRef rest = text.drop_front(line.size()).ltrim("\r\n");
    llvm::StringRef more = rest.take_until([](char c) { return c == '\n' || c == '\r'; });
    if (more.empty())
      break;
    line = text.take_front(more.end() - text.begin());
  }
  return line;
}

class Scan {
public:
  void statement(llvm::StringRef text) {
    if (consumeKeyword(text, "import"))
      importItems(text);
    else if (consumeKeyword(text, "from"))
      fromItems(text);
  }

  std::vector<std::string> take() {
    llvm::sort(names_);
    names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
    return std::move(names_);
  }

private:
  void importItems(llvm::StringRef items) {
    do {
      items = items.ltrim(" \t\f\\\r\n");
      llvm::StringRef name = takeName(items);
      for (size_t dot = name.find('.'); dot != llvm::StringRef::npos; dot = name.find('.', dot + 1))
        add(name.take_front(dot));
      add(name);
      items = items.drop_until([](char c) { return c == ',' || c == '#'; });
    } while (items.consume_front(","));
  }

  void fromItems(llvm::StringRef text) {
    llvm::StringRef module = takeName(text);
    add(module);
    if (module.empty() || !text.consume_front("import"))
      return;
    std::string prefix = module.str() + (module.ends_with(".") ? "" : ".");
    while (!text.empty()) {
      text = text.drop_until(isNameCharacter);
      llvm::StringRef name = takeName(text);
      if (!name.empty() && name != "as")
        add(prefix + name.str());
    }
  }

  void add(llvm::StringRef name) {
    if (!name.empty())
      names_.push_back(name.str());
  }

  std::vector<std::string> names_;
};

} // namespace

std::vector<std::string> importedModules(llvm::StringRef text) {
  Scan scan;
  for (llvm::StringRef rest = text; !rest.empty();) {
    llvm::StringRef start = rest.ltrim(kBlanks);
    if (start.starts_with("import") || start.starts_with("from"))
      scan.statement(statementAt(start));
    rest = rest.drop_until([](char c) { return c == '\n' || c == '\r' || c == ';'; }).substr(1);
  }
  return scan.take();
}

} // namespace fraglint
