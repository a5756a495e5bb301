#include "semantic/known_library.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(KnownLibrary, IsSortedAndUnique) {
  llvm::ArrayRef<LibraryRow> rows = knownLibrary();
  for (size_t i = 1; i < rows.size(); ++i)
    EXPECT_LT(llvm::StringRef(rows[i - 1].name), rows[i].name);
}

TEST(KnownLibrary, NamesAreDotted) {
  for (const LibraryRow &row : knownLibrary()) {
    llvm::StringRef name = row.name;
    EXPECT_FALSE(name.empty() || name.starts_with(".") || name.ends_with(".") ||
                 name.contains("..") || name.contains(' '))
        << name.str();
    bool isWildcard = name.starts_with("*.") && name.count('*') == 1 && name.count('.') == 1;
    EXPECT_TRUE(isWildcard || !name.contains('*')) << name.str();
    EXPECT_EQ(findLibrary(name), &row);
  }
}

/// A result that is a library's type has a row that makes it, or methods: else it is a typing
/// error here.
TEST(KnownLibrary, ResultsAreKnownTypes) {
  for (const LibraryRow &row : knownLibrary()) {
    llvm::StringRef result = row.result;
    if (!result.contains('.') || findLibrary(result))
      continue;
    bool hasMethods = llvm::any_of(knownLibrary(), [result](const LibraryRow &other) {
      return llvm::StringRef(other.name).starts_with(result.str() + ".");
    });
    EXPECT_TRUE(hasMethods) << row.name.str() << " gives " << result.str();
  }
}

TEST(KnownLibrary, FindsRows) {
  struct Case {
    const char *name;
    const char *result;
    Trait trait;
  } const cases[] = {
      {"gc.collect", "", Trait::Collects},
      {"adafruit_pyportal.PyPortal.set_text", "", Trait::Collects},
      {"adafruit_matrixportal.matrixportal.MatrixPortal.fetch", "", Trait::Collects},
      {"adafruit_esp32spi.adafruit_esp32spi_requests.get", "requests.Response",
       Trait::OpensNetwork},
      {"time.sleep", "NoneType", Trait::SleepsSeconds},
      {"utime.sleep_ms", "NoneType", Trait::SleepsMillis},
      {"asyncio.sleep", "", Trait::SleepsSeconds},
      {"uasyncio.sleep_ms", "", Trait::SleepsMillis},
      {"time.sleep_us", "NoneType", Trait::SleepsMicros},
      {"microcontroller.reset", "NoneType", Trait::SleepsForever},
      {"machine.deepsleep", "NoneType", Trait::SleepsForever},
      {"alarm.exit_and_deep_sleep_until_alarms", "NoneType", Trait::SleepsForever},
      {"input", "str", Trait::WaitsForUser},
      {"busio.I2C.readfrom_into", "NoneType", Trait::ReadsInto},
      {"machine.UART.readinto", "", Trait::ReadsInto},
      {"socket.socket.recv_into", "int", Trait::ReadsInto},
      {"displayio.Group.append", "NoneType", Trait::Retains},
      {"displayio.TileGrid", "displayio.TileGrid", Trait::Retains},
      {"audiocore.RawSample", "audiocore.RawSample", Trait::Retains},
      {"framebuf.FrameBuffer", "framebuf.FrameBuffer", Trait::Retains},
      {"memoryview", "memoryview", Trait::Retains},
      {"list.append", "NoneType", Trait::Retains},
      {"time.monotonic", "float", Trait::ReadsClock},
      {"supervisor.ticks_ms", "int", Trait::ReadsClock},
      {"storage.mount", "NoneType", Trait::OpensStorage},
      {"uos.chdir", "NoneType", Trait::OpensStorage},
      {"sdcardio.SDCard", "sdcardio.SDCard", Trait::OpensStorage},
      {"digitalio.DigitalInOut.value", "bool", Trait::Polls},
      {"machine.UART.any", "int", Trait::Polls},
      {"busio.UART.in_waiting", "int", Trait::Attribute},
      {"adafruit_requests.Response.text", "str", Trait::Attribute},
  };
  for (const Case &test : cases) {
    const LibraryRow *row = findLibrary(test.name);
    ASSERT_TRUE(row) << test.name;
    EXPECT_EQ(row->result, test.result) << test.name;
    EXPECT_TRUE(row->has(test.trait)) << test.name;
  }
  EXPECT_FALSE(findLibrary("adafruit_requests.Response.json")->has(Trait::Attribute));
  EXPECT_FALSE(findLibrary("time.monotonic")->has(Trait::Collects));
  EXPECT_FALSE(findLibrary("bytearray.extend")->has(Trait::Retains)) << "it copies";
  EXPECT_FALSE(findLibrary("array.array.extend")->has(Trait::Retains)) << "it copies";
  for (const char *name :
       {"", "time", "time.", "time.sleepy", "foo", "*", "usb_cdcx", "utimex.sleep"})
    EXPECT_FALSE(findLibrary(name)) << name;
}

TEST(FindMethod, FallsBackToUnknownReceivers) {
  EXPECT_EQ(findMethod("displayio.Group", "append")->name, "displayio.Group.append");
  EXPECT_EQ(findMethod("foo.Bar", "append")->name, "*.append");
  EXPECT_EQ(findMethod("", "readfrom_mem_into")->name, "*.readfrom_mem_into");
  EXPECT_TRUE(findMethod("", "write_then_readinto")->has(Trait::ReadsInto));
  EXPECT_FALSE(findMethod("foo.Bar", "frobnicate"));
  EXPECT_FALSE(findMethod("", ""));
}

TEST(IsBuiltinName, IsForPlainNames) {
  EXPECT_TRUE(isBuiltinName("bytearray"));
  EXPECT_TRUE(isBuiltinName("len"));
  EXPECT_FALSE(isBuiltinName("time.sleep"));
  EXPECT_FALSE(isBuiltinName("*.append"));
  EXPECT_FALSE(isBuiltinName("foo"));
}

} // namespace
} // namespace fraglint
