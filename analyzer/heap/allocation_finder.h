#pragma once
/// Finds the expressions of a module that ask the allocator for memory, and the statements
/// that drop a name.

#include "heap/facts.h"
#include "heap/target.h"
#include "semantic/semantic_model.h"

#include <vector>

namespace fraglint {

/// Both in source order. Broken statements, type annotations and the bodies of opaque
/// functions hold none.
struct HeapFacts {
  std::vector<AllocationSite> sites;
  std::vector<Deletion> deletions;
};

HeapFacts findHeapFacts(const SemanticModel &model, const Target &target);

/// `names.append(x)`, where the list is a global or an attribute: of a cost that is not known here.
std::vector<AllocationSite> findGrowths(const SemanticModel &model);

} // namespace fraglint
