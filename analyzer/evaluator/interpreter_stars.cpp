#include "evaluator/containers.h"
#include "evaluator/interpreter.h"

namespace fraglint {

// Calls with stars: `function(*items, **named)`.

/// What two stars give of an object of the program: by `keys` and `__getitem__`, one after the
/// other. The array of arguments gets twice as long where it is full.
bool Interpreter::addMapping(Value mapping, NamedValues &keywords, Run &scratch, int64_t &room,
                             size_t positional) {
  std::optional<Value> keys = callMethod(mapping, "keys", {});
  if (!keys)
    return false;
  held_.push_back(*keys);
  return forEach(*keys, false, [&](Value key) {
    auto filled = static_cast<int64_t>(positional + 2 * keywords.size());
    if (filled + 1 >= room) {
      room = std::max<int64_t>(4, 2 * room);
      if (!profile_.hasPystack)
        heap_.resize(scratch, words(room));
    }
    std::optional<Value> value = callMethod(mapping, "__getitem__", {key});
    if (!value)
      return false;
    held_.push_back(*value);
    if (std::optional<llvm::StringRef> text = textOf(key))
      keywords.push_back({*textOf(name(*text)), *value});
    else
      noteGap("what arguments two stars give is not known");
    return true;
  });
}

/// How many arguments a function of the program takes at most by their places; nothing for what is
/// none.
std::optional<size_t> Interpreter::mostArguments(Value callee) const {
  if (const auto *function = heap_.get<FunctionObject>(callee))
    return function->code->positional;
  if (const auto *method = heap_.get<BoundMethodObject>(callee)) {
    std::optional<size_t> most = mostArguments(method->function);
    return most && *most > 0 ? std::optional(*most - 1) : std::nullopt;
  }
  std::optional<size_t> most;
  for (Value one : waysOf(callee))
    if (std::optional<size_t> other = mostArguments(one))
      most = std::max(most.value_or(0), *other);
  return most;
}

/// Whether a function of the program has a star for all others.
bool Interpreter::takesMore(Value callee) const {
  if (const auto *function = heap_.get<FunctionObject>(callee))
    return function->code->hasStar;
  if (const auto *method = heap_.get<BoundMethodObject>(callee))
    return takesMore(method->function);
  return llvm::any_of(waysOf(callee), [this](Value one) { return takesMore(one); });
}

/// Calls a function of the program with so many arguments more as a star may give, each `item`:
/// each number that it takes is a way, and so is one that it does not.
std::optional<Value> Interpreter::callWithAny(Value callee, llvm::ArrayRef<Value> before,
                                              Interval count, Value item,
                                              llvm::ArrayRef<Value> behind, size_t most,
                                              Keywords keywords) {
  size_t given = before.size() + behind.size();
  auto room = static_cast<int64_t>(most > given ? most - given : 0);
  std::vector<Value> counts;
  for (int64_t one = count.lo; one <= std::min(count.hi, room + 1); ++one)
    counts.push_back(Value::integer(one));
  if (counts.empty())
    counts.push_back(Value::integer(count.lo));
  size_t followed = 0;
  std::optional<Value> result = eachWay(counts, [&](Value one) {
    ++followed;
    llvm::SmallVector<Value, 8> arguments(before);
    arguments.append(static_cast<size_t>(one.asInt()), item);
    arguments.append(behind.begin(), behind.end());
    return call(callee, arguments, keywords);
  });
  llvm::StringRef reason;
  if (followed < counts.size())
    reason = "too many ways to be followed";
  else if (count.hi > room + 1 && takesMore(callee))
    reason = "how many arguments a star gives is not known";
  if (!reason.empty()) {
    skipValue(callee, reason);
    for (Value one : waysOf(callee))
      skipValue(one, reason);
  }
  return result;
}

/// Source: mp_call_prepare_args_n_kw_var in py/runtime.c. The arguments are copied, on ports
/// without a pystack to the heap.
std::optional<Value> Interpreter::callStarred(Frame &frame, const Instruction &instruction,
                                              bool isMethod) {
  const std::vector<Value> &stack = frame.stack;
  auto positional = static_cast<size_t>(instruction.a);
  auto keywordCount = static_cast<size_t>(instruction.b);
  int64_t stars = stack.back().asInt();
  size_t base = stack.size() - 1 - positional - 2 * keywordCount - (isMethod ? 2 : 1);
  Value callee = stack[base];
  llvm::SmallVector<Value, 8> arguments;
  size_t at = base + 1;
  if (isMethod) {
    if (!stack[at].isUnbound())
      arguments.push_back(stack[at]);
    ++at;
  }
  // How many there will be, as far as that can be told at once.
  int64_t room = 1 + static_cast<int64_t>(positional);
  int64_t inDicts = 0;
  for (size_t i = 0; i < positional; ++i)
    if ((stars >> i & 1) != 0) {
      Value one = stack[at + i];
      // Asked without an exception: of what has no length nothing is asked for.
      bool hasLength = heap_.get<InstanceObject>(one) ? hasMethod(*this, one, "__len__")
                                                      : fraglint::lengthOf(*this, one).has_value();
      std::optional<Value> count = hasLength ? length(one) : Value();
      if (!count)
        clearRaised();
      else if (count->isInt())
        room += count->asInt() - 1;
    }
  for (size_t i = 0; i < keywordCount; ++i)
    if (stack[at + positional + 2 * i].isUnbound())
      if (const auto *dict = heap_.get<DictObject>(stack[at + positional + 2 * i + 1]))
        inDicts += dict->table.used.lo - 1;
  room += 2 * (static_cast<int64_t>(keywordCount) + inDicts);
  Run scratch;
  if (!profile_.hasPystack)
    scratch = heap_.request(words(room));
  std::optional<size_t> most = mostArguments(callee);
  std::optional<size_t> openAt; // among the arguments
  Value any;
  Interval anyCount;
  for (size_t i = 0; i < positional; ++i) {
    Value one = stack[at + i];
    if ((stars >> i & 1) == 0) {
      arguments.push_back(one);
      continue;
    }
    if (most && !openAt && (isAbstract(one) || !isKnownIterable(*this, one))) {
      const auto *abstract = heap_.get<AbstractObject>(one);
      if (abstract && abstract->isPlainData)
        one = dataAsList(one);
      anyCount = fraglint::lengthOf(*this, one).value_or(Interval::atLeast(0)).clampedBelow(0);
      any = anyItemOf(*this, one);
      if (!any.isUnbound()) {
        held_.push_back(any);
        openAt = arguments.size();
      }
      continue;
    }
    if (isAbstract(one)) {
      noteGap("how many arguments a star gives is not known");
      continue;
    }
    const size_t first = arguments.size();
    goneOver_.clear();
    if (!forEach(one, false, [&](Value item) {
          arguments.push_back(item);
          held_.push_back(item);
          return true;
        }))
      return std::nullopt;
    if (!isCountOpen())
      continue;
    if (!most || openAt) {
      noteGap("how many arguments a star gives is not known");
      continue;
    }
    any = anyOf(*this, llvm::ArrayRef(arguments).drop_front(first));
    arguments.resize(first);
    anyCount = Interval::atLeast(0);
    openAt = first;
  }
  NamedValues keywords;
  for (size_t i = 0; i < keywordCount; ++i) {
    Value key = stack[at + positional + 2 * i], value = stack[at + positional + 2 * i + 1];
    if (!key.isUnbound()) {
      keywords.push_back({textOf(key).value_or(""), value});
      continue;
    }
    const auto *dict = heap_.get<DictObject>(value);
    if (!dict && heap_.get<InstanceObject>(value) && hasMethod(*this, value, "keys")) {
      if (!addMapping(value, keywords, scratch, room, arguments.size()))
        return std::nullopt;
      continue;
    }
    if (!dict || !dict->table.isKnown) {
      noteGap("what arguments two stars give is not known");
      continue;
    }
    for (const MapTable::Slot &slot : dict->table.slots)
      if (std::optional<llvm::StringRef> text = textOf(slot.key); text && !slot.isDeleted)
        keywords.push_back({*textOf(name(*text)), slot.value});
  }
  std::optional<Value> result;
  if (openAt) {
    llvm::ArrayRef<Value> all(arguments);
    result = callWithAny(callee, all.take_front(*openAt), anyCount, any, all.drop_front(*openAt),
                         *most, keywords);
  } else {
    result = call(callee, arguments, keywords);
  }
  if (result)
    heap_.release(scratch);
  return result;
}

} // namespace fraglint
