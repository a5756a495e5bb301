#include "evaluator/frame.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

void Frame::visit(const ObjectVisitor &visitor) const {
  visitor.run(run);
  for (Value local : locals)
    visitor.value(local);
  for (Value place : stack)
    visitor.value(place);
  for (Value exception : caught)
    visitor.value(exception);
  for (const Exit &exit : exits) {
    if (!exit.state)
      continue;
    llvm::for_each(exit.state->locals, visitor.perhaps);
    llvm::for_each(exit.state->stack, visitor.perhaps);
  }
  visitor.perhaps(mayReturn);
  visitor.perhaps(given);
  for (const std::shared_ptr<const Frame> &place : waiting)
    place->visit({visitor.perhaps, visitor.run});
  if (globals)
    visitor.value(Value::object(globals));
  if (body)
    visitor.value(Value::object(body));
}

void GeneratorObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  const bool isSure = places.size() == 1 && !mayBeOver;
  for (const std::shared_ptr<const Frame> &place : places)
    place->visit(isSure ? visitor : ObjectVisitor{visitor.perhaps, visitor.run});
}

} // namespace fraglint
