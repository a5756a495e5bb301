#include "evaluator/library.h"
#include "evaluator/numbers.h"
#include "evaluator/objects.h"
#include "semantic/known_library.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <vector>

namespace fraglint {

namespace {

/// Modules that MicroPython also gives under names with a `u` in front.
constexpr llvm::StringLiteral kMicroNames[] = {
    "asyncio",  "binascii", "collections", "errno",    "hashlib",   "heapq", "io",     "json",
    "requests", "machine",  "os",          "platform", "random",    "re",    "select", "socket",
    "ssl",      "struct",   "sys",         "time",     "websocket", "zlib",  "array",
};

/// Modules that are in the firmware itself, of either family: importing them asks for nothing. Of
/// the others each is a file, or a package of files.
constexpr llvm::StringLiteral kBuiltIn[] = {
    "_asyncio",
    "_bleio",
    "_pixelbuf",
    "_thread",
    "adafruit_bus_device",
    "adafruit_pixelbuf",
    "alarm",
    "analogbufio",
    "analogio",
    "array",
    "atexit",
    "audiobusio",
    "audiocore",
    "audiodelays",
    "audiofilters",
    "audioio",
    "audiomixer",
    "audiomp3",
    "audiopwmio",
    "binascii",
    "bitbangio",
    "bitmapfilter",
    "bitmaptools",
    "bluetooth",
    "board",
    "builtins",
    "busdisplay",
    "busio",
    "camera",
    "canio",
    "cmath",
    "codeop",
    "collections",
    "countio",
    "cryptolib",
    "deflate",
    "digitalio",
    "displayio",
    "epaperdisplay",
    "errno",
    "esp",
    "esp32",
    "espnow",
    "espulp",
    "floppyio",
    "fontio",
    "fourwire",
    "framebuf",
    "framebufferio",
    "frequencyio",
    "gc",
    "getpass",
    "gifio",
    "gnss",
    "hashlib",
    "heapq",
    "i2cdisplaybus",
    "i2ctarget",
    "imagecapture",
    "io",
    "ipaddress",
    "jpegio",
    "json",
    "keypad",
    "keypad_demux",
    "locale",
    "lwip",
    "machine",
    "math",
    "max3421e",
    "mdns",
    "memorymap",
    "memorymonitor",
    "microbit",
    "microcontroller",
    "micropython",
    "mimxrt",
    "msgpack",
    "neopixel_write",
    "network",
    "nvm",
    "onewireio",
    "os",
    "paralleldisplaybus",
    "picodvi",
    "platform",
    "ps2io",
    "pulseio",
    "pwmio",
    "pyb",
    "qrio",
    "rainbowio",
    "random",
    "re",
    "rgbmatrix",
    "rotaryio",
    "rp2",
    "rp2pio",
    "rtc",
    "samd",
    "sdcardio",
    "sdioio",
    "select",
    "sharpdisplay",
    "socket",
    "socketpool",
    "ssl",
    "stm",
    "storage",
    "struct",
    "supervisor",
    "synthio",
    "sys",
    "terminalio",
    "tilepalettemapper",
    "time",
    "tls",
    "touchio",
    "traceback",
    "uctypes",
    "uheap",
    "ulab",
    "usb_cdc",
    "usb_hid",
    "usb_host",
    "usb_midi",
    "ustack",
    "vectorio",
    "vfs",
    "warnings",
    "watchdog",
    "websocket",
    "wifi",
    "zephyr",
    "zlib",
};

bool isBuiltIn(llvm::StringRef module) {
  return llvm::is_contained(kBuiltIn, module.take_until([](char c) { return c == '.'; }));
}

/// Of these, the ones that a process of the unix port has.
constexpr llvm::StringLiteral kOfUnix[] = {
    "_asyncio",    "_thread",   "array",   "asyncio", "binascii", "builtins",    "cmath",
    "collections", "cryptolib", "deflate", "errno",   "framebuf", "gc",          "hashlib",
    "heapq",       "io",        "json",    "machine", "math",     "micropython", "os",
    "platform",    "random",    "re",      "select",  "socket",   "ssl",         "struct",
    "sys",         "termios",   "time",    "tls",     "uctypes",  "vfs",         "websocket",
};

/// Whether importing it cannot fail. Whoever builds a firmware or fills a drive may add all others.
bool isSurelyThere(const Machine &m, llvm::StringRef module) {
  llvm::StringRef package = module.split('.').first;
  if (m.profile().traits.isUnixPort)
    return llvm::is_contained(kOfUnix, package);
  return package == "asyncio" || isBuiltIn(package);
}

/// Modules of which every name has a row.
constexpr llvm::StringLiteral kComplete[] = {"errno", "gc", "json", "re"};

Value emptyList(Machine &m) {
  auto &list = m.heap().make<ListObject>();
  list.allocated = Interval::exactly(4);
  return Value::object(list.id);
}

Value opaque(Machine &m, llvm::StringRef type) {
  auto &made = m.heap().make<OpaqueObject>();
  made.type = type.str();
  return Value::object(made.id);
}

Value versionTuple(Machine &m) {
  auto &tuple = m.heap().make<TupleObject>();
  bool isCircuitPython = m.profile().isCircuitPython();
  int64_t version = m.profile().version;
  tuple.items = {Value::integer(version / 100), Value::integer(version % 100), Value::integer(0),
                 m.name(isCircuitPython ? "" : "preview")};
  return Value::object(tuple.id);
}

/// `sys.NAME` that is no function.
Value systemConstant(Machine &m, llvm::StringRef name) {
  bool isCircuitPython = m.profile().isCircuitPython();
  if (name == "maxsize")
    return m.integer((int64_t{1} << (m.profile().wordBytes * 8 - 2)) - 1);
  if (name == "byteorder")
    return m.name("little");
  if (m.profile().traits.isUnixPort && (name == "argv" || name == "path"))
    return m.abstract("list", "`sys." + name + "` is as the program is started");
  if (name == "argv" || name == "path")
    return emptyList(m);
  if (name == "stdin" || name == "stdout" || name == "stderr")
    return opaque(m, ("sys." + name).str());
  if (name == "platform" || name == "version" || name == "executable")
    return m.abstract("str", "`sys." + name + "` is another on each board");
  if (name == "version_info") {
    auto &tuple = m.heap().make<TupleObject>();
    tuple.items = {Value::integer(3), Value::integer(4), Value::integer(0)};
    return Value::object(tuple.id);
  }
  if (name == "modules") {
    m.noteGap("what is done to `sys.modules` is not followed");
    return m.abstract("dict", "which modules are loaded is not known");
  }
  if (name == "implementation") {
    Value made = opaque(m, "sys.implementation");
    auto &attributes = m.heap().change<OpaqueObject>(made)->attributes;
    Value title = m.name(isCircuitPython ? "circuitpython" : "micropython");
    Value version = versionTuple(m);
    attributes.emplace_back("name", title);
    attributes.emplace_back("version", version);
    attributes.emplace_back("_machine", m.abstract("str", "the board's name is not known"));
    return made;
  }
  return Value();
}

/// What is neither function nor type: of modules that are known that well.
Value constantOf(Machine &m, llvm::StringRef module, llvm::StringRef name) {
  if (name == "__name__")
    return m.name(module);
  if (module == "sys")
    return systemConstant(m, name);
  if (module == "errno" && name == "errorcode")
    return m.abstract("dict", "the names of errors are not followed");
  if (module == "errno") {
    std::optional<int64_t> number = errnoNumber(name);
    return number ? Value::integer(*number) : Value();
  }
  if (module == "re" && name == "DEBUG" && !m.profile().isCircuitPython())
    return Value::integer(0x1000);
  if (module == "os" && name == "sep")
    return m.name("/");
  if (module == "framebuf")
    return drawingFormat(name);
  if (module == "math")
    return numberConstant(m, ("math." + name).str()).value_or(Value());
  return Value();
}

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

} // namespace

Value valueOfType(Machine &m, llvm::StringRef type, const llvm::Twine &reason) {
  if (type == "NoneType")
    return Value::none();
  if (type == "int")
    return m.abstractInt(Interval::unknown(), reason);
  if (type == "float") {
    // Made now, or long ago and only looked at.
    Value value = m.abstract("float", reason);
    const FirmwareProfile &profile = m.profile();
    bool isWide = profile.floats == FloatKind::Boxed64 && profile.wordBytes == 4;
    if (profile.boxesFloats()) {
      Run header = m.heap().request(Interval{0, m.words(isWide ? 3 : 2)});
      m.heap().change<AbstractObject>(value)->header = header;
    }
    return value;
  }
  if (type.contains('.'))
    return opaque(m, type);
  return m.abstract(type, reason);
}

Value abstractBigInt(Machine &m, Interval number, int64_t digitBytes, const llvm::Twine &reason) {
  Value value = m.abstractInt(number, reason);
  Run header = m.heap().request(m.words(4));
  Run digits = m.heap().request(digitBytes);
  auto *changed = m.heap().change<AbstractObject>(value);
  if (changed != nullptr) {
    changed->header = header;
    changed->data = digits;
  }
  return value;
}

Value unknownCall(Machine &m, llvm::StringRef dottedName) {
  const LibraryRow *known = findLibrary(dottedName);
  if (known == nullptr) {
    auto [type, method] = dottedName.rsplit('.');
    known = findMethod(type, method);
  }
  m.noteUnknownCost("what `" + dottedName + "` asks for is not known");
  return valueOfType(m, known ? llvm::StringRef(known->result) : llvm::StringRef(),
                     "what `" + dottedName + "` makes is not known");
}

Value nativeModule(Machine &m, llvm::StringRef name) {
  llvm::StringRef given = name;
  if (name.starts_with("u") && llvm::is_contained(kMicroNames, name.drop_front()))
    name = name.drop_front();
  if (!isSurelyThere(m, name) || (m.profile().isCircuitPython() && given != name))
    m.mayRaise("ImportError", "no module named '" + given + "'");
  if (name == "asyncio")
    chargeTasksImport(m);
  else if (!isBuiltIn(name) || llvm::is_contained(m.profile().traits.fileModules, name))
    m.noteUnknownCost("what importing `" + name + "` asks for is not known");
  auto &module = m.heap().make<ModuleObject>();
  module.name = name.str();
  module.isNative = true;
  return Value::object(module.id);
}

Value unknownResult(Machine &m, const llvm::Twine &reason) {
  m.noteUnknownCost(reason);
  return m.unknown(reason);
}

std::optional<Value> moduleAttribute(Machine &m, llvm::StringRef module, llvm::StringRef name) {
  if (module == "asyncio")
    chargeTasksName(m, name);
  if (Value constant = constantOf(m, module, name); !constant.isUnbound())
    return constant;
  std::string dotted = (module + "." + name).str();
  if (findNative(dotted) != nullptr)
    return isTypeName(dotted) ? m.nativeType(dotted) : Value();
  if (const NativeRow *row = module == "builtins" ? findNative(name) : nullptr)
    return nativeValue(m, *row);
  if (llvm::is_contained(kComplete, module))
    return m.raise("AttributeError", "module '" + module + "' has no attribute '" + name + "'");
  const LibraryRow *known = findLibrary(dotted);
  if (known == nullptr && isKnownModule(dotted))
    return nativeModule(m, dotted);
  if (known != nullptr && known->has(Trait::Attribute))
    return valueOfType(m, known->result, "`" + dotted + "` is not known");
  if (known != nullptr)
    return isUpper(name.front()) ? m.nativeType(dotted) : libraryFunction(m, dotted);
  // `board.D5`, `board.LED`: pins, in flash.
  if (module == "board" || module == "microcontroller.pin")
    return isUpper(name.front()) ? opaque(m, "microcontroller.Pin") : libraryFunction(m, dotted);
  if (module == "ulab.numpy" &&
      llvm::is_contained({"bool", "float", "int16", "int8", "uint16", "uint8"}, name))
    return opaque(m, dotted);
  if (module == "time" && name == "struct_time")
    return m.nativeType("struct_time");
  return m.abstract("", "what `" + dotted + "` makes is not known");
}

Value libraryFunction(Machine &m, llvm::StringRef dottedName) { return opaque(m, dottedName); }

llvm::ArrayRef<NativeRow> moduleNatives() {
  static const std::vector<NativeRow> kAll = [] {
    std::vector<NativeRow> rows;
    for (llvm::ArrayRef<NativeRow> part : {jsonNatives(), streamNatives(), patternNatives(),
                                           systemNatives(), taskNatives(), libraryNatives()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return kAll;
}

} // namespace fraglint
