#include "device/device_address.h"

#include "support/port_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

DeviceAddress parsed(llvm::StringRef text) { return llvm::cantFail(DeviceAddress::parse(text)); }
std::string mistakeIn(llvm::StringRef text) { return errorOf(DeviceAddress::parse(text)); }

TEST(DeviceAddress, EveryExampleIsValid) {
  for (const DeviceForm &form : deviceForms()) {
    EXPECT_EQ(form.kind, parsed(form.example).kind) << form.example.str();
    EXPECT_EQ(form.word, form.example.split(':').first);
  }
}

TEST(DeviceAddress, AHeapHasAUnitOrIsInBytes) {
  EXPECT_EQ(65536u, parsed("unix:64k").heapBytes);
  EXPECT_EQ(65536u, parsed("unix:64K").heapBytes);
  EXPECT_EQ(2097152u, parsed("unix:2m").heapBytes);
  EXPECT_EQ(10048u, parsed("unix:10048").heapBytes);
}

TEST(DeviceAddress, PathsAndHostsMayHoldColons) {
  EXPECT_EQ("/tmp/a:b", parsed("exec:/tmp/a:b").path);
  EXPECT_EQ("localhost", parsed("tcp:localhost:23").host);
  EXPECT_EQ(23, parsed("tcp:localhost:23").port);
  EXPECT_EQ("fe80::1", parsed("tcp:[fe80::1]:8266").host);
  EXPECT_EQ("fe80::1", parsed("tcp:fe80::1:8266").host);
}

TEST(DeviceAddress, ASerialPortMayHaveASpeed) {
  EXPECT_EQ("/dev/ttyACM0", parsed("serial:/dev/ttyACM0").path);
  EXPECT_EQ(115200u, parsed("serial:/dev/ttyACM0").baud);
  EXPECT_EQ("/dev/ttyUSB0", parsed("serial:/dev/ttyUSB0@9600").path);
  EXPECT_EQ(9600u, parsed("serial:/dev/ttyUSB0@9600").baud);
  EXPECT_EQ("/dev/by-id/a@b", parsed("serial:/dev/by-id/a@b").path);
  EXPECT_EQ("device `serial:/dev/ttyUSB0@9601`: `9601` is no speed of a serial port; write, for "
            "example, `serial:/dev/ttyUSB0@9600`",
            mistakeIn("serial:/dev/ttyUSB0@9601"));
  EXPECT_THAT(mistakeIn("serial:/dev/ttyUSB0@99999999999"), HasSubstr("is no speed"));
  EXPECT_THAT(mistakeIn("serial:"), HasSubstr("a path is wanted"));
  EXPECT_THAT(mistakeIn("serial:@9600"), HasSubstr("a path is wanted"));
}

TEST(DeviceAddress, TheOneThatIsConnectedNeedsNoMore) {
  EXPECT_EQ(DeviceKind::Auto, parsed("auto").kind);
  EXPECT_EQ("there is no device `auto:1`; did you mean `auto`?", mistakeIn("auto:1"));
  EXPECT_EQ("there is no device `aut`; did you mean `auto`?", mistakeIn("aut"));
}

TEST(DeviceAddress, AMistakeNamesTheNearestValidForm) {
  EXPECT_EQ("there is no device `unx:32k`; did you mean `unix:32k`?", mistakeIn("unx:32k"));
  EXPECT_EQ("there is no device `Unix`; did you mean `unix:64k`?", mistakeIn("Unix"));
  EXPECT_EQ("there is no device `qemu:pico`; did you mean `qemu:microbit`?",
            mistakeIn("qemu:pico"));
  EXPECT_EQ("there is no device `node:`; did you mean `node:micropython`?", mistakeIn("node:"));
  EXPECT_EQ("there is no device `/dev/ttyACM0`; did you mean `serial:/dev/ttyACM0`?",
            mistakeIn("/dev/ttyACM0"));
  EXPECT_EQ("there is no device `my board`; the forms are unix:64k, unix32:64k, node:micropython, "
            "qemu:microbit, exec:./micropython, serial:/dev/ttyACM0, auto, tcp:192.168.4.1:2323, "
            "socket:/tmp/repl, "
            "pty:/dev/pts/3",
            mistakeIn("my board"));
  EXPECT_EQ("device `unix:64q`: `64q` is no heap size; write, for example, `unix:64k`",
            mistakeIn("unix:64q"));
  EXPECT_THAT(mistakeIn("unix:"), HasSubstr("`` is no heap size"));
  EXPECT_THAT(mistakeIn("unix:-5"), HasSubstr("is no heap size"));
  EXPECT_THAT(mistakeIn("unix:1k"), HasSubstr("from 2k to 1024m"));
  EXPECT_THAT(mistakeIn("unix:99999999999999999999m"), HasSubstr("is no heap size"));
  EXPECT_THAT(mistakeIn("unix:2048m"), HasSubstr("from 2k to 1024m"));
  for (llvm::StringRef text :
       {"tcp:localhost", "tcp:localhost:0", "tcp:localhost:65536", "tcp::23"})
    EXPECT_THAT(mistakeIn(text), HasSubstr("host and port are wanted; write, for example, "))
        << text.str();
  EXPECT_THAT(mistakeIn("exec:"), HasSubstr("a path is wanted"));
}

} // namespace
} // namespace fraglint
