#include "evaluator/containers.h"
#include "evaluator/library.h"
#include "evaluator/operations.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

// Files and what they lie on: extmod/vfs.c, heap-facts b.8.

/// What the program mounted, and where: attributes of a module's state.
constexpr llvm::StringLiteral kMounts = "vfs.mounts";

struct Place {
  llvm::StringRef path; ///< within the file system
  Value fileSystem;     ///< Unbound: the one that the board mounts itself
};

/// extmod/vfs.c: mp_vfs_lookup_path. Boards mount cards at `/sd`, and some their flash at `/flash`.
Place placeOf(Machine &m, llvm::StringRef path) {
  if (!path.starts_with("/"))
    return {path, {}};
  auto isBelow = [&](llvm::StringRef point) {
    return point.size() > 1 && path.starts_with(point) &&
           path.drop_front(point.size()).starts_with("/");
  };
  const auto &mounts = static_cast<const OpaqueObject &>(m.heap()[m.moduleState(kMounts)]);
  for (const auto &[point, fileSystem] : mounts.attributes)
    if (isBelow(point))
      return {path.drop_front(point.size()), fileSystem};
  for (llvm::StringRef point : {"/sd", "/flash"})
    if (isBelow(point))
      return {path.drop_front(point.size()), {}};
  return {path, {}};
}

/// The path as its file system sees it: a text of its own (lookup_path).
Place copyPath(Machine &m, llvm::StringRef path) {
  Place place = placeOf(m, path);
  m.str(place.path);
  return place;
}

/// The same of an argument.
void copyPathOf(LibraryCall &call, unsigned position) {
  Machine &m = call.machine();
  Value path = call.call().argument(position);
  if (std::optional<llvm::StringRef> text = m.textOf(path)) {
    copyPath(m, text->str());
    return;
  }
  std::optional<TextOperand> text = textOperand(m, path);
  Interval length = text ? text->length : Interval::atLeast(0);
  Run data = m.heap().request(length + Interval::exactly(1));
  m.strFrom(data, Content::ofLength(length));
  if (!length.hasHi())
    call.unknown("how long the path is is not known");
}

/// Rows `os.remove` and its like: what the file system itself does asks for nothing.
template <unsigned Paths> void chargePaths(LibraryCall &call) {
  for (unsigned position = 0; position < Paths; ++position)
    copyPathOf(call, position);
}

/// Row `os.listdir`: an iterator and the list; for each file its name, and a tuple.
void chargeListing(LibraryCall &call) {
  constexpr llvm::StringLiteral kReason = "how many files the directory holds is not known";
  constexpr int64_t kLongestName = 255;
  Machine &m = call.machine();
  if (!call.call().argument(0).isUnbound())
    copyPathOf(call, 0);
  call.drop(Interval{0, m.words(16)});
  Value name = abstractText(m, TextType::Str, {1, kLongestName}, "the files are not known");
  m.heap().request(Interval{0, m.words(5)});
  m.heap().request(Interval{0, kLongestName + 1});
  call.setResult(makeGrownList(m, Interval::atLeast(0), name));
  call.unknown(kReason);
}

void chargeMount(LibraryCall &call) {
  Machine &m = call.machine();
  std::optional<llvm::StringRef> point = m.textOf(call.call().argument(1, "mount_point"));
  if (!point)
    return call.unknown("where it is mounted is not known");
  std::string path = point->str();
  auto &mounts = static_cast<OpaqueObject &>(m.heap().change(m.moduleState(kMounts)));
  mounts.attributes.emplace_back(path, call.call().argument(0));
  // Row `lfs mount`'s neighbours are of the object; its place in the table is five words.
  mounts.runs.push_back(m.heap().request(m.words(5)));
}

/// Rows `fat mount`: with sectors of 512 bytes.
void chargeFat(LibraryCall &call) {
  call.keep(Interval::exactly(call.machine().profile().isCircuitPython() ? 644 : 640));
}

/// Row `lfs mount`: buffers of 128 bytes.
void chargeLittle(LibraryCall &call) {
  call.keep(Interval::exactly(300));
  for (int64_t bytes : {16, 128, 128, 32})
    call.keep(Interval::exactly(bytes));
}

void chargeOpen(LibraryCall &call) {
  Machine &m = call.machine();
  std::optional<llvm::StringRef> path = m.textOf(call.call().argument(0, "file"));
  std::optional<llvm::StringRef> mode = m.textOf(call.call().argument(1, "mode"));
  if (mode && mode->contains('b'))
    call.made()->type = "io.FileIO";
  if (path)
    return chargeOpenFile(call, path->str());
  call.keepWords(Interval{0, 64});
  call.unknown("the path of the file is not known");
}

/// Row `fat stat`: ten numbers, of which the times are large; CircuitPython has one of them.
void chargeStat(LibraryCall &call) {
  Machine &m = call.machine();
  copyPathOf(call, 0);
  std::vector<Value> items(10, Value::integer(0));
  items[0] = m.abstractInt({0, 0xFFFF}, "the file is not known");
  items[6] = m.abstractInt({0, (1 << 30) - 1}, "the file is not known");
  Value tuple = m.tuple(items);
  bool isWide = m.profile().wordBytes > 4;
  for (size_t index = m.profile().isCircuitPython() ? 9 : 7; index < items.size(); ++index) {
    Value time = isWide ? m.abstractInt(Interval::atLeast(0), "the file is not known")
                        : abstractBigInt(m, Interval::atLeast(0), 8, "the file is not known");
    m.heap().change<TupleObject>(tuple)->items[index] = time;
  }
  call.setResult(tuple);
}

/// py/stream.c: bytes, or a text, of a file whose length is not known.
Value fileContent(LibraryCall &call, Run run, Interval length) {
  Machine &m = call.machine();
  bool isBinary = m.typeName(call.self()) == "io.FileIO";
  return isBinary ? m.bytesFrom(run, Content::ofLength(length))
                  : m.strFrom(run, Content::ofLength(length));
}

void chargeFileRead(LibraryCall &call) {
  Machine &m = call.machine();
  Interval size = call.has(1) ? call.integer(1) : Interval::exactly(-1);
  if (size.lo < 0) {
    Interval length = m.contractedLength(Interval::atLeast(0));
    Run run = readAllOf(m, length);
    return call.setResult(fileContent(call, run, length));
  }
  bool isBinary = m.typeName(call.self()) == "io.FileIO";
  Run run = m.heap().request(isBinary ? size + Interval::exactly(1) : size);
  call.setResult(fileContent(call, run, {0, size.hi}));
}

void chargeFileLine(LibraryCall &call) {
  Machine &m = call.machine();
  Interval length = m.contractedLength(Interval::atLeast(0));
  Run run = readLineOf(m, length);
  call.setResult(fileContent(call, run, length));
}

void chargeFileLines(LibraryCall &call) {
  call.unknown("how many lines the file has is not known");
}

void chargeFileWrite(LibraryCall &call) {
  std::optional<Value> length = call.machine().length(call.call().argument(1));
  call.setResult(length ? *length : Value());
}

void chargeEnter(LibraryCall &call) { call.setResult(call.call().argument(0)); }

/// Each line as readline() makes it; how many there are is not known.
void chargeLines(LibraryCall &call) {
  Machine &m = call.machine();
  call.unknown("how many lines the file has, and how long, is not known");
  bool isBinary = m.typeName(call.self()) == "io.FileIO";
  auto &lines = m.heap().make<ListObject>();
  Value list = Value::object(lines.id);
  lines.isKnown = false;
  lines.length = Interval::atLeast(0);
  lines.element = m.abstract(isBinary ? "bytes" : "str", "the file is not known");
  if (std::optional<Value> iterator = m.iterator(list, false))
    call.setResult(*iterator);
}

constexpr LibraryCallRow kTable[] = {
    {"io.FileIO.__enter__", "", chargeEnter},
    {"io.FileIO.__exit__", "NoneType", chargeNothing},
    {"io.FileIO.__iter__", "", chargeLines},
    {"io.FileIO.close", "NoneType", chargeNothing},
    {"io.FileIO.flush", "NoneType", chargeNothing},
    {"io.FileIO.read", "", chargeFileRead},
    {"io.FileIO.readinto", "int", chargeReadInto<1>},
    {"io.FileIO.readline", "", chargeFileLine},
    {"io.FileIO.readlines", "list", chargeFileLines},
    {"io.FileIO.seek", "int", chargeNothing},
    {"io.FileIO.tell", "int", chargeNothing},
    {"io.FileIO.write", "int", chargeFileWrite},
    {"io.TextIOWrapper.__enter__", "", chargeEnter},
    {"io.TextIOWrapper.__exit__", "NoneType", chargeNothing},
    {"io.TextIOWrapper.__iter__", "", chargeLines},
    {"io.TextIOWrapper.close", "NoneType", chargeNothing},
    {"io.TextIOWrapper.flush", "NoneType", chargeNothing},
    {"io.TextIOWrapper.read", "", chargeFileRead},
    {"io.TextIOWrapper.readinto", "int", chargeReadInto<1>},
    {"io.TextIOWrapper.readline", "", chargeFileLine},
    {"io.TextIOWrapper.readlines", "list", chargeFileLines},
    {"io.TextIOWrapper.seek", "int", chargeNothing},
    {"io.TextIOWrapper.tell", "int", chargeNothing},
    {"io.TextIOWrapper.write", "int", chargeFileWrite},
    {"open", "io.TextIOWrapper", chargeOpen},
    {"os.VfsFat", "vfs.VfsFat", chargeFat},
    {"os.VfsLfs2", "vfs.VfsLfs2", chargeLittle},
    {"os.chdir", "NoneType", chargePaths<1>},
    {"os.listdir", "list", chargeListing},
    {"os.mkdir", "NoneType", chargePaths<1>},
    {"os.mount", "NoneType", chargeMount},
    {"os.remove", "NoneType", chargePaths<1>},
    {"os.rename", "NoneType", chargePaths<2>},
    {"os.rmdir", "NoneType", chargePaths<1>},
    {"os.stat", "tuple", chargeStat},
    {"os.unlink", "NoneType", chargePaths<1>},
    {"storage.VfsFat", "vfs.VfsFat", chargeFat},
    {"storage.mount", "NoneType", chargeMount},
    {"sys.stdout.flush", "NoneType", chargeNothing},
    {"sys.stdout.write", "int", chargeFileWrite},
    {"vfs.VfsFat", "vfs.VfsFat", chargeFat},
    {"vfs.VfsFat.mkfs", "NoneType", chargeUnknown},
    {"vfs.VfsLfs2", "vfs.VfsLfs2", chargeLittle},
    {"vfs.VfsLfs2.mkfs", "NoneType", chargeUnknown},
    {"vfs.mount", "NoneType", chargeMount},
};

constexpr auto kRows = nativeRows<kTable>();

} // namespace

// Rows `fat open r`, `lfs open r`: the path, the file, and CircuitPython's table for faster
// seeking. Row `posix open`: a desktop build opens a file of its machine.
void chargeOpenFile(LibraryCall &call, llvm::StringRef path) {
  Machine &m = call.machine();
  Place place = copyPath(m, path);
  bool isCircuitPython = m.profile().isCircuitPython();
  if (m.profile().traits.opensMachineFiles && place.fileSystem.isUnbound())
    return call.keep(Interval::exactly(m.words(2)));
  bool isLittle = m.typeName(place.fileSystem) == "vfs.VfsLfs2";
  call.keep(Interval::exactly(isLittle ? 252 : isCircuitPython ? 48 : 44));
  if (isCircuitPython && !isLittle)
    call.keep(Interval::exactly(40));
}

llvm::ArrayRef<NativeRow> storageNatives() { return kRows; }

} // namespace fraglint
