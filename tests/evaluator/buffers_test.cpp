#include "bare_machine.h"
#include "evaluator/buffers.h"

#include <gmock/gmock.h>

namespace fraglint {
namespace {

Value bytearrayOf(BareMachine &m, int64_t length) {
  Value made = m.call("bytearray", {Value::integer(length)});
  m.requests();
  return made;
}

Value slice(BareMachine &m, int64_t start, int64_t stop) {
  SliceObject &made = m.heap().make<SliceObject>();
  made.start = Value::integer(start);
  made.stop = Value::integer(stop);
  made.step = Value::none();
  return Value::object(made.id);
}

/// Requests as rows.json logs them, but that it tells `=` (in place) and `M`.
TEST(Buffers, AskAsTheFirmwareAsks) {
  BareMachine m;
  m.call("bytearray", {Value::integer(100)});
  EXPECT_EQ(m.requests(), "16 100");
  m.call("bytearray", {});
  EXPECT_EQ(m.requests(), "16");
  Value fifty = m.bytes(std::string(50, '\0'));
  m.requests();
  m.call("bytearray", {fifty});
  EXPECT_EQ(m.requests(), "16 50");
  Value hundred = bytearrayOf(m, 100);
  loadBufferItem(m, hundred, slice(m, 10, 60));
  EXPECT_EQ(m.requests(), "16 50");
  Value ten = m.bytes("0123456789");
  m.requests();
  EXPECT_TRUE(storeBufferItem(m, hundred, slice(m, 10, 20), ten));
  EXPECT_EQ(m.requests(), "");
  EXPECT_EQ(*loadBufferItem(m, hundred, Value::integer(11)), Value::integer('1'));
  m.call("bytearray.hex", {bytearrayOf(m, 10)});
  EXPECT_EQ(m.requests(), "21 16");
  Value view = m.call("memoryview", {hundred});
  EXPECT_EQ(m.requests(), "16");
  loadBufferItem(m, view, slice(m, 10, 60));
  EXPECT_EQ(m.requests(), "16");
}

TEST(Buffers, ExtendingTakesExactlyWhatIsNeeded) {
  BareMachine m;
  for (bool isOperator : {false, true}) {
    Value hundred = bytearrayOf(m, 100);
    Value ten = m.bytes("0123456789");
    m.requests();
    if (isOperator)
      EXPECT_EQ(*binaryBuffer(m, BinaryOperator::Add, hundred, ten, true), hundred);
    else
      m.call("bytearray.extend", {hundred, ten});
    EXPECT_EQ(m.requests(), ""); // 110 bytes are 7 blocks, as 100 are
    EXPECT_EQ(m.heap().get<ByteArrayObject>(hundred)->data.bytes, Interval::exactly(110));
  }
}

TEST(Buffers, AppendingMakesRoomForEight) {
  BareMachine m;
  Value empty = m.call("bytearray", {});
  m.requests();
  for (int64_t i = 0; i < 40; ++i)
    m.call("bytearray.append", {empty, Value::integer(i)});
  EXPECT_EQ(m.requests(), "8 M24 M40");
  EXPECT_EQ(*loadBufferItem(m, empty, Value::integer(-1)), Value::integer(39));
  Value halves = m.call("array.array", {m.name("h")});
  m.requests();
  for (int64_t i = 0; i < 20; ++i)
    m.call("array.append", {halves, Value::integer(i)});
  EXPECT_EQ(m.requests(), "16 M32 M48");
}

TEST(Buffers, ArraysFromListsHaveAnIterator) {
  BareMachine m;
  Value ones = m.list(std::vector<Value>(10, Value::integer(1)));
  m.requests();
  m.call("array.array", {m.name("i"), ones});
  EXPECT_EQ(m.requests(), "16 40 16");
  Value bytes = m.bytes(std::string(20, '\0'));
  m.requests();
  m.call("array.array", {m.name("H"), bytes});
  EXPECT_EQ(m.requests(), "16 20");
}

TEST(Buffers, ItemsOfArraysAreObjectsWhereTheWordIsTooSmall) {
  BareMachine m;
  auto read = [&](llvm::StringRef code, Value item) {
    Value array = m.call("array.array", {m.name(code), m.list({item})});
    m.requests();
    std::optional<Value> value = loadBufferItem(m, array, Value::integer(0));
    return value ? m.shown(*value) : m.raisedType();
  };
  EXPECT_EQ(read("f", Value::real(1.5)), "1.5");
  EXPECT_EQ(m.requests(), "8");
  EXPECT_EQ(read("I", m.literal("4294967295")), "4294967295");
  EXPECT_THAT(m.requests(), testing::StartsWith("16 8"));
  // 64 bits are large ints always.
  EXPECT_EQ(read("q", Value::integer(-1)), "-1");
  EXPECT_THAT(m.requests(), testing::StartsWith("16 8"));
  // What does not fit is cut.
  EXPECT_EQ(read("b", Value::integer(200)), "-56");
  EXPECT_EQ(read("H", Value::integer(65537)), "1");
}

TEST(Buffers, LargeOnesKeepTheirLengthOnly) {
  BareMachine m;
  Value large = bytearrayOf(m, 5000);
  EXPECT_EQ(m.heap().get<ByteArrayObject>(large)->content.length, Interval::exactly(5000));
  std::optional<Value> item = loadBufferItem(m, large, Value::integer(4999));
  EXPECT_EQ(m.heap().get<AbstractObject>(*item)->number, (Interval{0, 255}));
  EXPECT_FALSE(loadBufferItem(m, large, Value::integer(5000)));
  EXPECT_EQ(m.raisedType(), "IndexError");
}

TEST(Buffers, ViewsShareWhatTheyAreOf) {
  BareMachine m;
  Value base = bytearrayOf(m, 8);
  Value view = *loadBufferItem(m, m.call("memoryview", {base}), slice(m, 2, 6));
  EXPECT_TRUE(storeBufferItem(m, view, Value::integer(1), Value::integer(7)));
  EXPECT_EQ(*loadBufferItem(m, base, Value::integer(3)), Value::integer(7));
  Value fixed = m.call("memoryview", {m.bytes("abc")});
  EXPECT_FALSE(storeBufferItem(m, fixed, Value::integer(0), Value::integer(7)));
  EXPECT_EQ(m.raisedType(), "TypeError");
}

TEST(Packing, RequestsOfStruct) {
  BareMachine m;
  Value packed = m.call("struct.pack",
                        {m.name("<HHI"), Value::integer(1), Value::integer(2), Value::integer(3)});
  EXPECT_EQ(m.requests(), "9 16");
  EXPECT_EQ(m.dataOf(packed), std::string("\1\0\2\0\3\0\0\0", 8));
  Value items = m.call("struct.unpack", {m.name("<HHI"), packed});
  EXPECT_EQ(m.requests(), "20");
  EXPECT_THAT(m.heap().get<TupleObject>(items)->items,
              testing::ElementsAre(Value::integer(1), Value::integer(2), Value::integer(3)));
  m.call("struct.unpack", {m.name("<ff"), packed});
  EXPECT_EQ(m.requests(), "16 8 8");
  Value buffer = bytearrayOf(m, 8);
  m.call("struct.pack_into", {m.name("<HHI"), buffer, Value::integer(0), Value::integer(1),
                              Value::integer(2), Value::integer(3)});
  m.call("struct.unpack_from", {m.name("<H"), buffer, Value::integer(0)});
  EXPECT_EQ(m.requests(), "12");
  EXPECT_EQ(m.dataOf(buffer), m.dataOf(packed));
  EXPECT_EQ(m.call("struct.calcsize", {m.name("bI")}), Value::integer(8));
  EXPECT_EQ(m.call("struct.calcsize", {m.name("<bI")}), Value::integer(5));
  m.call("struct.unpack", {m.name("<Q"), bytearrayOf(m, 7)});
  EXPECT_EQ(m.raisedType(), "ValueError");
}

TEST(Packing, RequestsOfBinascii) {
  BareMachine m;
  Value data = m.bytes("12345678");
  m.requests();
  EXPECT_EQ(m.dataOf(m.call("binascii.hexlify", {data})), "3132333435363738");
  EXPECT_EQ(m.requests(), "17 16");
  EXPECT_EQ(m.dataOf(m.call("binascii.unhexlify", {m.name("31323334")})), "1234");
  EXPECT_EQ(m.requests(), "5 16");
  Value zeros = m.bytes(std::string(30, '\0'));
  m.requests();
  m.call("binascii.b2a_base64", {zeros});
  EXPECT_EQ(m.requests(), "42 16");
  EXPECT_EQ(m.dataOf(m.call("binascii.b2a_base64", {m.name("abcd")})), "YWJjZA==\n");
  EXPECT_EQ(m.dataOf(m.call("binascii.a2b_base64", {m.name("YWJjZA==")})), "abcd");
  EXPECT_EQ(m.intOf(m.call("binascii.crc32", {m.name("abc")})), 0x352441c2);
}

TEST(Packing, DigestsHaveALength) {
  BareMachine m;
  Value hash = m.call("hashlib.sha256", {m.name("abc")});
  EXPECT_EQ(m.requests(), "116");
  Value digest = m.call("hashlib.sha256.digest", {hash});
  EXPECT_EQ(m.requests(), "33 16");
  EXPECT_EQ(bufferOf(m, digest)->length, Interval::exactly(32));
}

} // namespace
} // namespace fraglint
