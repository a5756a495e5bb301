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
  constexpr llvm::StringLiteral kReason = "the length of the response is not known";
  call.drop(Interval::atLeast(0));
  call.unknown(kReason);
  call.setResult(call.machine().abstractData(kReason));
}

/// How much a write took.
void chargeWrite(LibraryCall &call) {
  std::optional<Value> length = call.machine().length(call.call().argument(1));
  call.setResult(length ? *length : Value());
}

/// py/objarray.c: a view of memory that is no object.
void chargeView(LibraryCall &call) {
  Machine &m = call.machine();
  auto &view = m.heap().make<ByteArrayObject>();
  m.allocate(view, 4);
  view.content = Content::ofLength(call.integer(1).clampedBelow(0));
  view.allocated = view.content.length;
  call.setResult(Value::object(view.id));
}

constexpr LibraryCallRow kTable[] = {
    {"adafruit_requests.Response.close", "NoneType", chargeNothing},
    {"adafruit_requests.Response.json", "", chargeBody},
    {"adafruit_requests.Session.get", "adafruit_requests.Response", chargeRequest},
    {"adafruit_requests.Session.post", "adafruit_requests.Response", chargeRequest},
    {"deflate.DeflateIO", "deflate.DeflateIO", chargeWords<4>},
    {"network.WLAN", "network.WLAN", chargeSmall},
    {"network.WLAN.active", "bool", chargeNothing},
    {"network.WLAN.connect", "NoneType", chargeNothing},
    {"network.WLAN.disconnect", "NoneType", chargeNothing},
    {"network.WLAN.ifconfig", "tuple", chargeAddresses},
    {"network.WLAN.isconnected", "bool", chargeNothing},
    {"network.WLAN.status", "int", chargeNothing},
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
    {"socket.socket.readinto", "int", chargeReadInto<1>},
    {"socket.socket.recv", "bytes", chargeRead<1, true>},
    {"socket.socket.recv_into", "int", chargeReadInto<1>},
    {"socket.socket.send", "int", chargeWrite},
    {"socket.socket.sendall", "NoneType", chargeNothing},
    {"socket.socket.setblocking", "NoneType", chargeNothing},
    {"socket.socket.settimeout", "NoneType", chargeNothing},
    {"socket.socket.write", "int", chargeWrite},
    {"uctypes.bytearray_at", "bytearray", chargeView},
};

constexpr auto kRows = nativeRows<kTable>();

} // namespace

llvm::ArrayRef<NativeRow> networkNatives() { return kRows; }

} // namespace fraglint
