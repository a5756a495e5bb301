#include "semantic/contract.h"

#include "syntax/comment_cover.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

#include <optional>

namespace fraglint {

namespace {

/// By ContractKind.
constexpr llvm::StringRef kWords[] = {"len", "size", "fixed", "no-alloc"};

/// More than any heap has.
constexpr int64_t kMostAmount = int64_t{1} << 32;

bool hasAmount(ContractKind kind) {
  return kind == ContractKind::Length || kind == ContractKind::Size;
}

/// A whole number in Python's spelling.
std::optional<int64_t> wholeNumber(llvm::StringRef text) {
  std::string digits = text.str();
  llvm::erase(digits, '_');
  int64_t number = 0;
  if (digits.empty() || llvm::StringRef(digits).getAsInteger(0, number) || number < 0 ||
      number > kMostAmount)
    return std::nullopt;
  return number;
}

/// What its writer probably meant, in a spelling that counts.
std::string nearestSpelling(const Directive &directive, ContractKind kind) {
  std::string word = kWords[static_cast<size_t>(kind)].str();
  if (!hasAmount(kind))
    return word;
  llvm::StringRef rest = directive.arguments.empty() ? llvm::StringRef(directive.reason)
                                                     : llvm::StringRef(directive.arguments[0]);
  llvm::StringRef digits =
      rest.drop_until([](char c) { return llvm::isDigit(c); }).take_while(llvm::isDigit);
  llvm::StringRef unit = rest.substr(rest.find(digits) + digits.size());
  int64_t number = wholeNumber(digits).value_or(kind == ContractKind::Length ? 64 : 4096);
  if (!digits.empty() && unit.starts_with_insensitive("k"))
    number *= 1024;
  bool isBelow = rest.starts_with("<") && !rest.starts_with("<=");
  if (isBelow && number > 0)
    --number;
  bool isAtMost = directive.isAtMost || isBelow || kind == ContractKind::Length;
  return word + (isAtMost ? "<=" : "=") + std::to_string(number);
}

std::string unreadable(const Directive &directive, ContractKind kind) {
  return "this contract cannot be read; write `# fraglint: " + nearestSpelling(directive, kind) +
         "`";
}

/// Fills `contract`; what is wrong with the comment is its fault.
void readDirective(const Directive &directive, Contract &contract) {
  contract.range = directive.range;
  contract.kind = static_cast<ContractKind>(llvm::find(kWords, directive.word) - kWords);
  if (!hasAmount(contract.kind)) {
    if (!directive.arguments.empty() || directive.malformed)
      contract.fault = unreadable(directive, contract.kind);
    return;
  }
  std::optional<int64_t> number = directive.arguments.size() == 1 && !directive.malformed
                                      ? wholeNumber(directive.arguments[0])
                                      : std::nullopt;
  if (number)
    contract.amount = {directive.isAtMost ? 0 : *number, *number};
  else
    contract.fault = unreadable(directive, contract.kind);
}

bool mayForbidAllocation(NodeKind kind) {
  return kind == NodeKind::FunctionDefinition || kind == NodeKind::WhileStatement ||
         kind == NodeKind::ForStatement;
}

/// The lines, from 0, that a comment about this statement may stand on. A decorated one starts with
/// its first decorator.
std::pair<uint32_t, uint32_t> linesOf(SyntaxNode statement) {
  const LineIndex &lines = statement.tree().file().lines();
  TextRange header = headerRange(statement);
  if (statement.parent().kind() == NodeKind::DecoratedDefinition)
    header.begin = statement.parent().range().begin;
  return {lines.lineAt(header.begin), lines.lineAt(header.end)};
}

} // namespace

bool Assumption::isAbout(llvm::StringRef path) const {
  llvm::StringRef wanted = llvm::sys::path::remove_leading_dotslash(file);
  path = llvm::sys::path::remove_leading_dotslash(path);
  return path == wanted || path.ends_with("/" + std::string(wanted));
}

llvm::ArrayRef<llvm::StringRef> contractWords() { return kWords; }

bool isContractWord(llvm::StringRef word) { return llvm::is_contained(kWords, word); }

Contracts::Contracts(const SyntaxTree &tree, llvm::ArrayRef<Assumption> assumptions) {
  for (const SyntaxTree::Part &part : tree.parts()) {
    std::vector<Waiting> waiting;
    read(*part.tree, waiting);
    for (const Assumption &assumption : assumptions)
      if (assumption.isAbout(part.tree->file().path())) {
        Contract contract;
        contract.amount = {0, assumption.most};
        waiting.push_back({assumption.line - 1, std::move(contract)});
      }
    if (!waiting.empty())
      place(tree, part, std::move(waiting));
  }
}

void Contracts::read(const SyntaxTree &file, std::vector<Waiting> &waiting) {
  if (!file.file().text().contains_insensitive("fraglint"))
    return;
  for (const Comment &comment : file.comments())
    for (const Directive &directive : directivesIn(comment, file.file()))
      if (isContractWord(directive.word)) {
        Contract contract;
        readDirective(directive, contract);
        waiting.push_back({coveredLine(comment, file.file()), std::move(contract)});
      }
}

/// Finds the statements. Of several on a line each is meant.
void Contracts::place(const SyntaxTree &tree, const SyntaxTree::Part &part,
                      std::vector<Waiting> waiting) {
  std::vector<bool> isPlaced(waiting.size());
  auto consider = [&](SyntaxNode statement) {
    auto [first, last] = linesOf(statement);
    for (size_t index = 0; index < waiting.size(); ++index) {
      auto &[line, contract] = waiting[index];
      bool isForeign =
          contract.kind == ContractKind::NoAlloc && !mayForbidAllocation(statement.kind());
      if ((line != first && line != last) || isForeign || !contract.fault.empty())
        continue;
      isPlaced[index] = true;
      byStatement_[statement.ordinal()].push_back(static_cast<uint32_t>(contracts_.size()));
      contracts_.push_back(contract);
      contracts_.back().statement = statement;
    }
  };
  for (uint32_t index = part.begin; index < part.end; ++index)
    for (SyntaxNode node = tree.statement(index); node; node = node.next())
      if (isStatement(node.kind()) && node.kind() != NodeKind::DecoratedDefinition)
        consider(node);
  for (auto [index, one] : llvm::enumerate(waiting)) {
    Contract &contract = one.contract;
    if (isPlaced[index] || contract.range.empty())
      continue;
    if (contract.fault.empty())
      contract.fault = contract.kind == ContractKind::NoAlloc
                           ? "`no-alloc` is said of a `def`, `for` or `while`, and none stands here"
                           : "this contract stands beside no statement";
    faulty_.push_back(std::move(contract));
  }
}

const Contract *Contracts::find(SyntaxNode statement, ContractKind kind) const {
  auto found = byStatement_.find(statement.ordinal());
  if (found == byStatement_.end())
    return nullptr;
  for (uint32_t index : found->second)
    if (contracts_[index].kind == kind)
      return &contracts_[index];
  return nullptr;
}

std::vector<uint32_t> statementLines(const SyntaxTree &tree) {
  std::vector<uint32_t> lines;
  for (uint32_t index = 0; index < tree.statementCount(); ++index)
    for (SyntaxNode node = tree.statement(index); node; node = node.next())
      if (isStatement(node.kind()))
        for (uint32_t line : {linesOf(node).first, linesOf(node).second})
          lines.push_back(line + 1);
  llvm::sort(lines);
  lines.erase(llvm::unique(lines), lines.end());
  return lines;
}

} // namespace fraglint
