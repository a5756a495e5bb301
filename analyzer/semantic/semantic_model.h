#pragma once
/// What names mean in the files of one program: "what is this name, of which known type, which
/// constant or interval?" Immutable once built; answers are computed on demand, in bounded time,
/// and those that many ask for are kept: a model is of one thread.

#include "semantic/interval.h"
#include "semantic/scope.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// The type of a value as far as it is known.
struct ValueType {
  /// Dotted name of a library or built-in type (`bytearray`, `displayio.Bitmap`); empty where
  /// unknown. Points to static data or into the source text.
  llvm::StringRef name;
  /// The class of this module that it is an instance of, or kNoId.
  ScopeId classScope = kNoId;

  explicit operator bool() const { return !name.empty() || classScope != kNoId; }
  friend bool operator==(const ValueType &, const ValueType &) = default;
};

/// One `f(…)` whose callee is a function of this program, or an import that runs a file of it.
struct CallEdge {
  SyntaxNode call; ///< Call, ImportStatement or ImportFromStatement
  FunctionId caller = kModuleBody;
  FunctionId callee = kModuleBody;
};

/// `from x import *`.
struct StarImport {
  std::string module; ///< dotted
  SyntaxNode node;    ///< WildcardImport
  ScopeId scope = kModuleScope;
};

/// Which files of a program its imports mean: for each file (as SyntaxTree::parts() counts them)
/// the modules by the names that this file imports them by, leading dots included, with the file
/// that each is. Modules that are none of the program's files are left out, or kNoId where one lies
/// there that is no source.
using ProgramImports = std::vector<llvm::StringMap<uint32_t>>;

/// One file of the program.
struct ModuleFile {
  const SyntaxTree *tree; ///< of the file alone
  ScopeId scope; ///< its global names
  FunctionId body; ///< its own statements
  uint32_t firstOrdinal; ///< of its nodes in the joined tree
};

class SemanticModel {
public:
  /// `tree` is one file's, or the joined one of a program with its entry first; it must outlive
  /// the model. `imports` is read while the model is built.
  explicit SemanticModel(const SyntaxTree &tree, const ProgramImports &imports = {});

  const SyntaxTree &tree() const { return tree_; }
  llvm::ArrayRef<ModuleFile> files() const { return files_; }
  /// Index of the file that `node` is of; kNoId for one behind the program's, of a library that is
  /// evaluated with it.
  uint32_t fileOf(SyntaxNode node) const;
  /// Whether a function is the statements of a file.
  bool isModuleBody(FunctionId id) const { return !functions_[id].node; }
  llvm::ArrayRef<Scope> scopes() const { return scopes_; }
  const Scope &scope(ScopeId id) const { return scopes_[id]; }
  const Symbol &symbol(SymbolId id) const { return symbols_[id]; }
  const Binding &binding(BindingId id) const { return bindings_[id]; }
  llvm::ArrayRef<Symbol> symbols() const { return symbols_; }
  llvm::ArrayRef<Binding> bindings() const { return bindings_; }
  llvm::ArrayRef<Function> functions() const { return functions_; }
  const Function &function(FunctionId id) const { return functions_[id]; }
  llvm::ArrayRef<ClassInfo> classes() const { return classes_; }
  /// The classes that inheritance connects with one another, given ClassInfo::family.
  llvm::ArrayRef<ClassId> familyMembers(ClassId family) const { return families_[family]; }
  llvm::ArrayRef<StarImport> starImports() const { return starImports_; }

  /// The symbol that an identifier, a `self.x` attribute node inside a method, or the `module.x`
  /// of a file of this program means; kNoId for built-ins, other attributes, keyword argument
  /// names and names nobody binds. A name imported from a file of this program means that file's
  /// symbol.
  SymbolId symbolOf(SyntaxNode node) const;
  /// The symbol of that name in exactly this scope; kNoId where it has none.
  SymbolId symbolNamed(ScopeId scope, llvm::StringRef name) const;
  /// The bindings whose Binding::importedName this is (`import gc as g`), in source order.
  llvm::ArrayRef<BindingId> importsOf(llvm::StringRef imported) const;
  /// The values of a function's `return` statements in source order; null for a bare one.
  llvm::SmallVector<SyntaxNode, 4> returnedBy(FunctionId function) const;
  /// The class whose body or instances `scope` holds the names of; kNoId for other scopes.
  ClassId classOf(ScopeId scope) const;
  /// The class of this module that a name stands for.
  ClassId classNamed(SyntaxNode expression) const;
  /// What `.name` means on a class (or its instances) by the rules of inheritance within this
  /// module; kNoId where nothing here assigns it.
  SymbolId attributeNamed(ClassId owner, llvm::StringRef name, bool onInstance) const;
  /// The function that a FunctionDefinition or Lambda node defines.
  FunctionId functionDefinedBy(SyntaxNode definition) const;
  /// The innermost scope whose names `node` sees.
  ScopeId scopeOf(SyntaxNode node) const;
  /// The function whose code `node` is part of (a default argument belongs to the definer).
  FunctionId functionOf(SyntaxNode node) const;

  /// Dotted name that an expression (identifier or attribute chain) stands for, imports,
  /// aliases and built-ins resolved: `label.Label`, imported as `from adafruit_display_text
  /// import label`, gives `adafruit_display_text.label.Label`; a plain `bytearray` gives
  /// `bytearray`. A method of a value of known type gives `TYPE.method`. Empty where the name
  /// is bound to something of the module's own or unknown.
  std::string qualifiedName(SyntaxNode expression) const;
  /// qualifiedName of the function of a call; empty where unknown. As long as the model.
  llvm::StringRef calleeName(SyntaxNode call) const;
  /// The function of this module that a call runs: by name, `self.method()`, `Class()`
  /// (its `__init__`); kNoId where it is none or may be several.
  FunctionId calleeFunction(SyntaxNode call) const;
  /// The function of this module that an expression, used as a value (a callback), names.
  FunctionId functionNamed(SyntaxNode expression) const;
  /// The attributes `other.NAME` that this module assigns, of objects other than a method's
  /// `self`.
  llvm::ArrayRef<SyntaxNode> foreignWritesOf(llvm::StringRef name) const;
  /// All calls between functions of this module, in source order.
  llvm::ArrayRef<CallEdge> callEdges() const { return callEdges_; }
  /// Those that call one function, in source order.
  llvm::ArrayRef<CallEdge> callersOf(FunctionId function) const;
  /// Those at one call or import.
  llvm::ArrayRef<CallEdge> callsAt(SyntaxNode call) const;

  ValueType typeOf(SyntaxNode expression) const;
  /// Integer value of an expression; lengths of known things through `len`, `range`-bound loop
  /// variables, names all of whose bindings are known. unknown() otherwise.
  Interval intervalOf(SyntaxNode expression) const;
  /// Length of a sequence value in items (bytes for bytes and bytearray, characters for str):
  /// what `len()` would give. [0, no bound] where unknown.
  Interval lengthOf(SyntaxNode expression) const;
  /// Number value (floats too: durations) where it is one known constant.
  std::optional<double> numberOf(SyntaxNode expression) const;
  /// Truth of an expression where it is constant.
  std::optional<bool> truthOf(SyntaxNode expression) const;
  /// Text of a string literal or of a name bound once to one; no f-strings. Without escapes
  /// that could change its length it is exact.
  std::optional<std::string> stringOf(SyntaxNode expression) const;
  /// Number of passes of a `for` statement or comprehension clause: `range(…)`, displays,
  /// constants, names bound once to such.
  Interval tripsOf(SyntaxNode forStatementOrClause) const;
  /// The expression that alone gives a name its value (one Assignment binding in its scope, no
  /// other), else null.
  SyntaxNode soleValueOf(SymbolId symbol) const;
  /// Everything that the calls of a plain function give a parameter that is bound nowhere else,
  /// defaults included; empty where that is not known.
  llvm::SmallVector<SyntaxNode, 4> passedFor(SymbolId parameter) const;

private:
  friend class ScopeBuilder;
  friend class ReferenceResolver;
  friend class ClassTable;
  friend class ValueEvaluator;

  using NameId = uint32_t;

  NameId intern(llvm::StringRef name);
  /// The symbol of a name in a scope, made where there is none.
  SymbolId symbolFor(ScopeId scope, llvm::StringRef name, NameId id);
  llvm::StringRef typeInLibrary(SyntaxNode expression) const;
  static uint64_t nameKey(ScopeId scope, NameId name) { return uint64_t{scope} << 32 | name; }

  const SyntaxTree &tree_;
  std::vector<ModuleFile> files_; ///< in the order of the tree's parts
  std::vector<Scope> scopes_;
  std::vector<Symbol> symbols_;
  std::vector<Binding> bindings_;
  std::vector<Function> functions_; ///< in pre-order of their nodes
  std::vector<ClassInfo> classes_; ///< likewise
  std::vector<llvm::SmallVector<ClassId, 1>> families_; ///< by ClassInfo::family
  std::vector<CallEdge> callEdges_;
  std::vector<CallEdge> edgesByCallee_; ///< the same, by callee
  std::vector<StarImport> starImports_;
  std::vector<std::pair<FunctionId, SyntaxNode>> returns_; ///< statements, by function
  std::vector<SymbolId> symbolOfNode_; ///< by ordinal
  std::vector<std::pair<uint32_t, ScopeId>> scopeStarts_; ///< by ordinal, for scopeOf
  std::vector<FunctionId> functionOfScope_; ///< whose code runs there, by scope
  llvm::DenseMap<llvm::StringRef, NameId> names_;
  llvm::DenseMap<uint64_t, SymbolId> symbolIn_; ///< by nameKey; `global` names too
  llvm::StringMap<llvm::SmallVector<BindingId, 1>> imports_; ///< by Binding::importedName
  llvm::DenseMap<SymbolId, ClassId> classOfSelf_; ///< first parameters of methods
  llvm::DenseSet<uint64_t> overridden_; ///< nameKeys of class scopes that derived classes redefine
  llvm::DenseMap<NameId, std::vector<SyntaxNode>> foreignWrites_; ///< `other.x = …`, by `x`
  llvm::DenseMap<NameId, std::vector<SyntaxNode>> foreignReads_; ///< `other.x` of known names
  // Answers that were given, by ordinal.
  mutable llvm::DenseMap<uint32_t, llvm::StringRef> calleeNames_; ///< into namesGiven_
  mutable llvm::StringSet<> namesGiven_;
  mutable llvm::DenseMap<uint32_t, FunctionId> calleeFunctions_;
  mutable llvm::DenseMap<uint32_t, ValueType> types_;
  bool writesNamesUnseen_ = false; ///< `exec`, `globals()` occur
  bool writesAttributesUnseen_ = false; ///< `setattr`, `vars()` occur
};

} // namespace fraglint
