#pragma once
/// What a program's writer says of it where its text does not tell, in comments:
///
///     data = uart.read()      # fraglint: len<=64    no value that this makes or reads is longer
///     frame = camera.take()   # fraglint: size=4096  what this makes takes so many bytes
///     history = []            # fraglint: fixed      what this makes never gets longer
///     def on_pulse(pin):      # fraglint: no-alloc   nothing in this asks for memory
///
/// A contract holds for the statement that it stands behind or, alone on its line, above.

#include "semantic/interval.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

enum class ContractKind : uint8_t {
  Length,  ///< `len`: items, characters or bytes
  Size,    ///< `size`: bytes
  Fixed,   ///< `fixed`
  NoAlloc, ///< `no-alloc`: of a function or a loop
};

struct Contract {
  ContractKind kind = ContractKind::Length;
  Interval amount = Interval::atLeast(0); ///< of Length and Size; `<=`: from 0
  TextRange range;                        ///< of the comment; empty for an Assumption
  SyntaxNode statement;
  std::string fault; ///< why it does not count; empty where it does
};

/// `len<=most` at a line, said on the command line.
struct Assumption {
  std::string file; ///< its path as far as it is given, or its name alone
  uint32_t line = 0; ///< from 1
  int64_t most = 0;

  bool isAbout(llvm::StringRef path) const;
};

/// The first words of contracts: `len`, `size`, `fixed`, `no-alloc`.
llvm::ArrayRef<llvm::StringRef> contractWords();
bool isContractWord(llvm::StringRef word);

/// The contracts of a file or of all files of a program. Refers to the tree.
class Contracts {
public:
  explicit Contracts(const SyntaxTree &tree, llvm::ArrayRef<Assumption> assumptions = {});

  bool empty() const { return contracts_.empty(); }
  /// The one of that kind for exactly this statement; null where there is none.
  const Contract *find(SyntaxNode statement, ContractKind kind) const;
  /// Those that count, in source order.
  llvm::ArrayRef<Contract> all() const { return contracts_; }
  /// Those that do not, with why.
  llvm::ArrayRef<Contract> faulty() const { return faulty_; }

private:
  struct Waiting {
    uint32_t line; ///< from 0
    Contract contract;
  };
  void read(const SyntaxTree &file, std::vector<Waiting> &waiting);
  void place(const SyntaxTree &tree, const SyntaxTree::Part &part, std::vector<Waiting> waiting);

  std::vector<Contract> contracts_;
  std::vector<Contract> faulty_;
  llvm::DenseMap<uint32_t, std::vector<uint32_t>> byStatement_; ///< ordinal to contracts_
};

/// The lines (from 1) of `tree`'s file on which a statement stands, in order: those that an
/// Assumption can be about.
std::vector<uint32_t> statementLines(const SyntaxTree &tree);

} // namespace fraglint
