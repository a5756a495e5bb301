#include "evaluator/library.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Four addresses as texts: `192.168.4.1` and its like.
void chargeAddresses(LibraryCall &call) {
  if (call.call().arguments.size() > 1)
    return call.setResult(Value::none());
  Machine &m = call.machine();
  llvm::SmallVector<Value, 4> items(4, Value::none());
  Value tuple = m.tuple(items);
  for (size_t index = 0; index < items.size(); ++index) {
    Run run = m.heap().request(Interval{8, 16});
    Value text = m.strFrom(run, Content::ofLength({7, 15}));
    m.heap().change<TupleObject>(tuple)->items[index] = text;
  }
  call.setResult(tuple);
}

/// A request to a server: its answer is as long as the server likes.
void chargeRequest(LibraryCall &call) {
  call.keepWords(Interval{0, 16});
  call.unknown("the length of the response is not known");
}

/// One read of a body, or of a document in it.
void chargeBody(LibraryCall &call) {
  call.drop(Interval::atLeast(0));
  call.unknown("the length of the response is not known");
}

/// A file: the text of its path and its object. Row `fat open r`; other file systems differ.
void chargeOpen(LibraryCall &call) {
  Machine &m = call.machine();
  std::optional<llvm::StringRef> path = m.textOf(call.call().argument(0));
  if (!path) {
    call.keepWords(Interval{0, 64});
    return call.unknown("the path of the file is not known");
  }
  chargeOpenFile(call, *path);
  std::optional<llvm::StringRef> mode = m.textOf(call.call().argument(1, "mode"));
  bool isBinary = mode && mode->contains('b');
  if (isBinary)
    call.made()->type = "io.FileIO";
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
    Run run = m.heap().request(256);
    m.heap().resize(run, Interval::atLeast(1));
    m.noteUnknownCost("the length of the file is not known");
    return call.setResult(fileContent(call, run, Interval::atLeast(0)));
  }
  bool isBinary = m.typeName(call.self()) == "io.FileIO";
  Run run = m.heap().request(isBinary ? size + Interval::exactly(1) : size);
  call.setResult(fileContent(call, run, {0, size.hi}));
}

void chargeFileLine(LibraryCall &call) {
  Machine &m = call.machine();
  Run run = m.heap().request(16);
  m.heap().resize(run, Interval::atLeast(1));
  m.noteUnknownCost("the length of the line is not known");
  call.setResult(fileContent(call, run, Interval::atLeast(0)));
}

void chargeFileLines(LibraryCall &call) {
  call.unknown("how many lines the file has is not known");
}

void chargeFileWrite(LibraryCall &call) {
  std::optional<Value> length = call.machine().length(call.call().argument(1));
  call.setResult(length ? *length : Value());
}

void chargeEnter(LibraryCall &call) { call.setResult(call.call().argument(0)); }

/// How much was received into a buffer, which is another from now on.
void chargeReceiveInto(LibraryCall &call) {
  if (auto *buffer = call.machine().heap().change<ByteArrayObject>(call.call().argument(1)))
    buffer->content = Content::ofLength(buffer->content.length);
}

constexpr LibraryCallRow kTable[] = {
    {"adafruit_requests.Response.close", "NoneType", chargeNothing},
    {"adafruit_requests.Response.json", "", chargeBody},
    {"adafruit_requests.Session.get", "adafruit_requests.Response", chargeRequest},
    {"adafruit_requests.Session.post", "adafruit_requests.Response", chargeRequest},
    {"io.FileIO.__enter__", "", chargeEnter},
    {"io.FileIO.__exit__", "NoneType", chargeNothing},
    {"io.FileIO.close", "NoneType", chargeNothing},
    {"io.FileIO.flush", "NoneType", chargeNothing},
    {"io.FileIO.read", "", chargeFileRead},
    {"io.FileIO.readinto", "int", chargeReceiveInto},
    {"io.FileIO.readline", "", chargeFileLine},
    {"io.FileIO.readlines", "list", chargeFileLines},
    {"io.FileIO.seek", "int", chargeNothing},
    {"io.FileIO.tell", "int", chargeNothing},
    {"io.FileIO.write", "int", chargeFileWrite},
    {"io.TextIOWrapper.__enter__", "", chargeEnter},
    {"io.TextIOWrapper.__exit__", "NoneType", chargeNothing},
    {"io.TextIOWrapper.close", "NoneType", chargeNothing},
    {"io.TextIOWrapper.flush", "NoneType", chargeNothing},
    {"io.TextIOWrapper.read", "", chargeFileRead},
    {"io.TextIOWrapper.readinto", "int", chargeReceiveInto},
    {"io.TextIOWrapper.readline", "", chargeFileLine},
    {"io.TextIOWrapper.readlines", "list", chargeFileLines},
    {"io.TextIOWrapper.seek", "int", chargeNothing},
    {"io.TextIOWrapper.tell", "int", chargeNothing},
    {"io.TextIOWrapper.write", "int", chargeFileWrite},
    {"network.WLAN", "network.WLAN", chargeSmall},
    {"network.WLAN.active", "bool", chargeNothing},
    {"network.WLAN.connect", "NoneType", chargeNothing},
    {"network.WLAN.disconnect", "NoneType", chargeNothing},
    {"network.WLAN.ifconfig", "tuple", chargeAddresses},
    {"network.WLAN.isconnected", "bool", chargeNothing},
    {"network.WLAN.status", "int", chargeNothing},
    {"open", "io.TextIOWrapper", chargeOpen},
    {"requests.Response.close", "NoneType", chargeNothing},
    {"requests.Response.json", "", chargeBody},
    {"requests.get", "requests.Response", chargeRequest},
    {"requests.post", "requests.Response", chargeRequest},
    {"select.poll", "select.poll", chargeWords<10>},
    {"select.poll.modify", "NoneType", chargeNothing},
    {"select.poll.register", "NoneType", chargeUnknown},
    {"select.poll.unregister", "NoneType", chargeNothing},
    {"socket.socket", "socket.socket", chargeUnknown},
    {"socket.socket.bind", "NoneType", chargeNothing},
    {"socket.socket.close", "NoneType", chargeNothing},
    {"socket.socket.connect", "NoneType", chargeNothing},
    {"socket.socket.listen", "NoneType", chargeNothing},
    {"socket.socket.readinto", "int", chargeReceiveInto},
    {"socket.socket.recv", "bytes", chargeRead<1, true>},
    {"socket.socket.recv_into", "int", chargeReceiveInto},
    {"socket.socket.send", "int", chargeFileWrite},
    {"socket.socket.sendall", "NoneType", chargeNothing},
    {"socket.socket.setblocking", "NoneType", chargeNothing},
    {"socket.socket.settimeout", "NoneType", chargeNothing},
    {"socket.socket.write", "int", chargeFileWrite},
    {"sys.stdout.flush", "NoneType", chargeNothing},
    {"sys.stdout.write", "int", chargeFileWrite},
};

constexpr auto kRows = nativeRows<kTable>();

} // namespace

llvm::ArrayRef<NativeRow> networkNatives() { return kRows; }

} // namespace fraglint
