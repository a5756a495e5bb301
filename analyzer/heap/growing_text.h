#pragma once
/// Finds the texts and bytes that loops make longer bit by bit.

#include "heap/facts.h"
#include "semantic/module.h"

#include <vector>

namespace fraglint {

/// In source order: every `s += x` and `s = s + x` of a name or `self.x` that holds a str or
/// bytes there, where passes of a loop add to it without giving it a fresh value in between; and
/// module variables that a function adds to and no function ever resets. What one loop adds to
/// one name is one fact.
std::vector<GrowingText> findGrowingTexts(const Module &module);

} // namespace fraglint
