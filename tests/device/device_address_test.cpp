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
    EXPECT_TRUE(form.example.starts_with((form.word + ":").str()));
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

TEST(DeviceAddress, AMistakeNamesTheNearestValidForm) {
  EXPECT_EQ("there is no device `unx:32k`; did you mean `unix:32k`?", mistakeIn("unx:32k"));
  EXPECT_EQ("there is no device `Unix`; did you mean `unix:64k`?", mistakeIn("Unix"));
  EXPECT_EQ("there is no device `qemu:pico`; did you mean `qemu:microbit`?",
            mistakeIn("qemu:pico"));
  EXPECT_EQ("there is no device `node:`; did you mean `node:micropython`?", mistakeIn("node:"));
  EXPECT_EQ("there is no device `/dev/ttyACM0`; the forms are unix:64k, node:micropython, "
            "qemu:microbit, exec:./micropython, tcp:192.168.4.1:2323, socket:/tmp/repl, "
            "pty:/dev/pts/3",
            mistakeIn("/dev/ttyACM0"));
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
