#pragma once
/// What a program makes of a document once it has it, and what it reads of it.

#include "semantic/module.h"

namespace fraglint {

/// The expression around `made` whose value is as much in another form: `made.split("\n")`,
/// `list(made)`, `await made`; `made` itself where there is none.
SyntaxNode wholeAround(const SemanticModel &model, SyntaxNode made);

/// Where all of `value`, or the list in it that `holder` is bound to, comes from:
/// `f.read()` of `f.read().decode()`; `r.json()` of `document["items"]`, where `document` is bound
/// to that. Null where `holder` is bound to a part that nothing reads as a list.
SyntaxNode originOf(const Module &module, SyntaxNode value, SymbolId holder);

/// Whether what the name is bound to is read as a list somewhere outside of the expression
/// `except`: in a `for`, or by a number.
bool isReadAsList(const SemanticModel &model, SymbolId symbol, SyntaxNode except);

/// Whether all that is read of the documents bound to `symbol`, once at least, are fields at their
/// top that are no lists or tables themselves: `answer["token"]`.
bool readsTopFieldsOnly(const SemanticModel &model, SymbolId symbol);

} // namespace fraglint
