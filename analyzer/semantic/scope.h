#pragma once
/// Python's own words for names: scopes hold symbols, symbols have bindings and references.
/// Plain data; built and owned by SemanticModel, which hands out ids and const references.

#include "syntax/syntax_tree.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace fraglint {

using ScopeId = uint32_t;
using SymbolId = uint32_t;
using BindingId = uint32_t;
using FunctionId = uint32_t;
/// "No such thing" for every id above.
inline constexpr uint32_t kNoId = ~0u;
inline constexpr ScopeId kModuleScope = 0;
/// The statements of the program's first file are function 0: they run once, from the top. Those
/// of a further file are a function too, which the first import of the file calls.
inline constexpr FunctionId kModuleBody = 0;

/// Instance is the attribute table of a class's instances: its symbols are the `self.x` that
/// the class's methods assign. Its parent is the Class scope.
enum class ScopeKind : uint8_t { Module, Class, Instance, Function, Lambda, Comprehension };

struct Scope {
  ScopeKind kind = ScopeKind::Module;
  ScopeId parent = kNoId;
  SyntaxNode node; ///< definition, lambda or comprehension; null for the module
  llvm::SmallVector<SymbolId, 8> symbols;
  bool hasStarImport = false; ///< names not found here may come from `from x import *`
};

enum class BindingKind : uint8_t {
  Assignment,          ///< `x = value`, annotated ones too; value set
  Unpacking,           ///< `a, b = …`: one of several targets; value only where the right side
                       ///< is a tuple or list display of the same shape
  AugmentedAssignment, ///< `x += …`; value is the right operand
  Import,              ///< importedName set
  Function,
  Class,
  Parameter, ///< value is the default, where there is one
  LoopTarget, ///< of `for` and comprehensions; value is the iterable
  WithTarget, ///< value is the context expression
  ExceptTarget,
  Walrus, ///< value set
  MatchCapture,
  Deletion, ///< `del x`
};

struct Binding {
  BindingKind kind = BindingKind::Assignment;
  SymbolId symbol = kNoId;
  SyntaxNode name;  ///< the identifier, or the `self.x` attribute node, that is bound
  SyntaxNode value; ///< see BindingKind; null where nothing is known
  FunctionId function = kModuleBody; ///< whose code does the binding
  std::string importedName; ///< dotted, of Import: `adafruit_display_text.label`
};

struct Symbol {
  llvm::StringRef name; ///< points into the source text
  ScopeId scope = kModuleScope;
  llvm::SmallVector<BindingId, 2> bindings; ///< in source order
  llvm::SmallVector<SyntaxNode, 4> references; ///< loads, in source order
};

/// A function, lambda or method of the module, and the module body itself.
struct Function {
  SyntaxNode node;         ///< FunctionDefinition or Lambda; null for a module body
  llvm::StringRef name;    ///< empty for lambdas and the module body
  ScopeId scope = kModuleScope;
  ScopeId classScope = kNoId; ///< of a method
  FunctionId parent = kNoId;  ///< the function whose code executes the definition
  bool isAsync = false;
  bool isGenerator = false;
  bool isStaticMethod = false;
  bool isClassMethod = false;
  bool isProperty = false; ///< runs where its name is read or assigned, not where it is called
  uint32_t firstOrdinal = 0; ///< of its first node; functions are sorted by it
  uint32_t firstStatement = 0; ///< of a module body: its top-level statements in the tree
  uint32_t endStatement = kNoId; ///< kNoId: up to the end
  /// `@rp2.asm_pio`, `@micropython.asm_thumb`, `.viper`, `.native`: its body is no Python that
  /// allocates.
  bool isOpaque = false;
};

using ClassId = uint32_t;

/// A class of the module and its place among the others.
struct ClassInfo {
  SyntaxNode node;            ///< ClassDefinition
  ScopeId scope = kNoId;      ///< the names of its body
  ScopeId instance = kNoId;   ///< its `self.x`
  llvm::SmallVector<ClassId, 2> bases; ///< those of this module, in order
  SyntaxNode foreignBase;     ///< the first base that is not of this module, or null
  llvm::StringRef baseInLibrary; ///< the foreign base where it is a library's known type
  ClassId family = kNoId;     ///< the same for all classes that inheritance connects
};

} // namespace fraglint
