#include "syntax/language_table.h"

#include "syntax/parser.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <cassert>
#include <tree_sitter/api.h>

namespace fraglint {

namespace {

NodeKind namedKind(llvm::StringRef name) {
  for (uint8_t number = 0; number < kNodeKindCount; ++number) {
    auto kind = static_cast<NodeKind>(number);
    if (kind < NodeKind::Operator && kindName(kind) == name)
      return kind;
  }
  return NodeKind::Error; // a kind of a later grammar; the test of the lists fails
}

/// Kinds of tokens by their text. Which of them count depends on where they stand, so the
/// lowering looks at the parent as well.
NodeKind tokenKind(llvm::StringRef text) {
  static constexpr llvm::StringLiteral kOperators[] = {
      "+",  "-",  "*",   "@",   "/",   "%",      "//",     "**", "|",  "&",
      "^",  "<<", ">>",  "~",   "<",   "<=",     "==",     "!=", ">=", ">",
      "<>", "in", "is",  "and", "or",  "not in", "is not", "+=", "-=", "*=",
      "/=", "@=", "//=", "%=",  "**=", ">>=",    "<<=",    "&=", "^=", "|="};
  if (llvm::is_contained(kOperators, text))
    return NodeKind::Operator;
  for (NodeKind kind : {NodeKind::Async, NodeKind::Colon, NodeKind::From, NodeKind::Equals})
    if (kindName(kind) == text)
      return kind;
  return NodeKind::None;
}

NodeKind kindOf(const TSLanguage *language, TSSymbol symbol) {
  llvm::StringRef name = ts_language_symbol_name(language, symbol);
  switch (ts_language_symbol_type(language, symbol)) {
  case TSSymbolTypeRegular:
    return namedKind(name);
  case TSSymbolTypeAnonymous:
    return tokenKind(name);
  case TSSymbolTypeSupertype:
  case TSSymbolTypeAuxiliary:
    break;
  }
  return NodeKind::None;
}

Field fieldNamed(llvm::StringRef name) {
  for (uint8_t number = 1; number < kFieldCount; ++number)
    if (fieldName(static_cast<Field>(number)) == name)
      return static_cast<Field>(number);
  return Field::None;
}

} // namespace

LanguageTable::LanguageTable() {
  const TSLanguage *language = pythonLanguage();
  uint32_t symbols = ts_language_symbol_count(language);
  assert(symbols <= kinds_.size());
  for (uint32_t symbol = 0; symbol < symbols; ++symbol)
    kinds_[symbol] = kindOf(language, static_cast<TSSymbol>(symbol));
  uint32_t fields = ts_language_field_count(language);
  assert(fields < fields_.size());
  for (uint32_t id = 1; id <= fields; ++id)
    fields_[id] = fieldNamed(ts_language_field_name_for_id(language, static_cast<TSFieldId>(id)));
}

std::vector<std::string> LanguageTable::mismatches() {
  const TSLanguage *language = pythonLanguage();
  llvm::StringSet<> grammar;
  llvm::StringSet<> ours;
  for (uint32_t symbol = 0; symbol < ts_language_symbol_count(language); ++symbol)
    if (ts_language_symbol_type(language, static_cast<TSSymbol>(symbol)) == TSSymbolTypeRegular)
      grammar.insert(ts_language_symbol_name(language, static_cast<TSSymbol>(symbol)));
  for (uint32_t id = 1; id <= ts_language_field_count(language); ++id)
    grammar.insert(std::string("field ") +
                   ts_language_field_name_for_id(language, static_cast<TSFieldId>(id)));
  for (auto kind = NodeKind::AssertStatement; kind < NodeKind::Operator;
       kind = static_cast<NodeKind>(static_cast<uint8_t>(kind) + 1))
    ours.insert(kindName(kind));
  for (uint8_t field = 1; field < kFieldCount; ++field)
    ours.insert("field " + fieldName(static_cast<Field>(field)).str());

  std::vector<std::string> result;
  for (const auto &entry : grammar)
    if (!ours.contains(entry.getKey()))
      result.push_back(entry.getKey().str());
  for (const auto &entry : ours)
    if (!grammar.contains(entry.getKey()))
      result.push_back(entry.getKey().str());
  llvm::sort(result);
  return result;
}

const LanguageTable &LanguageTable::python() {
  static const LanguageTable table;
  return table;
}

} // namespace fraglint
