#include "evaluator/object.h"

#include "llvm/ADT/ArrayRef.h"

namespace fraglint {

namespace {

void visitAll(llvm::ArrayRef<Value> values, const ObjectVisitor &visitor) {
  for (Value value : values)
    visitor.value(value);
}

} // namespace

void StrObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitor.run(data);
  if (sharedData)
    visitor.value(Value::object(sharedData));
}

void BytesObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitor.run(data);
  if (sharedData)
    visitor.value(Value::object(sharedData));
}

void TupleObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitAll(items, visitor);
  if (type)
    visitor.value(Value::object(type));
}

void ListObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitor.run(data);
  visitAll(items, visitor);
  visitAll(shuffled, visitor);
  visitor.perhaps(element);
}

void MapTable::visit(const ObjectVisitor &visitor) const {
  visitor.run(run);
  for (const Slot &slot : slots) {
    const auto &take = slot.isPerhaps ? visitor.perhaps : visitor.value;
    take(slot.key);
    take(slot.value);
  }
  visitor.perhaps(anyKey);
  visitor.perhaps(anyValue);
}

void SetObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitor.run(data);
  visitAll(slots, visitor);
  visitor.perhaps(element);
}

void DequeObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitor.run(data);
  visitAll(items, visitor);
  visitor.perhaps(element);
}

void SliceObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitAll({start, stop, step}, visitor);
}

void FunctionObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitor.run(closure);
  if (globals)
    visitor.value(Value::object(globals));
  visitAll({defaults, keywordDefaults}, visitor);
  visitAll(cells, visitor);
}

void IteratorObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitAll(sources, visitor);
  visitor.value(function);
  if (!any.isUnbound())
    visitor.perhaps(any);
}

void ClassObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitor.run(dict);
  for (ObjectId base : bases)
    visitor.value(Value::object(base));
  members.visit(visitor);
}

void InstanceObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  if (type)
    visitor.value(Value::object(type));
  members.visit(visitor);
  visitor.value(native);
}

void WrapperObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  visitAll({get, set, del}, visitor);
}

void OpaqueObject::visit(const ObjectVisitor &visitor) const {
  visitor.run(header);
  for (const Run &run : runs)
    visitor.run(run);
  for (const auto &[name, value] : attributes)
    visitor.value(value);
  visitAll(held, visitor);
}

} // namespace fraglint
