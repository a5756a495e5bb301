#include "evaluator/library.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Gives an int within bounds.
template <int64_t Lo, int64_t Hi> void chargeInt(LibraryCall &call) {
  call.setResult(call.machine().abstractInt({Lo, Hi}, "what the hardware says is not known"));
}

/// `value()` reads, `value(x)` writes.
template <unsigned Arguments, int64_t Hi> void chargeGetOrSet(LibraryCall &call) {
  if (call.call().arguments.size() > Arguments)
    call.setResult(Value::none());
  else
    chargeInt<0, Hi>(call);
}

/// A list of the addresses on a bus that answer: at most 112.
void chargeScan(LibraryCall &call) {
  Machine &m = call.machine();
  Value list = newList(m, 0);
  auto *found = m.heap().change<ListObject>(list);
  found->isKnown = false;
  found->length = {0, 112};
  found->element = m.abstractInt({8, 119}, "which devices answer is not known");
  found->allocated = {4, 128};
  m.heap().resize(found->data, Interval{m.words(4), m.words(128)});
  call.setResult(list);
}

/// extmod/machine_i2c: a port that sends one buffer at a time copies several into one.
void chargeParts(LibraryCall &call) {
  Machine &m = call.machine();
  Interval sum = Interval::exactly(0);
  const auto *parts = m.heap().get<ListObject>(call.call().argument(2));
  bool isKnown = parts != nullptr && parts->isKnown;
  for (Value part : isKnown ? llvm::ArrayRef<Value>(parts->items) : llvm::ArrayRef<Value>()) {
    std::optional<Value> length = m.length(part);
    std::optional<int64_t> bytes = length ? m.intOf(*length) : std::nullopt;
    m.clearRaised();
    sum = sum + (bytes ? Interval::exactly(*bytes) : Interval::atLeast(0));
  }
  call.pass({0, isKnown ? sum.hi : m.contractedLength(Interval::atLeast(0)).hi});
}

/// All that has arrived.
void chargeReadAll(LibraryCall &call) {
  Machine &m = call.machine();
  Interval length = m.contractedLength(Interval::atLeast(0));
  Run run = readAllOf(m, length);
  call.setResult(m.bytesFrom(run, Content::ofLength(length)));
}

/// Or `None` where nothing came in time.
void mayGiveNone(LibraryCall &call) {
  call.setResult(joinValues(call.machine(), call.result(), Value::none()));
}

void chargeUartRead(LibraryCall &call) {
  if (call.has(1))
    chargeRead<1, true>(call);
  else
    chargeReadAll(call);
  mayGiveNone(call);
}

void chargeReadLine(LibraryCall &call) {
  Machine &m = call.machine();
  Interval length = m.contractedLength(Interval::atLeast(0));
  Run run = readLineOf(m, length);
  call.setResult(m.bytesFrom(run, Content::ofLength(length)));
}

void chargeUartLine(LibraryCall &call) {
  chargeReadLine(call);
  mayGiveNone(call);
}

/// How much a write took.
void chargeWrite(LibraryCall &call) {
  std::optional<Value> length = call.machine().length(call.call().argument(1));
  call.setResult(length ? *length : Value());
}

/// A date and time of eight numbers.
void chargeDateTime(LibraryCall &call) {
  if (call.call().arguments.size() > 1)
    return call.setResult(Value::none());
  llvm::SmallVector<Value, 8> items;
  for (int field = 0; field < 8; ++field)
    items.push_back(call.machine().abstractInt({0, 4000}, "the time is not known"));
  call.setResult(call.machine().tuple(items));
}

/// The program ends here, and the board starts again.
void chargeReset(LibraryCall &call) { raiseWith(call.machine(), "SystemExit", {}); }

/// `mp_obj_new_bytes`: header and the chip's number.
void chargeUniqueId(LibraryCall &call) {
  Machine &m = call.machine();
  Run run = m.heap().request(Interval{5, 17});
  call.setResult(m.bytesFrom(run, Content::ofLength({4, 16})));
}

/// extmod/machine and drivers/neopixel of MicroPython: an instance whose bytes are a bytearray;
/// CircuitPython's has its own buffer (heap-facts c.1).
void chargeNeoPixel(LibraryCall &call) {
  Machine &m = call.machine();
  Interval bytes = call.count(1, "n", 1) * call.count(~0U, "bpp", 3);
  // It is Python: other versions of it ask for less.
  bool isAdafruits = call.has(~0U, "brightness") || call.has(~0U, "auto_write");
  if (m.profile().isCircuitPython() || isAdafruits) {
    // adafruit_neopixel: an instance around a PixelBuf, whose bytes are perhaps there twice.
    for (int64_t words : {8, 16, 16})
      call.keepWords(Interval{0, words});
    for (int copy = 0; copy < 2; ++copy)
      call.keep({0, bytes.hasHi() ? bytes.hi + 16 : bytes.hi});
    return;
  }
  call.keepWords(4);
  // Its attributes: pin, n, bpp, buf, timing.
  call.keepWords(4);
  call.keepWords(4);
  call.keep(bytes);
  for (int64_t slots : {2, 4})
    call.pass(Interval::exactly(m.words(2 * slots)));
  call.keepWords(12);
}

/// An event, where there is one.
void chargeKeyEvent(LibraryCall &call) {
  Machine &m = call.machine();
  auto &event = m.heap().make<OpaqueObject>();
  event.type = "keypad.Event";
  event.header = m.heap().request(Interval{0, m.words(4)});
  call.setResult(joinValues(m, Value::object(event.id), Value::none()));
}

/// shared-module/keypad: the scanner, a pin and some bytes for each key, and a ring of events that
/// are two bytes and a word each.
void chargeKeys(LibraryCall &call) {
  Machine &m = call.machine();
  constexpr int64_t kMostKeys = 256;
  call.keepWords(Interval{0, 24});
  for (int part = 0; part < 3; ++part)
    call.keep({0, m.words(kMostKeys)});
  Interval events = call.count(~0U, "max_events", 64);
  call.keep({0, (events * Interval::exactly(2 * m.words(1) + 2)).hi});
}

/// Buffers whose size the program says; where they are on the heap differs between ports, and so
/// does whether others that it does not say are.
void chargeUart(LibraryCall &call) {
  chargeSmall(call);
  for (llvm::StringRef buffer : {"rxbuf", "txbuf"})
    if (call.has(~0U, buffer))
      call.keep({0, (call.count(~0U, buffer, 0) + Interval::exactly(1)).hi});
}

/// The same, of one that is there.
void chargeUartInit(LibraryCall &call) {
  chargeUart(call);
  chargeNothing(call);
}

/// ports: the object and two bytes for each pulse.
void chargePulses(LibraryCall &call) {
  call.keepWords(Interval{0, 32});
  call.keep({0, (call.count(1, "maxlen", 2) * Interval::exactly(4)).hi});
}

constexpr LibraryCallRow kTable[] = {
    {"analogio.AnalogIn", "analogio.AnalogIn", chargeSmall},
    {"analogio.AnalogIn.deinit", "NoneType", chargeNothing},
    {"analogio.AnalogOut", "analogio.AnalogOut", chargeSmall},
    {"analogio.AnalogOut.deinit", "NoneType", chargeNothing},
    {"audiobusio.I2SOut", "audiobusio.I2SOut", chargeSmall},
    {"audiobusio.I2SOut.play", "NoneType", chargeNothing},
    {"audiobusio.I2SOut.stop", "NoneType", chargeNothing},
    {"audiobusio.PDMIn", "audiobusio.PDMIn", chargeSmall},
    {"audiobusio.PDMIn.record", "int", chargeReadInto<1>},
    {"audioio.AudioOut", "audioio.AudioOut", chargeSmall},
    {"audioio.AudioOut.play", "NoneType", chargeNothing},
    {"audioio.AudioOut.stop", "NoneType", chargeNothing},
    {"audiopwmio.PWMAudioOut", "audiopwmio.PWMAudioOut", chargeSmall},
    {"audiopwmio.PWMAudioOut.play", "NoneType", chargeNothing},
    {"audiopwmio.PWMAudioOut.stop", "NoneType", chargeNothing},
    {"board.I2C", "busio.I2C", chargeSmall},
    {"board.SPI", "busio.SPI", chargeSmall},
    {"board.STEMMA_I2C", "busio.I2C", chargeSmall},
    {"board.UART", "busio.UART", chargeSmall},
    {"busio.I2C", "busio.I2C", chargeSmall},
    {"busio.I2C.deinit", "NoneType", chargeNothing},
    {"busio.I2C.readfrom_into", "NoneType", chargeReadInto<2>},
    {"busio.I2C.scan", "list", chargeScan},
    {"busio.I2C.try_lock", "bool", chargeNothing},
    {"busio.I2C.unlock", "NoneType", chargeNothing},
    {"busio.I2C.writeto", "NoneType", chargeNothing},
    {"busio.I2C.writeto_then_readfrom", "NoneType", chargeReadInto<3>},
    {"busio.SPI", "busio.SPI", chargeSmall},
    {"busio.SPI.configure", "NoneType", chargeNothing},
    {"busio.SPI.deinit", "NoneType", chargeNothing},
    {"busio.SPI.readinto", "NoneType", chargeReadInto<1>},
    {"busio.SPI.try_lock", "bool", chargeNothing},
    {"busio.SPI.unlock", "NoneType", chargeNothing},
    {"busio.SPI.write", "NoneType", chargeNothing},
    {"busio.SPI.write_readinto", "NoneType", chargeReadInto<2>},
    {"busio.UART", "busio.UART", chargeSmall},
    {"busio.UART.deinit", "NoneType", chargeNothing},
    {"busio.UART.read", "", chargeUartRead},
    {"busio.UART.readinto", "", chargeReadSome<1>},
    {"busio.UART.readline", "", chargeUartLine},
    {"busio.UART.reset_input_buffer", "NoneType", chargeNothing},
    {"busio.UART.write", "int", chargeWrite},
    {"countio.Counter", "countio.Counter", chargeSmall},
    {"countio.Counter.reset", "NoneType", chargeNothing},
    {"digitalio.DigitalInOut", "digitalio.DigitalInOut", chargeSmall},
    {"digitalio.DigitalInOut.deinit", "NoneType", chargeNothing},
    {"digitalio.DigitalInOut.switch_to_input", "NoneType", chargeNothing},
    {"digitalio.DigitalInOut.switch_to_output", "NoneType", chargeNothing},
    {"keypad.Event", "keypad.Event", chargeSmall},
    {"keypad.EventQueue.clear", "NoneType", chargeNothing},
    {"keypad.EventQueue.get", "", chargeKeyEvent},
    {"keypad.EventQueue.get_into", "bool", chargeNothing},
    {"keypad.KeyMatrix", "keypad.KeyMatrix", chargeKeys},
    {"keypad.Keys", "keypad.Keys", chargeKeys},
    {"machine.ADC", "machine.ADC", chargeSmall},
    {"machine.ADC.atten", "NoneType", chargeNothing},
    {"machine.ADC.read", "int", chargeInt<0, 4095>},
    {"machine.ADC.read_u16", "int", chargeInt<0, 65535>},
    {"machine.ADC.read_uv", "int", chargeInt<0, 10'000'000>},
    {"machine.ADC.width", "NoneType", chargeNothing},
    {"machine.I2C", "machine.I2C", chargeSmall},
    {"machine.I2C.readfrom", "bytes", chargeRead<2, false>},
    {"machine.I2C.readfrom_into", "NoneType", chargeReadInto<2>},
    {"machine.I2C.readfrom_mem", "bytes", chargeRead<3, false>},
    {"machine.I2C.readfrom_mem_into", "NoneType", chargeReadInto<3>},
    {"machine.I2C.scan", "list", chargeScan},
    {"machine.I2C.writeto", "int", chargeNothing},
    {"machine.I2C.writeto_mem", "NoneType", chargeNothing},
    {"machine.I2C.writevto", "int", chargeParts},
    {"machine.PWM", "machine.PWM", chargeSmall},
    {"machine.PWM.deinit", "NoneType", chargeNothing},
    {"machine.PWM.duty", "", chargeGetOrSet<1, 1023>},
    {"machine.PWM.duty_ns", "", chargeGetOrSet<1, 1'000'000'000>},
    {"machine.PWM.duty_u16", "", chargeGetOrSet<1, 65535>},
    {"machine.PWM.freq", "", chargeGetOrSet<1, 100'000'000>},
    {"machine.PWM.init", "NoneType", chargeNothing},
    {"machine.Pin", "machine.Pin", chargeSmall},
    {"machine.Pin.high", "NoneType", chargeNothing},
    {"machine.Pin.init", "NoneType", chargeNothing},
    {"machine.Pin.irq", "", chargeSmall},
    {"machine.Pin.low", "NoneType", chargeNothing},
    {"machine.Pin.off", "NoneType", chargeNothing},
    {"machine.Pin.on", "NoneType", chargeNothing},
    {"machine.Pin.toggle", "NoneType", chargeNothing},
    {"machine.Pin.value", "", chargeGetOrSet<1, 1>},
    {"machine.RTC", "machine.RTC", chargeSmall},
    {"machine.RTC.datetime", "tuple", chargeDateTime},
    {"machine.SPI", "machine.SPI", chargeSmall},
    {"machine.SPI.deinit", "NoneType", chargeNothing},
    {"machine.SPI.init", "NoneType", chargeNothing},
    {"machine.SPI.read", "bytes", chargeRead<1, false>},
    {"machine.SPI.readinto", "NoneType", chargeReadInto<1>},
    {"machine.SPI.write", "NoneType", chargeNothing},
    {"machine.SPI.write_readinto", "NoneType", chargeReadInto<2>},
    {"machine.Signal", "machine.Signal", chargeSmall},
    {"machine.Signal.off", "NoneType", chargeNothing},
    {"machine.Signal.on", "NoneType", chargeNothing},
    {"machine.Signal.value", "", chargeGetOrSet<1, 1>},
    {"machine.SoftI2C", "machine.SoftI2C", chargeSmall},
    {"machine.SoftI2C.readfrom", "bytes", chargeRead<2, false>},
    {"machine.SoftI2C.readfrom_into", "NoneType", chargeReadInto<2>},
    {"machine.SoftI2C.readfrom_mem", "bytes", chargeRead<3, false>},
    {"machine.SoftI2C.readfrom_mem_into", "NoneType", chargeReadInto<3>},
    {"machine.SoftI2C.scan", "list", chargeScan},
    {"machine.SoftI2C.writeto", "int", chargeNothing},
    {"machine.SoftI2C.writeto_mem", "NoneType", chargeNothing},
    {"machine.SoftI2C.writevto", "int", chargeNothing},
    {"machine.SoftSPI", "machine.SoftSPI", chargeSmall},
    {"machine.SoftSPI.read", "bytes", chargeRead<1, false>},
    {"machine.SoftSPI.readinto", "NoneType", chargeReadInto<1>},
    {"machine.SoftSPI.write", "NoneType", chargeNothing},
    {"machine.SoftSPI.write_readinto", "NoneType", chargeReadInto<2>},
    {"machine.Timer", "machine.Timer", chargeSmall},
    {"machine.Timer.deinit", "NoneType", chargeNothing},
    {"machine.Timer.init", "NoneType", chargeNothing},
    {"machine.TouchPad", "machine.TouchPad", chargeSmall},
    {"machine.TouchPad.read", "int", chargeInt<0, 65535>},
    {"machine.UART", "machine.UART", chargeUart},
    {"machine.UART.any", "int", chargeInt<0, 65535>},
    {"machine.UART.deinit", "NoneType", chargeNothing},
    {"machine.UART.init", "NoneType", chargeUartInit},
    {"machine.UART.read", "", chargeUartRead},
    {"machine.UART.readinto", "", chargeReadSome<1>},
    {"machine.UART.readline", "", chargeUartLine},
    {"machine.UART.write", "int", chargeWrite},
    {"machine.WDT", "machine.WDT", chargeSmall},
    {"machine.WDT.feed", "NoneType", chargeNothing},
    {"machine.bitstream", "NoneType", chargeNothing},
    {"machine.deepsleep", "NoneType", chargeReset},
    {"machine.dht_readinto", "NoneType", chargeReadInto<1>},
    {"machine.disable_irq", "", chargeInt<0, 0xFFFF>},
    {"machine.enable_irq", "NoneType", chargeNothing},
    {"machine.freq", "", chargeGetOrSet<0, 1'000'000'000>},
    {"machine.idle", "NoneType", chargeNothing},
    {"machine.lightsleep", "NoneType", chargeNothing},
    {"machine.reset", "NoneType", chargeReset},
    {"machine.reset_cause", "int", chargeInt<0, 16>},
    {"machine.sleep", "NoneType", chargeNothing},
    {"machine.soft_reset", "NoneType", chargeReset},
    {"machine.time_pulse_us", "int", chargeInt<-2, 1'000'000>},
    {"machine.unique_id", "bytes", chargeUniqueId},
    {"microcontroller.delay_us", "NoneType", chargeNothing},
    {"microcontroller.disable_interrupts", "NoneType", chargeNothing},
    {"microcontroller.enable_interrupts", "NoneType", chargeNothing},
    {"microcontroller.reset", "NoneType", chargeReset},
    {"neopixel.NeoPixel", "neopixel.NeoPixel", chargeNeoPixel},
    {"neopixel.NeoPixel.deinit", "NoneType", chargeNothing},
    {"neopixel.NeoPixel.fill", "NoneType", chargeNothing},
    {"neopixel.NeoPixel.show", "NoneType", chargeNothing},
    {"neopixel.NeoPixel.write", "NoneType", chargeNothing},
    {"neopixel_write.neopixel_write", "NoneType", chargeNothing},
    {"pulseio.PulseIn", "pulseio.PulseIn", chargePulses},
    {"pulseio.PulseIn.clear", "NoneType", chargeNothing},
    {"pulseio.PulseIn.pause", "NoneType", chargeNothing},
    {"pulseio.PulseIn.popleft", "int", chargeInt<0, 65535>},
    {"pulseio.PulseIn.resume", "NoneType", chargeNothing},
    {"pwmio.PWMOut", "pwmio.PWMOut", chargeSmall},
    {"pwmio.PWMOut.deinit", "NoneType", chargeNothing},
    {"rotaryio.IncrementalEncoder", "rotaryio.IncrementalEncoder", chargeSmall},
    {"supervisor.reload", "NoneType", chargeReset},
    {"supervisor.ticks_ms", "int", chargeInt<0, (1 << 29) - 1>},
    {"touchio.TouchIn", "touchio.TouchIn", chargeSmall},
};

constexpr auto kRows = nativeRows<kTable>();

} // namespace

llvm::ArrayRef<NativeRow> hardwareNatives() { return kRows; }

} // namespace fraglint
