#include "semantic/call_arguments.h"

namespace fraglint {

CallArguments::CallArguments(SyntaxNode call) {
  SyntaxNode arguments = call.child(Field::Arguments);
  // `f(x for x in y)`: the generator stands where the argument list would.
  if (arguments.kind() == NodeKind::GeneratorExpression) {
    positional_.push_back(arguments);
    return;
  }
  for (SyntaxNode argument : arguments.children()) {
    switch (argument.kind()) {
    case NodeKind::KeywordArgument:
      keywords_.push_back(argument);
      break;
    case NodeKind::ListSplat:
    case NodeKind::DictionarySplat:
      hasSplat_ = true;
      break;
    default:
      // What follows a `*sequence` has no known position.
      if (!hasSplat_)
        positional_.push_back(argument);
    }
  }
}

SyntaxNode CallArguments::get(unsigned position, llvm::StringRef keyword) const {
  if (position < positional_.size())
    return positional_[position];
  for (SyntaxNode argument : keywords_)
    if (argument.child(Field::Name).text() == keyword)
      return argument.child(Field::Value);
  return {};
}

} // namespace fraglint
