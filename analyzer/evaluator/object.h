#pragma once
/// Objects as the firmware lays them out: each knows its content, as far as that is known, and the
/// runs of blocks that it takes.

#include "evaluator/value.h"
#include "semantic/interval.h"

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <memory>
#include <string>
#include <vector>

namespace fraglint {

class Machine;
struct Code;
struct NativeRow;
struct Frame;

/// Contents of more bytes than this are not kept: only their length is known then.
inline constexpr int64_t kMostContent = 4096;

/// A run of blocks that an object holds, or that an operation holds for a while.
struct Run {
  uint32_t id = 0; ///< 0: none
  uint32_t lineage = 0; ///< id of the first run that its container had
  Interval bytes = Interval::exactly(0); ///< as asked for
  explicit operator bool() const { return id != 0; }
};

enum class ObjectKind : uint8_t {
  Abstract,
  Str,
  Bytes,
  ByteArray,
  Array,
  MemoryView,
  BigInt,
  BoxedFloat,
  Tuple, ///< named tuples, too
  List,
  Dict, ///< ordered ones, too
  DictView,
  Set, ///< frozen ones, too
  Deque,
  Range,
  Slice,
  Cell,
  Function,
  Native,
  BoundMethod,
  Iterator,
  Generator,
  Class, ///< of the program, or of the firmware
  Instance,
  Exception,
  Module,
  Wrapper, ///< property, classmethod, staticmethod
  Stream,  ///< StringIO, BytesIO
  Opaque,  ///< of a library: a type and what was stored in it
  Singleton, ///< Ellipsis, NotImplemented, a sentinel
};

/// What an object refers to and takes.
struct ObjectVisitor {
  llvm::function_ref<void(Value)> value;
  llvm::function_ref<void(const Run &)> run;
  /// What is referred to on some of the ways to here only.
  llvm::function_ref<void(Value)> perhaps = value;
};

struct Object {
  const ObjectKind kind;
  ObjectId id = 0;
  mutable uint32_t lastWalk = 0; ///< of ObjectHeap, that came by
  uint64_t lastChange = 0;       ///< of those that ObjectHeap counts
  Run header; ///< none for what lies in flash or in the code
  explicit Object(ObjectKind objectKind) : kind(objectKind) {}
  virtual ~Object() = default;
  virtual std::unique_ptr<Object> clone() const = 0;
  /// All values and all runs, header included.
  virtual void visit(const ObjectVisitor &visitor) const { visitor.run(header); }
};

/// CRTP base that gives each type its clone() and LLVM's isa/cast.
template <class Self, ObjectKind Kind> struct ObjectOf : Object {
  std::unique_ptr<Object> clone() const override {
    return std::make_unique<Self>(static_cast<const Self &>(*this));
  }
  static bool classof(const Object *object) { return object->kind == Kind; }

private:
  friend Self;
  ObjectOf() : Object(Kind) {}
};

/// A value of which not everything is known.
struct AbstractObject : ObjectOf<AbstractObject, ObjectKind::Abstract> {
  std::string type; ///< Python's name (`int`, `str`, `displayio.Bitmap`); empty: anything
  Interval number = Interval::unknown();  ///< of an int
  Interval length = Interval::atLeast(0); ///< of what has one
  std::string reason; ///< why it is not known, for people: "length of `uart.read()` is not known"
  Run data; ///< what it takes beside its header: digits of an int, the traceback of an exception
  /// Of an int that may not fit into the word, though its bounds may not tell: of its digits, at
  /// the most. 0: as the bounds have it.
  int64_t digitBytes = 0;
  /// None, a bool, a number, a text, or a list or dictionary of such ones: what JSON can hold.
  bool isPlainData = false;
  /// The values that it may be, where these are few; empty: others, too.
  llvm::SmallVector<Value, 2> alternatives;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.run(data);
    for (Value one : alternatives)
      visitor.perhaps(one);
  }
};

/// Bytes of a text or a buffer.
struct Content {
  std::string bytes;    ///< where isKnown
  bool isKnown = true;
  Interval length = Interval::exactly(0); ///< in bytes
  static Content of(std::string text) {
    Content content;
    content.length = Interval::exactly(static_cast<int64_t>(text.size()));
    content.isKnown = static_cast<int64_t>(text.size()) <= kMostContent;
    if (content.isKnown)
      content.bytes = std::move(text);
    return content;
  }
  static Content ofLength(Interval length) {
    Content content;
    content.isKnown = length == Interval::exactly(0);
    content.length = length;
    return content;
  }
};

struct StrObject : ObjectOf<StrObject, ObjectKind::Str> {
  Content content; ///< UTF-8
  bool isInterned = false; ///< a name of the firmware or of the program: no header, no data
  Run data;
  ObjectId sharedData = 0; ///< the object whose data this one shares (`str.encode()`); 0: none
  void visit(const ObjectVisitor &visitor) const override;
};

struct BytesObject : ObjectOf<BytesObject, ObjectKind::Bytes> {
  Content content;
  Run data;
  ObjectId sharedData = 0;
  void visit(const ObjectVisitor &visitor) const override;
};

struct ByteArrayObject : ObjectOf<ByteArrayObject, ObjectKind::ByteArray> {
  Content content;
  Interval allocated = Interval::exactly(0); ///< room, in bytes
  Run data;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.run(data);
  }
};

/// `array.array`.
struct ArrayObject : ObjectOf<ArrayObject, ObjectKind::Array> {
  char typeCode = 'B';
  uint8_t itemBytes = 1;
  std::vector<Value> items; ///< where isKnown; numbers, never boxed
  bool isKnown = true;
  Interval length = Interval::exactly(0); ///< in items; kept up also where isKnown
  Interval allocated = Interval::exactly(0); ///< room, in items
  Run data;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.run(data);
  }
};

struct MemoryViewObject : ObjectOf<MemoryViewObject, ObjectKind::MemoryView> {
  Value base; ///< bytes, bytearray or array
  Interval offset = Interval::exactly(0); ///< in items
  Interval length = Interval::exactly(0); ///< in items
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.value(base);
  }
};

struct BigIntObject : ObjectOf<BigIntObject, ObjectKind::BigInt> {
  llvm::APInt value; ///< signed, as wide as it needs
  Run digits;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.run(digits);
  }
};

struct BoxedFloatObject : ObjectOf<BoxedFloatObject, ObjectKind::BoxedFloat> {
  double value = 0;
};

struct TupleObject : ObjectOf<TupleObject, ObjectKind::Tuple> {
  std::vector<Value> items;
  ObjectId type = 0; ///< of a named tuple: its Class; 0: plain
  void visit(const ObjectVisitor &visitor) const override;
};

struct ListObject : ObjectOf<ListObject, ObjectKind::List> {
  std::vector<Value> items; ///< where isKnown
  /// Otherwise only its length and what its items may be are known.
  bool isKnown = true;
  Interval length = Interval::exactly(0); ///< kept up also where isKnown
  Value element;                          ///< any item, where !isKnown
  /// The items, where these are known but not in which order: each of `items` may be any of them
  /// then. With the first change they are gone.
  std::vector<Value> shuffled;
  Interval allocated = Interval::exactly(0); ///< room, in items
  Run data;
  void visit(const ObjectVisitor &visitor) const override;
};

/// The firmware's hash table (`mp_map_t`): of dictionaries, modules, classes, instances.
struct MapTable {
  struct Slot {
    Value key; ///< Unbound: free; see isDeleted
    Value value;
    bool isDeleted = false;
    bool isPerhaps = false; ///< there on some of the ways to here only
  };
  std::vector<Slot> slots; ///< as many as are allocated; in order of insertion where isOrdered
  Interval used = Interval::exactly(0);
  Interval allocated = Interval::exactly(0); ///< in slots
  bool isOrdered = false;
  bool isFixed = false; ///< in flash, or exactly full at its making
  /// A key that is or was in has an address in its hash, which differs from firmware to firmware,
  /// and from run to run: unless isOrdered the slots have an order, but not the firmware's.
  bool isByAddress = false;
  /// Otherwise two ways to here left different keys: slots hold all of them, wherever.
  bool isPlaced = true;
  /// Otherwise only `used`, `allocated` and what it may hold are known.
  bool isKnown = true;
  Value anyKey, anyValue; ///< where !isKnown
  Run run;
  void visit(const ObjectVisitor &visitor) const;
};

struct DictObject : ObjectOf<DictObject, ObjectKind::Dict> {
  MapTable table;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    table.visit(visitor);
  }
};

/// `d.keys()`, `d.values()`, `d.items()`.
struct DictViewObject : ObjectOf<DictViewObject, ObjectKind::DictView> {
  enum class Shows : uint8_t { Keys, Values, Items };
  Shows shows = Shows::Keys;
  Value dict;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.value(dict);
  }
};

struct SetObject : ObjectOf<SetObject, ObjectKind::Set> {
  std::vector<Value> slots; ///< Unbound: free; as many as are allocated
  std::vector<bool> isDeleted; ///< as many: whether a free slot held an item before
  Interval used = Interval::exactly(0);
  Interval allocated = Interval::exactly(0);
  bool isFrozen = false;
  bool isByAddress = false; ///< as of a MapTable
  bool isKnown = true;
  Value element; ///< where !isKnown
  Run data;
  void visit(const ObjectVisitor &visitor) const override;
};

struct DequeObject : ObjectOf<DequeObject, ObjectKind::Deque> {
  std::vector<Value> items;
  bool isKnown = true;
  Interval length = Interval::exactly(0);
  Value element; ///< where !isKnown
  int64_t most = 0;
  bool checksOverflow = false; ///< one too many raises instead of pushing out the first
  Run data;
  void visit(const ObjectVisitor &visitor) const override;
};

struct RangeObject : ObjectOf<RangeObject, ObjectKind::Range> {
  int64_t start = 0, stop = 0, step = 1;
};

struct SliceObject : ObjectOf<SliceObject, ObjectKind::Slice> {
  Value start, stop, step; ///< None where left out
  void visit(const ObjectVisitor &visitor) const override;
};

/// A variable that closures share.
struct CellObject : ObjectOf<CellObject, ObjectKind::Cell> {
  Value content;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.value(content);
  }
};

struct FunctionObject : ObjectOf<FunctionObject, ObjectKind::Function> {
  const Code *code = nullptr;
  ObjectId globals = 0; ///< the Module
  Value defaults; ///< a tuple, or Unbound
  Value keywordDefaults; ///< a dict, or Unbound
  llvm::SmallVector<Value, 4> cells; ///< of a closure
  Run closure; ///< of a closure: its own object, beside the function's
  void visit(const ObjectVisitor &visitor) const override;
};

/// A function or method of the firmware.
struct NativeObject : ObjectOf<NativeObject, ObjectKind::Native> {
  const NativeRow *row = nullptr;
};

struct BoundMethodObject : ObjectOf<BoundMethodObject, ObjectKind::BoundMethod> {
  Value function, self;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.value(function);
    visitor.value(self);
  }
};

/// What `iter()` gives, and enumerate, zip, map, filter, reversed.
struct IteratorObject : ObjectOf<IteratorObject, ObjectKind::Iterator> {
  enum class Steps : uint8_t {
    Sequence,
    Range,
    Dict,
    Set,
    Enumerate,
    Zip,
    Map,
    Filter,
    Reversed,
    Sentinel,
    Lines,
    Unknown
  };
  Steps steps = Steps::Sequence;
  /// Who asks takes all items, and gets the same of them in any order: of a hash table whose order
  /// is not known each comes once, in that of the slots.
  bool takesAnyOrder = false;
  int64_t position = 0; ///< index, or next value of a range
  bool isPositionKnown = true; ///< of Enumerate: else it is any from there on
  int64_t stop = 0, stride = 1; ///< of a range
  DictViewObject::Shows shows = DictViewObject::Shows::Keys;
  llvm::SmallVector<Value, 2> sources; ///< what it goes over: a container, or other iterators
  Value function; ///< of map and filter
  Value any; ///< any key of a hash table whose order is not known, once one was asked for
  void visit(const ObjectVisitor &visitor) const override;
};

struct GeneratorObject : ObjectOf<GeneratorObject, ObjectKind::Generator> {
  const Code *code = nullptr;
  /// How it may stand between two steps: several ways came to each of several places. None: it is
  /// over.
  llvm::SmallVector<std::shared_ptr<const Frame>, 1> places;
  bool mayBeOver = false; ///< though there are such
  bool isRunning = false;
  bool isOver() const { return places.empty(); }
  std::unique_ptr<Object> clone() const override {
    return std::make_unique<GeneratorObject>(*this);
  }
  void visit(const ObjectVisitor &visitor) const override; ///< in frame.cpp
};

/// A class of the program, or a type of the firmware.
struct ClassObject : ObjectOf<ClassObject, ObjectKind::Class> {
  std::string name; ///< `Sensor`, `int`, `ValueError`, `displayio.Group`
  llvm::SmallVector<ObjectId, 2> bases;
  MapTable members;
  bool isNative = false;
  bool isException = false; ///< BaseException and all below
  bool isNamedTuple = false;
  std::vector<std::string> fields; ///< of a named tuple
  Run dict; ///< header of the dictionary of its body
  void visit(const ObjectVisitor &visitor) const override;
};

struct InstanceObject : ObjectOf<InstanceObject, ObjectKind::Instance> {
  ObjectId type = 0; ///< its Class
  MapTable members;
  Value native; ///< where a base is native: the object of that type inside; else Unbound
  void visit(const ObjectVisitor &visitor) const override;
};

struct ExceptionObject : ObjectOf<ExceptionObject, ObjectKind::Exception> {
  ObjectId type = 0; ///< its Class, a native one
  Value arguments; ///< a tuple
  Run traceback;
  Run tracebackObject; ///< of CircuitPython, which `__traceback__` gives
  Interval tracebackWords = Interval::exactly(0);
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.run(traceback);
    visitor.run(tracebackObject);
    visitor.value(arguments);
  }
};

struct ModuleObject : ObjectOf<ModuleObject, ObjectKind::Module> {
  std::string name; ///< dotted
  MapTable globals; ///< of a file of the program
  bool isNative = false; ///< of the firmware: attributes are looked up in the natives
  bool isPackage = false; ///< a folder: others may be in it
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    globals.visit(visitor);
  }
};

struct WrapperObject : ObjectOf<WrapperObject, ObjectKind::Wrapper> {
  enum class Wraps : uint8_t { Property, ClassMethod, StaticMethod, Super };
  Wraps wraps = Wraps::Property;
  Value get, set, del; ///< of the other two: `get` is the function; of Super: class and self
  void visit(const ObjectVisitor &visitor) const override;
};

/// `io.StringIO`, `io.BytesIO`.
struct StreamObject : ObjectOf<StreamObject, ObjectKind::Stream> {
  Content content;
  bool isText = true;
  int64_t position = 0;
  Interval allocated = Interval::exactly(0);
  Run vstr, data;
  void visit(const ObjectVisitor &visitor) const override {
    visitor.run(header);
    visitor.run(vstr);
    visitor.run(data);
  }
};

/// An object of a library: its type, and what the program stored in its attributes.
struct OpaqueObject : ObjectOf<OpaqueObject, ObjectKind::Opaque> {
  std::string type; ///< dotted
  std::vector<std::pair<std::string, Value>> attributes;
  llvm::SmallVector<Value, 4> held; ///< what it keeps alive besides
  llvm::SmallVector<Run, 4> runs;
  void visit(const ObjectVisitor &visitor) const override;
};

struct SingletonObject : ObjectOf<SingletonObject, ObjectKind::Singleton> {
  std::string name;
};

} // namespace fraglint
