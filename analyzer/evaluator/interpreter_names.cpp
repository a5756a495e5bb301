#include "evaluator/interpreter.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"
#include "evaluator/text_names.h"
#include "semantic/firmware.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Literals of so many bytes are names to the firmware's compiler.
constexpr size_t kLongestName = 10;
/// More than the unix port may find a folder under. Source: MICROPY_ALLOC_PATH_MAX there.
constexpr size_t kLongestPath = 512;

/// A module in a package, as that is spelled.
std::string partName(llvm::StringRef package, llvm::StringRef part) {
  return (package + (package.ends_with(".") ? "" : ".") + part).str();
}

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

namespace {

/// The whole name of what a module means by one that may begin with dots. Source:
/// py/builtinimport.c: the first dot is its package, which a package is itself.
std::string absoluteName(const ModuleObject &importer, llvm::StringRef spelled) {
  llvm::StringRef rest = spelled.ltrim('.'), package = importer.name;
  size_t level = spelled.size() - rest.size();
  if (level == 0)
    return spelled.str();
  for (level -= importer.isPackage; level > 0; --level)
    package = package.contains('.') ? package.rsplit('.').first : "";
  if (package.empty() || rest.empty())
    return (package + rest).str();
  return (package + "." + rest).str();
}

} // namespace

/// The firmware puts some names into `__main__` before it runs. `code`: null for a folder without
/// an `__init__.py`.
Value Interpreter::moduleObject(const Code *code, llvm::StringRef name) {
  bool isEntry = modules_.empty();
  ModuleObject &module = heap_.make<ModuleObject>();
  ObjectId id = module.id;
  module.name = name.str();
  module.isPackage = !code || code->isPackage;
  if (code)
    modules_[code] = id;
  auto &changed = static_cast<ModuleObject &>(heap_.change(id));
  if (!code) // of a file, compiling it asks for these: the module, and its dictionary
    changed.header = heap_.request(words(2 + 4));
  prepareGlobals(changed, isEntry, code != nullptr);
  return Value::object(id);
}

/// Runs a file, unless it has been.
std::optional<Value> Interpreter::loadFile(const Code &code, llvm::StringRef name) {
  auto found = modules_.find(&code);
  if (found != modules_.end())
    return Value::object(found->second);
  if (frames_.size() > limits_.callDepth)
    return unknown("imports are nested too deeply to be followed");
  if (onImport)
    onImport(code, nameTable_ ? nameTable_->names() : Interval::exactly(0));
  learnNames(code);
  noteNewNames(/*isFree=*/true); // of compiling
  Frame inner;
  inner.code = &code;
  inner.constants = &constantsOf(code);
  Value module = moduleObject(&code, name);
  inner.globals = module.asObject();
  loaded_[name] = module.asObject();
  Value result;
  openFrame(inner);
  Ending ending;
  {
    Activation activation(*this, inner);
    ending = execute(inner, {}, result);
  }
  if (ending == Ending::Stopped) {
    isStopped_ = true;
    return std::nullopt;
  }
  closeFrame(inner);
  if (ending == Ending::Raised) { // the next import runs it again
    modules_.erase(&code);
    loaded_.erase(name);
  }
  return ending == Ending::Returned ? std::optional(module) : std::nullopt;
}

/// A module of the program by its whole name, which its package then has as an attribute. `code`:
/// null for a folder without an `__init__.py`.
std::optional<Value> Interpreter::loadPart(const Code *code, llvm::StringRef name, Value package) {
  if (auto found = loaded_.find(name); found != loaded_.end())
    return Value::object(found->second);
  std::optional<Value> part = code ? loadFile(*code, name) : moduleObject(nullptr, name);
  if (!part || !heap_.get<ModuleObject>(*part))
    return part;
  loaded_[name] = part->asObject();
  auto *outer = package.isUnbound() ? nullptr : heap_.change<ModuleObject>(package);
  llvm::StringRef last = name.substr(name.rfind('.') + 1);
  if (outer && !storeInTable(*this, outer->globals, this->name(last), *part))
    return std::nullopt;
  return part;
}

/// What is no file of the program.
Value Interpreter::firmwareModule(llvm::StringRef name, bool isTopWanted) {
  // `import a.b` gives a; `from a.b import c` gives a.b.
  llvm::StringRef wanted = isTopWanted ? name.split('.').first : name;
  firmwareModules_.insert(name);
  if (llvm::is_contained(profile_.traits.fileModules, wanted))
    noteUnknownCost("`" + wanted + "` is a file of this firmware: what it asks for is not known");
  return nativeModule(*this, wanted);
}

/// Source: py/builtinimport.c: each part of a dotted name is loaded, the outermost first.
std::optional<Value> Interpreter::importModule(const Frame &frame, llvm::StringRef spelled,
                                               Value fromList) {
  uint32_t importer = frame.code->file;
  std::string name = absoluteName(*heap_.get<ModuleObject>(Value::object(frame.globals)), spelled);
  bool isTopWanted = fromList.isNone();
  const Code *leaf = resolver_.find(importer, spelled);
  bool isOfProgram = leaf || loaded_.contains(name);
  if (const auto *items = heap_.get<TupleObject>(fromList))
    for (Value item : items->items)
      isOfProgram |= resolver_.find(importer, partName(spelled, *textOf(item))) != nullptr;
  bool isPort = llvm::is_contained(profile_.traits.fileModules, name);
  if (!isOfProgram && isOfNoFirmware(name) && !isPort && !resolver_.isThere(importer, name))
    return raise("ImportError", "no module named '" + name + "'");
  if (!isOfProgram)
    return firmwareModule(name, isTopWanted);
  bool isRelative = spelled.starts_with(".");
  std::optional<Value> top, part;
  for (size_t end = 0; end != llvm::StringRef::npos;) {
    end = name.find('.', end + (end != 0));
    llvm::StringRef prefix = llvm::StringRef(name).substr(0, end);
    bool isLeaf = end == llvm::StringRef::npos;
    // Packages around one that says where it is by dots have been loaded.
    if (isRelative && !isLeaf && !loaded_.contains(prefix))
      continue;
    part =
        loadPart(isLeaf ? leaf : resolver_.find(importer, prefix), prefix, part.value_or(Value()));
    if (!part)
      return part;
    top = top ? top : part;
  }
  return isTopWanted ? top : part;
}

/// What is no attribute of a package may be a file in it.
std::optional<Value> Interpreter::importFrom(const Frame &frame, const Instruction &instruction) {
  Value package = frame.stack.back();
  llvm::StringRef name = frame.code->names[instruction.a];
  Attribute found = findAttribute(package, name);
  if (!raised_.isUnbound())
    return std::nullopt;
  if (!found.value.isUnbound())
    return found.value;
  const auto *module = heap_.get<ModuleObject>(package);
  uint32_t importer = frame.code->file;
  std::string part = partName(frame.code->names[instruction.b], name);
  bool isThere = module && module->isPackage && resolver_.isThere(importer, part);
  if (!isThere)
    return raise("ImportError", "can't import name " + name);
  std::string whole = partName(module->name, name);
  const Code *code = resolver_.find(importer, part);
  return code ? loadPart(code, whole, package) : firmwareModule(whole, /*isTopWanted=*/false);
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
/// py/builtinimport.c, ports/unix/main.c: `__name__`, of a package `__path__`, and for a file
/// `__file__`, in a table without room; how many there are in `__main__` is measured.
void Interpreter::prepareGlobals(ModuleObject &module, bool isEntry, bool isOfFile) {
  llvm::SmallVector<llvm::StringRef, 3> known = {"__name__"};
  if (module.isPackage && !isEntry)
    known.push_back("__path__");
  if (isOfFile)
    known.push_back("__file__");
  size_t names = isEntry ? profile_.mainNames : known.size();
  int64_t slots = isEntry ? profile_.mainSlots : known.size() == 3 ? 4 : 2;
  for (size_t i = 0; i < names; ++i) {
    MapTable::Slot slot;
    // The others are a firmware's own, which no program binds.
    slot.key = name(i < known.size() ? known[i].str() : "__main__ " + std::to_string(i));
    slot.value =
        i < known.size() && known[i] == "__path__" ? packagePath(module.name) : name(module.name);
    module.globals.slots.push_back(slot);
  }
  module.globals.slots.resize(static_cast<size_t>(slots));
  module.globals.used = Interval::exactly(static_cast<int64_t>(names));
  module.globals.allocated = Interval::exactly(slots);
  module.globals.run = heap_.request(words(2 * slots));
}

/// The folder of a package, as the firmware found it: from where the program lies, when it is the
/// name that is known anyway, or in a folder for libraries.
Value Interpreter::packagePath(llvm::StringRef name) {
  constexpr llvm::StringLiteral kLibraries = "/lib/";
  auto length = static_cast<int64_t>(name.size());
  auto longest =
      static_cast<int64_t>(profile_.traits.isUnixPort ? kLongestPath : kLibraries.size());
  bool mayBeName = !name.contains('.');
  auto &path = heap_.make<StrObject>();
  path.header = heap_.request(Interval{mayBeName ? 0 : words(4), words(4)});
  path.data = heap_.request(Interval{mayBeName ? 0 : length + 1, length + longest + 1});
  path.content = Content::ofLength({length, length + longest});
  return Value::object(path.id);
}

} // namespace fraglint
