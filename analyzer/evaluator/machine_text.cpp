/// How the machine makes texts, and which of them are names.

#include "evaluator/machine.h"
#include "evaluator/text_data.h"
#include "evaluator/text_names.h"
#include "evaluator/text_print.h"

namespace fraglint {

bool Machine::isName(llvm::StringRef text) const {
  return isFirmwareName(profile_, text) || names_.contains(text);
}

Value Machine::name(llvm::StringRef text) {
  auto [place, isNew] = names_.try_emplace(text, 0);
  if (!isNew) {
    // What was made since a fork may be gone.
    Value made = Value::object(place->second);
    const auto *object = place->second < heap_.size() ? heap_.get<StrObject>(made) : nullptr;
    if (object && object->isInterned && object->content.bytes == text)
      return made;
  }
  auto &object = heap_.make<StrObject>();
  object.content = Content::of(text.str());
  object.isInterned = true;
  place->second = object.id;
  return Value::object(object.id);
}

Value Machine::str(llvm::StringRef text) {
  if (isName(text))
    return name(text);
  auto &object = heap_.make<StrObject>();
  allocate(object, 4);
  object.data = heap_.request(static_cast<int64_t>(text.size()) + 1);
  object.content = Content::of(text.str());
  return Value::object(object.id);
}

Value Machine::strFrom(Run buffer, Content content) {
  if (content.isKnown && isName(content.bytes)) {
    heap_.release(buffer);
    return name(content.bytes);
  }
  bool mayBeName = !content.isKnown && content.length.lo <= kLongestCommonName;
  auto &object = heap_.make<StrObject>();
  if (mayBeName) {
    Run old = buffer;
    buffer = heap_.request({0, withNull(content.length).hi});
    heap_.release(old);
    object.header = heap_.request({0, words(4)});
  } else {
    heap_.resize(buffer, withNull(content.length));
    allocate(object, 4);
  }
  object.data = buffer;
  object.content = std::move(content);
  return Value::object(object.id);
}

Value Machine::bytes(llvm::StringRef data) {
  auto &object = heap_.make<BytesObject>();
  allocate(object, 4);
  object.data = heap_.request(static_cast<int64_t>(data.size()) + 1);
  object.content = Content::of(data.str());
  return Value::object(object.id);
}

Value Machine::bytesFrom(Run buffer, Content content) {
  heap_.resize(buffer, withNull(content.length));
  auto &object = heap_.make<BytesObject>();
  allocate(object, 4);
  object.data = buffer;
  object.content = std::move(content);
  return Value::object(object.id);
}

std::optional<Content> Machine::print(Value value, bool isRepr) {
  Content printed;
  if (!printTo(*this, value, isRepr ? PrintKind::Repr : PrintKind::Str,
               [&](const Content &piece) { addTo(printed, piece); }))
    return std::nullopt;
  return printed;
}

} // namespace fraglint
