#pragma once
/// Finds the assignments that give a label of `adafruit_display_text` its text.

#include "heap/facts.h"
#include "heap/target.h"
#include "semantic/semantic_model.h"

#include <vector>

namespace fraglint {

/// In source order. A label is known by its constructor, whatever holds it: a name, `self.x`, an
/// item of a list, dict, tuple or Group, a loop's variable, a parameter, what a function of the
/// file returns; or by its type where that is written down.
std::vector<LabelWrite> findLabelWrites(const SemanticModel &model, const Target &target);

} // namespace fraglint
