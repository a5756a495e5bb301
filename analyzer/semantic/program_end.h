#pragma once
/// What a program does last.

#include "semantic/semantic_model.h"

namespace fraglint {

/// Whether nothing of the program runs after `statement`, a statement of `function`: it is the
/// last one of the module (also inside `if __name__ == "__main__":`, or a `try` with nothing but
/// handlers and `finally` behind it), of the function that is called last, or of a coroutine
/// that runs as a task.
bool isLastOfProgram(const SemanticModel &model, SyntaxNode statement, FunctionId function);

} // namespace fraglint
