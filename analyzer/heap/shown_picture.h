#pragma once
/// Pictures that a display shows until it is given the next one.

#include "semantic/module.h"

namespace fraglint {

/// The `display.root_group` that a picture made by `made` is shown by, in the same function and
/// in Groups that are made anew with it; null where there is none.
SyntaxNode rootShowing(const Module &module, SyntaxNode made);

} // namespace fraglint
