#include "evaluator/containers.h"
#include "evaluator/library.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

// Drivers of parts, which are Python: what one call asks for is bounded by what their source does.
// Sources: micropython-lib (ssd1306, dht, ds18x20, onewire, umqtt.simple), the Adafruit bundle.

/// Some small objects at most, none of which stays: numbers, short buffers, tuples.
template <int64_t Words> void chargeDriver(LibraryCall &call) {
  call.drop({0, call.machine().words(Words)});
}

/// A number that the part gives.
template <int64_t Lo, int64_t Hi, int64_t Words> void chargeReading(LibraryCall &call) {
  chargeDriver<Words>(call);
  call.setResult(call.machine().abstractInt({Lo, Hi}, "what the part measures is not known"));
}

/// An instance with attributes in a table of at most so many slots.
template <int64_t Slots> void chargePart(LibraryCall &call) {
  call.keepWords(Interval{0, 5});
  call.keepWords(Interval{0, 2 * Slots});
  call.drop({0, call.machine().words(32)});
}

/// A display whose driver is a FrameBuffer: a bit for each pixel.
void chargeMonochrome(LibraryCall &call) {
  chargePart<17>(call);
  Interval pages = floorDivide(call.integer(1, "height").clampedBelow(0), Interval::exactly(8));
  call.keep(pages * call.integer(0, "width").clampedBelow(0));
}

/// drivers/onewire: the search ends after 255 parts; a number is eight bytes.
void chargeRoms(LibraryCall &call) {
  Machine &m = call.machine();
  constexpr int64_t kMost = 255, kBytes = 8;
  call.drop({0, m.words(kMost + 5)}); // the search's own list
  auto &rom = m.heap().make<ByteArrayObject>();
  Value number = Value::object(rom.id);
  rom.header = m.heap().request({0, m.words(4)});
  rom.data = m.heap().request({0, kBytes});
  rom.allocated = Interval::exactly(kBytes);
  rom.content = Content::ofLength(rom.allocated);
  call.setResult(makeGrownList(m, {0, kMost}, number));
}

/// extmod/network, ports: a list of (name, address, channel, strength, security, hidden). A name
/// has at most 32 bytes, an address six.
void chargeNetworks(LibraryCall &call) {
  Machine &m = call.machine();
  constexpr llvm::StringLiteral kReason = "which networks there are is not known";
  auto number = [&](Interval bounds) { return m.abstractInt(bounds, kReason); };
  auto bytes = [&](Interval length) {
    Run data = m.heap().request(withNull(length));
    return m.bytesFrom(data, Content::ofLength(length));
  };
  Value fields[] = {bytes({0, 32}),   bytes(Interval::exactly(6)),
                    number({0, 200}), number({-128, 127}),
                    number({0, 16}),  number({0, 1})};
  Value entry = m.tuple(fields);
  call.setResult(makeGrownList(m, Interval::atLeast(0), entry));
}

/// Messages are as long as the sender likes; the program's callback is called with them.
void chargeMessage(LibraryCall &call) {
  chargeDriver<32>(call);
  call.unknown("how long a message is is not known");
}

constexpr LibraryCallRow kTable[] = {
    {"adafruit_ds3231.DS3231", "adafruit_ds3231.DS3231", chargePart<4>},
    {"adafruit_scd4x.SCD4X", "adafruit_scd4x.SCD4X", chargePart<10>},
    {"adafruit_scd4x.SCD4X.measure_single_shot", "NoneType", chargeDriver<32>},
    {"adafruit_scd4x.SCD4X.start_low_periodic_measurement", "NoneType", chargeDriver<32>},
    {"adafruit_scd4x.SCD4X.start_periodic_measurement", "NoneType", chargeDriver<32>},
    {"adafruit_scd4x.SCD4X.stop_periodic_measurement", "NoneType", chargeDriver<32>},
    {"adafruit_seesaw.seesaw.Seesaw.get_temp", "float", chargeDriver<32>},
    {"adafruit_seesaw.seesaw.Seesaw.moisture_read", "", chargeReading<0, 65535, 32>},
    {"dht.DHT11", "dht.DHT11", chargePart<4>},
    {"dht.DHT11.humidity", "", chargeReading<0, 255, 0>},
    {"dht.DHT11.measure", "NoneType", chargeNothing},
    {"dht.DHT11.temperature", "", chargeReading<-255, 255, 0>},
    {"dht.DHT22", "dht.DHT22", chargePart<4>},
    {"dht.DHT22.humidity", "float", chargeNothing},
    {"dht.DHT22.measure", "NoneType", chargeNothing},
    {"dht.DHT22.temperature", "float", chargeDriver<3>},
    {"ds18x20.DS18X20", "ds18x20.DS18X20", chargePart<4>},
    {"ds18x20.DS18X20.convert_temp", "NoneType", chargeNothing},
    {"ds18x20.DS18X20.read_temp", "float", chargeDriver<4>},
    {"ds18x20.DS18X20.scan", "", chargeRoms},
    {"network.WLAN.scan", "", chargeNetworks},
    {"onewire.OneWire", "onewire.OneWire", chargePart<4>},
    {"onewire.OneWire.scan", "", chargeRoms},
    {"sh1106.SH1106_I2C", "sh1106.SH1106_I2C", chargeMonochrome},
    {"sh1106.SH1106_I2C.show", "NoneType", chargeDriver<32>},
    {"ssd1306.SSD1306_I2C", "ssd1306.SSD1306_I2C", chargeMonochrome},
    {"ssd1306.SSD1306_I2C.contrast", "NoneType", chargeNothing},
    {"ssd1306.SSD1306_I2C.invert", "NoneType", chargeNothing},
    {"ssd1306.SSD1306_I2C.poweroff", "NoneType", chargeNothing},
    {"ssd1306.SSD1306_I2C.poweron", "NoneType", chargeNothing},
    {"ssd1306.SSD1306_I2C.rotate", "NoneType", chargeNothing},
    {"ssd1306.SSD1306_I2C.show", "NoneType", chargeNothing},
    {"ssd1306.SSD1306_SPI", "ssd1306.SSD1306_SPI", chargeMonochrome},
    {"ssd1306.SSD1306_SPI.contrast", "NoneType", chargeDriver<8>},
    {"ssd1306.SSD1306_SPI.invert", "NoneType", chargeDriver<8>},
    {"ssd1306.SSD1306_SPI.show", "NoneType", chargeDriver<8>},
    {"umqtt.simple.MQTTClient", "umqtt.simple.MQTTClient", chargePart<17>},
    {"umqtt.simple.MQTTClient.check_msg", "", chargeMessage},
    {"umqtt.simple.MQTTClient.connect", "int", chargeDriver<64>},
    {"umqtt.simple.MQTTClient.disconnect", "NoneType", chargeNothing},
    {"umqtt.simple.MQTTClient.ping", "NoneType", chargeNothing},
    {"umqtt.simple.MQTTClient.publish", "NoneType", chargeDriver<40>},
    {"umqtt.simple.MQTTClient.set_callback", "NoneType", chargeNothing},
    {"umqtt.simple.MQTTClient.set_last_will", "NoneType", chargeNothing},
    {"umqtt.simple.MQTTClient.subscribe", "NoneType", chargeDriver<40>},
    {"umqtt.simple.MQTTClient.wait_msg", "", chargeMessage},
};

constexpr auto kRows = nativeRows<kTable>();

constexpr Interval kByte = {0, 255};
constexpr Interval kSample = {0, 65535};

constexpr LibraryAttributeRow kAttributes[] = {
    {"adafruit_bme280.advanced.Adafruit_BME280_I2C.humidity", "float", {}, 32},
    {"adafruit_bme280.advanced.Adafruit_BME280_I2C.pressure", "float", {}, 32},
    {"adafruit_bme280.advanced.Adafruit_BME280_I2C.relative_humidity", "float", {}, 32},
    {"adafruit_bme280.advanced.Adafruit_BME280_I2C.temperature", "float", {}, 32},
    {"adafruit_bme280.basic.Adafruit_BME280_I2C.humidity", "float", {}, 32},
    {"adafruit_bme280.basic.Adafruit_BME280_I2C.pressure", "float", {}, 32},
    {"adafruit_bme280.basic.Adafruit_BME280_I2C.relative_humidity", "float", {}, 32},
    {"adafruit_bme280.basic.Adafruit_BME280_I2C.temperature", "float", {}, 32},
    {"adafruit_ds3231.DS3231.datetime", "time.struct_time", {}, 32},
    {"adafruit_requests.Response.status_code", "int", {0, 999}, 0},
    {"adafruit_scd4x.SCD4X.CO2", "int", kSample, 32},
    {"adafruit_scd4x.SCD4X.data_ready", "bool", {}, 32},
    {"adafruit_scd4x.SCD4X.relative_humidity", "float", {}, 32},
    {"adafruit_scd4x.SCD4X.temperature", "float", {}, 32},
    {"analogio.AnalogIn.reference_voltage", "float", {}, 0},
    {"analogio.AnalogIn.value", "int", kSample, 0},
    {"keypad.Event.key_number", "int", kByte, 0},
    {"requests.Response.status_code", "int", {0, 999}, 0},
};

} // namespace

const LibraryAttributeRow *findLibraryAttribute(llvm::StringRef dottedName) {
  const auto *row = llvm::find_if(
      kAttributes, [&](const LibraryAttributeRow &one) { return one.name == dottedName; });
  return row == std::end(kAttributes) ? nullptr : row;
}

Value readLibraryAttribute(Machine &m, const LibraryAttributeRow &row) {
  std::string reason = ("`" + row.name + "` is not known").str();
  if (row.words > 0)
    m.heap().request({0, m.words(row.words)});
  if (row.result == "time.struct_time")
    return timeTuple(m, /*hasNames=*/true);
  return row.result == "int" ? m.abstractInt(row.bounds, reason)
                             : valueOfType(m, row.result, reason);
}

llvm::StringRef callbackArgument(llvm::StringRef taker, size_t position) {
  if (taker == "umqtt.simple.MQTTClient.set_callback")
    return "bytes"; // topic and message
  if (taker == "machine.Pin.irq" && position == 0)
    return "machine.Pin";
  if (taker.starts_with("machine.Timer") && position == 0)
    return "machine.Timer";
  return "";
}

bool raisesThrough(llvm::StringRef taker) {
  return taker == "umqtt.simple.MQTTClient.set_callback";
}

bool mayCallBack(llvm::StringRef taker, llvm::StringRef native) {
  // Two of these look for messages; the others wait for an answer, before which one may come.
  constexpr llvm::StringLiteral kReads[] = {
      "umqtt.simple.MQTTClient.check_msg", "umqtt.simple.MQTTClient.publish",
      "umqtt.simple.MQTTClient.subscribe", "umqtt.simple.MQTTClient.wait_msg"};
  if (raisesThrough(taker))
    return llvm::is_contained(kReads, native);
  constexpr llvm::StringLiteral kWaits[] = {"machine.idle", "machine.lightsleep", "machine.sleep",
                                            "time.sleep",   "time.sleep_ms",      "time.sleep_us"};
  return llvm::is_contained(kWaits, native);
}

llvm::StringRef drawingBase(llvm::StringRef type) {
  constexpr llvm::StringLiteral kTypes[] = {"sh1106.SH1106_I2C", "ssd1306.SSD1306_I2C",
                                            "ssd1306.SSD1306_SPI"};
  return llvm::is_contained(kTypes, type) ? "framebuf.FrameBuffer" : "";
}

llvm::ArrayRef<NativeRow> driverNatives() { return kRows; }

} // namespace fraglint
