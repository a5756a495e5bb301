#pragma once
/// How a piece of code comes to run again and again: in a loop of its own function, or because
/// every pass of a loop elsewhere calls its function.

#include "semantic/module.h"

#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <optional>

namespace fraglint {

/// A repeating loop and the way from it to a node.
struct Repetition {
  FunctionId function = kModuleBody; ///< that the loop belongs to
  LoopId loop = kNoId;
  PassFacts pass; ///< how surely a pass comes to the node
  /// The calls on the way, from the loop's function down; empty where the node is in the loop
  /// itself.
  llvm::SmallVector<SyntaxNode, 2> calls;
};

/// Whether a `for` of many passes counts as a loop that repeats.
enum class ForLoops : uint8_t { Count, DoNotCount };

/// The nearest repeating loop on whose passes `node` is evaluated at least in some mode. Calls
/// count where each is on every path of its caller. Nothing where there is no such loop.
std::optional<Repetition> repetitionOf(const Module &module, SyntaxNode node,
                                       ForLoops forLoops = ForLoops::Count);

} // namespace fraglint
