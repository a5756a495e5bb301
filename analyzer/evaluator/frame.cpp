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
  visitor.perhaps(passedOver);
  if (globals)
    visitor.value(Value::object(globals));
  if (body)
    visitor.value(Value::object(body));
}

void GeneratorObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitor.perhaps(passedOver);
  if (frame)
    frame->visit(visitor);
  for (const std::shared_ptr<const Frame> &other : others)
    other->visit({visitor.perhaps, visitor.run});
}

} // namespace fraglint
