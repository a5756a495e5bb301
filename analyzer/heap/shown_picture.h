#pragma once
/// Pictures that a display shows until it is given the next one.

#include "semantic/module.h"

#include <vector>

namespace fraglint {

/// What gives a display something to show: the attribute of `display.root_group = …`, or the call
/// `display.show(…)`, the same before CircuitPython 9. In source order within each kind.
std::vector<SyntaxNode> displayWrites(const SemanticModel &model);

/// The one that shows a picture made by `made`, in the same function and in Groups that are made
/// anew with it; null where there is none.
SyntaxNode rootShowing(const Module &module, SyntaxNode made);

} // namespace fraglint
