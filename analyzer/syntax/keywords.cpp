#include "syntax/keywords.h"

#include "llvm/ADT/STLExtras.h"

#include <cstdint>

namespace fraglint {

namespace {

enum Trait : uint8_t { OpensBlock = 1, StartsStatement = 2, WantsMore = 4 };

struct Keyword {
  llvm::StringLiteral word;
  uint8_t traits;
};

constexpr Keyword kKeywords[] = {
    {"False", 0},
    {"None", 0},
    {"True", 0},
    {"and", WantsMore},
    {"as", WantsMore},
    {"assert", StartsStatement | WantsMore},
    {"async", 0},
    {"await", 0},
    {"break", StartsStatement},
    {"class", OpensBlock | StartsStatement},
    {"continue", StartsStatement},
    {"def", OpensBlock | StartsStatement},
    {"del", StartsStatement | WantsMore},
    {"elif", OpensBlock | StartsStatement},
    {"else", OpensBlock | WantsMore},
    {"except", OpensBlock | StartsStatement},
    {"finally", OpensBlock | StartsStatement},
    {"for", OpensBlock},
    {"from", WantsMore},
    {"global", StartsStatement | WantsMore},
    {"if", OpensBlock | WantsMore},
    {"import", StartsStatement | WantsMore},
    {"in", WantsMore},
    {"is", WantsMore},
    {"lambda", WantsMore},
    {"nonlocal", StartsStatement | WantsMore},
    {"not", WantsMore},
    {"or", WantsMore},
    {"pass", StartsStatement},
    {"raise", StartsStatement},
    {"return", StartsStatement},
    {"try", OpensBlock | StartsStatement},
    {"while", OpensBlock | StartsStatement},
    {"with", OpensBlock | StartsStatement},
    {"yield", 0},
};

const Keyword *find(llvm::StringRef word) {
  if (word.size() < 2 || word.size() > 8)
    return nullptr;
  const Keyword *keyword = llvm::find_if(kKeywords, [&](const Keyword &it) {
    return it.word.front() == word.front() && it.word == word;
  });
  return keyword == std::end(kKeywords) ? nullptr : keyword;
}

bool has(llvm::StringRef word, Trait trait) {
  const Keyword *keyword = find(word);
  return keyword && (keyword->traits & trait);
}

} // namespace

bool isKeyword(llvm::StringRef word) { return find(word) != nullptr; }
bool opensBlock(llvm::StringRef word) { return has(word, OpensBlock); }
bool startsStatementOnly(llvm::StringRef word) { return has(word, StartsStatement); }
bool wantsMore(llvm::StringRef word) { return has(word, WantsMore); }

} // namespace fraglint
