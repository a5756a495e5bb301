#include "evaluator/interpreter.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"
#include "evaluator/text_names.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Literals of so many bytes are names to the firmware's compiler.
constexpr size_t kLongestName = 10;

} // namespace

// --- Constants and names ---------------------------------------------------------------------

/// What compiling makes known: identifiers, and short literals.
void Interpreter::learnNames(const Code &code) {
  name(code.name);
  for (const std::string &one : code.names)
    name(one);
  for (llvm::StringRef one : code.locals)
    name(one);
  for (const Constant &constant : code.constants)
    if (constant.kind == Constant::Kind::Str && constant.text.size() <= kLongestName)
      name(constant.text);
  for (const auto &child : code.children)
    learnNames(*child);
}

void Interpreter::beginNames(Interval names) {
  noteNewNames(/*isFree=*/true);
  nameTable_.emplace(profile_, names);
}

/// Of the instruction that is over. `isFree`: what that asks for is told elsewhere.
void Interpreter::noteNewNames(bool isFree) {
  llvm::SmallVector<llvm::StringRef, 4> fresh;
  for (const auto &entry : names_)
    if (notedNames_.insert(entry.first()).second && !isFirmwareName(profile_, entry.first()))
      fresh.push_back(entry.first());
  if (isFree && nameTable_)
    nameTable_->learn(static_cast<int64_t>(fresh.size()));
  if (isFree || !nameTable_)
    return;
  for (llvm::StringRef text : fresh)
    noteNameRequest(isUncertain() ? nameTable_->addPerhaps(text.size())
                                  : nameTable_->add(text.size()));
}

void Interpreter::noteNameRequest(const NameGrowth &growth) {
  Run &run = nameRuns_[growth.mostOfFile];
  if (!run)
    run.id = run.lineage = NameTable::kFirstRun + static_cast<uint32_t>(nameRuns_.size());
  run.bytes = growth.bytes;
  HeapEvent event;
  event.run = run.id;
  event.lineage = run.lineage;
  event.bytes = growth.bytes;
  event.isHard = growth.isHard;
  event.mayNotHappen = true;
  if (onNames)
    onNames(event, growth);
}

/// Of ASCII, that is: there are so many that anybody prints.
void Interpreter::noteCharacter() {
  constexpr int64_t kMostCharacters = 95;
  if (nameTable_ && characters_ < kMostCharacters) {
    ++characters_;
    noteNameRequest(nameTable_->addPerhaps(1));
  }
}

void Interpreter::noteRunText(std::optional<llvm::StringRef> text) {
  const std::string reason = "what code that is made at run time does is not known";
  noteGap(reason);
  if (frames_.empty())
    return;
  auto &module = static_cast<ModuleObject &>(heap_.change(frames_.back()->globals));
  // What the text calls may bind others.
  bool isAny = !text || llvm::any_of(module.globals.slots, [&](const MapTable::Slot &slot) {
    std::optional<llvm::StringRef> name = textOf(slot.key);
    return name && text->contains(*name) && heap_.get<FunctionObject>(slot.value);
  });
  Value any = abstract("", reason);
  for (MapTable::Slot &slot : module.globals.slots) {
    std::optional<llvm::StringRef> name = textOf(slot.key);
    if (name && (isAny || text->contains(*name)))
      slot.value = any;
  }
}

Value Interpreter::constantValue(const Constant &constant) {
  switch (constant.kind) {
  case Constant::Kind::None:
    return Value::none();
  case Constant::Kind::True:
    return Value::boolean(true);
  case Constant::Kind::False:
    return Value::boolean(false);
  case Constant::Kind::Ellipsis:
    return *builtin("Ellipsis");
  case Constant::Kind::Int:
    return Value::integer(constant.integer);
  case Constant::Kind::BigInt: {
    BigIntObject &object = heap_.make<BigIntObject>();
    object.value = constant.big;
    return Value::object(object.id);
  }
  case Constant::Kind::Float:
    return Value::real(rounded(constant.real));
  case Constant::Kind::Str: {
    if (constant.text.size() <= kLongestName || isName(constant.text))
      return name(constant.text);
    StrObject &object = heap_.make<StrObject>();
    object.content = Content::of(constant.text);
    return Value::object(object.id);
  }
  case Constant::Kind::Bytes: {
    BytesObject &object = heap_.make<BytesObject>();
    object.content = Content::of(constant.text);
    return Value::object(object.id);
  }
  case Constant::Kind::Tuple: {
    std::vector<Value> items;
    items.reserve(constant.items.size());
    for (const Constant &item : constant.items)
      items.push_back(constantValue(item));
    TupleObject &object = heap_.make<TupleObject>();
    object.items = std::move(items);
    return Value::object(object.id);
  }
  }
  return Value::none();
}

const std::vector<Value> &Interpreter::constantsOf(const Code &code) {
  auto &made = constants_[&code];
  if (!made) {
    made = std::make_unique<std::vector<Value>>();
    for (const Constant &constant : code.constants)
      made->push_back(constantValue(constant));
  }
  return *made;
}

std::optional<Value> Interpreter::builtin(llvm::StringRef name) {
  auto found = builtins_.find(name);
  if (found != builtins_.end())
    return found->second;
  Value value;
  if (name == "Ellipsis" || name == "NotImplemented") {
    SingletonObject &object = heap_.make<SingletonObject>();
    object.name = name.str();
    value = Value::object(object.id);
  } else if (const NativeRow *row = findNative(name)) {
    value = nativeValue(*this, *row);
  }
  builtins_[name] = value;
  return value;
}

std::optional<Value> Interpreter::loadGlobal(Frame &frame, llvm::StringRef name) {
  const auto &module = llvm::cast<ModuleObject>(heap_[frame.globals]);
  std::optional<const MapTable::Slot *> slot = findInTable(*this, module.globals, this->name(name));
  if (slot && *slot)
    return (*slot)->value;
  if (name == "__name__")
    return this->name(module.name);
  std::optional<Value> found = builtin(name);
  if (!found || !found->isUnbound())
    return found;
  if (isUncertain() || !gaps_.empty())
    return unknown("`" + name + "` is not bound on all paths");
  return raise("NameError", "name '" + name + "' isn't defined");
}

bool Interpreter::storeGlobal(Frame &frame, llvm::StringRef name, Value value) {
  auto &module = static_cast<ModuleObject &>(heap_.change(frame.globals));
  return storeInTable(*this, module.globals, this->name(name), value);
}

// --- Modules ---------------------------------------------------------------------------------

/// The firmware puts some names into `__main__` before it runs.
Value Interpreter::moduleObject(const Code &code) {
  bool isEntry = modules_.empty();
  ModuleObject &module = heap_.make<ModuleObject>();
  ObjectId id = module.id;
  module.name = isEntry ? "__main__" : code.name.str();
  modules_[&code] = id;
  auto &changed = static_cast<ModuleObject &>(heap_.change(id));
  prepareGlobals(changed, isEntry);
  return Value::object(id);
}

std::optional<Value> Interpreter::importModule(llvm::StringRef name, Value fromList) {
  SyntaxNode site = this->site();
  const Code *code = resolver_ ? resolver_(site, name) : nullptr;
  if (code) {
    auto found = modules_.find(code);
    if (found != modules_.end())
      return Value::object(found->second);
    if (frames_.size() > limits_.callDepth)
      return unknown("imports are nested too deeply to be followed");
    if (onImport)
      onImport(*code, nameTable_ ? nameTable_->names() : Interval::exactly(0));
    learnNames(*code);
    noteNewNames(/*isFree=*/true); // of compiling
    Frame inner;
    inner.code = code;
    inner.constants = &constantsOf(*code);
    Value module = moduleObject(*code);
    static_cast<ModuleObject &>(heap_.change(module.asObject())).name = name.str();
    inner.globals = module.asObject();
    Value result;
    openFrame(inner);
    frames_.push_back(&inner);
    Ending ending = execute(inner, {}, result);
    frames_.pop_back();
    if (ending == Ending::Stopped) {
      isStopped_ = true;
      return std::nullopt;
    }
    closeFrame(inner);
    if (ending == Ending::Raised) // the next import runs it again
      modules_.erase(code);
    return ending == Ending::Returned ? std::optional(module) : std::nullopt;
  }
  // `import a.b` gives a; `from a.b import c` gives a.b.
  llvm::StringRef wanted = fromList.isNone() ? name.split('.').first : name;
  firmwareModules_.insert(name);
  if (llvm::is_contained(profile_.traits.fileModules, wanted))
    noteUnknownCost("`" + wanted + "` is a file of this firmware: what it asks for is not known");
  return nativeModule(*this, wanted);
}

std::optional<Value> Interpreter::importStar(Frame &frame, Value module) {
  const auto *object = heap_.get<ModuleObject>(module);
  if (!object || object->isNative) {
    noteGap("what `import *` of a library binds is not known");
    return Value();
  }
  std::vector<std::pair<Value, Value>> names;
  for (const MapTable::Slot &slot : object->globals.slots) {
    std::optional<llvm::StringRef> text = textOf(slot.key);
    if (!slot.isDeleted && text && !text->starts_with("_"))
      names.emplace_back(slot.key, slot.value);
  }
  for (const auto &[key, value] : names)
    if (!storeGlobal(frame, *textOf(key), value))
      return std::nullopt;
  return Value();
}

/// What lies in a module's dictionary before its first statement. Source: py/runtime.c,
/// ports/unix/main.c: `__name__` and, for a file, `__file__`, in a table without room; how many
/// there are in
/// `__main__` is measured.
void Interpreter::prepareGlobals(ModuleObject &module, bool isEntry) {
  static constexpr llvm::StringLiteral kNames[] = {"__name__", "__file__"};
  size_t names = isEntry ? profile_.mainNames : std::size(kNames);
  int64_t slots = isEntry ? profile_.mainSlots : std::size(kNames);
  for (size_t i = 0; i < names; ++i) {
    MapTable::Slot slot;
    // The others are a firmware's own, which no program binds.
    slot.key = name(i < std::size(kNames) ? kNames[i].str() : "__main__ " + std::to_string(i));
    slot.value = name(module.name);
    module.globals.slots.push_back(slot);
  }
  module.globals.slots.resize(static_cast<size_t>(slots));
  module.globals.used = Interval::exactly(static_cast<int64_t>(names));
  module.globals.allocated = Interval::exactly(slots);
  module.globals.run = heap_.request(words(2 * slots));
}

} // namespace fraglint
