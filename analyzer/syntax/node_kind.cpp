#include "syntax/node_kind.h"

#include <cassert>

namespace fraglint {

llvm::StringRef kindName(NodeKind kind) {
  static constexpr llvm::StringLiteral kNames[] = {
      "", "error",
#define FRAGLINT_NAME(Name, GrammarName) GrammarName,
      FRAGLINT_SIMPLE_STATEMENT_KINDS(FRAGLINT_NAME)
          FRAGLINT_COMPOUND_STATEMENT_KINDS(FRAGLINT_NAME) FRAGLINT_OTHER_NAMED_KINDS(FRAGLINT_NAME)
              FRAGLINT_TOKEN_KINDS(FRAGLINT_NAME)
#undef FRAGLINT_NAME
  };
  static_assert(std::size(kNames) == kNodeKindCount);
  return kNames[static_cast<uint8_t>(kind)];
}

llvm::StringRef fieldName(Field field) {
  static constexpr llvm::StringLiteral kNames[] = {"",
#define FRAGLINT_NAME(Name, GrammarName) GrammarName,
                                                   FRAGLINT_FIELDS(FRAGLINT_NAME)
#undef FRAGLINT_NAME
  };
  static_assert(std::size(kNames) == kFieldCount);
  return kNames[static_cast<uint8_t>(field)];
}

} // namespace fraglint
