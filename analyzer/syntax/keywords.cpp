#include "syntax/keywords.h"

#include "llvm/ADT/STLExtras.h"

#include <cstdint>

namespace fraglint {

namespace {

enum Trait : uint8_t { kBlock = 1, kStatement = 2, kMore = 4 };

struct Keyword {
  llvm::StringLiteral word;
  uint8_t traits;
};

constexpr Keyword kKeywords[] = {
    {"False", 0},
    {"None", 0},
    {"True", 0},
    {"and", kMore},
    {"as", kMore},
    {"assert", kStatement | kMore},
    {"async", 0},
    {"await", 0},
    {"break", kStatement},
    {"class", kBlock | kStatement},
    {"continue", kStatement},
    {"def", kBlock | kStatement},
    {"del", kStatement | kMore},
    {"elif", kBlock | kStatement},
    {"else", kBlock | kMore},
    {"except", kBlock | kStatement},
    {"finally", kBlock | kStatement},
    {"for", kBlock},
    {"from", kMore},
    {"global", kStatement | kMore},
    {"if", kBlock | kMore},
    {"import", kStatement | kMore},
    {"in", kMore},
    {"is", kMore},
    {"lambda", kMore},
    {"nonlocal", kStatement | kMore},
    {"not", kMore},
    {"or", kMore},
    {"pass", kStatement},
    {"raise", kStatement},
    {"return", kStatement},
    {"try", kBlock | kStatement},
    {"while", kBlock | kStatement},
    {"with", kBlock | kStatement},
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
bool opensBlock(llvm::StringRef word) { return has(word, kBlock); }
bool startsStatementOnly(llvm::StringRef word) { return has(word, kStatement); }
bool wantsMore(llvm::StringRef word) { return has(word, kMore); }

} // namespace fraglint
