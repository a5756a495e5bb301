"""Modbus RTU slave for a ventilation unit: coils and registers are objects, exceptions become replies."""
import struct
import time

from machine import ADC, Pin, PWM, UART

UNIT = 9
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE = 1, 2, 3


class ModbusError(Exception):
    pass


def make_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
        table.append(value)
    return tuple(table)


TABLE = make_table()


def crc(data):
    result = 0xFFFF
    for byte in data:
        result = result >> 8 ^ TABLE[(result ^ byte) & 0xFF]
    return result.to_bytes(2, "little")


class Register:
    def __init__(self, value=0, low=0, high=0xFFFF):
        self._value = value
        self.low, self.high = low, high

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, new):
        if not self.low <= new <= self.high:
            raise ModbusError(ILLEGAL_VALUE)
        self._value = new


class Input(Register):
    def __init__(self, source):
        super().__init__()
        self.source = source

    @property
    def value(self):
        return self.source()

    @value.setter
    def value(self, new):
        raise ModbusError(ILLEGAL_ADDRESS)


class Output(Register):
    def __init__(self, pwm):
        super().__init__(high=100)
        self.pwm = pwm

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, new):
        if new > self.high:
            raise ModbusError(ILLEGAL_VALUE)
        self._value = new
        self.pwm.duty_u16(new * 65535 // 100)


class Slave:
    def __init__(self, unit, registers):
        self.unit = unit
        self.registers = registers
        self.functions = {3: self.read, 4: self.read, 6: self.write_one, 16: self.write_many, 22: self.mask}
        self.counts = [0, 0, 0]

    def get(self, address):
        try:
            return self.registers[address]
        except KeyError:
            raise ModbusError(ILLEGAL_ADDRESS)

    def read(self, data):
        start, count = struct.unpack(">HH", data[:4])
        if not 1 <= count <= 32:
            raise ModbusError(ILLEGAL_VALUE)
        values = [self.get(address).value for address in range(start, start + count)]
        return struct.pack(">B%dH" % count, 2 * count, *values)

    def write_one(self, data):
        address, value = struct.unpack(">HH", data[:4])
        self.get(address).value = value
        return data[:4]

    def write_many(self, data):
        start, count, size = struct.unpack_from(">HHB", data)
        if size != 2 * count or len(data) < 5 + size:
            raise ModbusError(ILLEGAL_VALUE)
        for i, value in enumerate(struct.unpack_from(">%dH" % count, data, 5)):
            self.get(start + i).value = value
        return data[:4]

    def mask(self, data):
        address, ones, more = struct.unpack(">HHH", data)
        register = self.get(address)
        register.value = register.value & ones | more & ~ones & 0xFFFF
        return data

    def answer(self, frame):
        if len(frame) < 4 or frame[0] not in (0, self.unit):
            return None
        if crc(frame[:-2]) != frame[-2:]:
            self.counts[1] += 1
            return None
        function = frame[1]
        try:
            if function not in self.functions:
                raise ModbusError(ILLEGAL_FUNCTION)
            reply = bytes((self.unit, function)) + self.functions[function](frame[2:-2])
        except ModbusError as e:
            self.counts[2] += 1
            reply = bytes((self.unit, function | 0x80, e.args[0]))
        except ValueError:
            return None
        self.counts[0] += 1
        return None if frame[0] == 0 else reply + crc(reply)


temperature = ADC(26)
door = Pin(12, Pin.IN)
registers = {
    0: Register(215, 100, 300),
    1: Register(0, high=3),
    2: Output(PWM(Pin(14))),
    16: Input(lambda: temperature.read_u16() * 500 // 65535),
    17: Input(door.value),
}
slave = Slave(UNIT, registers)
uart = UART(1, baudrate=19200, timeout=4)
while True:
    frame = uart.read()
    if not frame:
        time.sleep_ms(2)
        continue
    reply = slave.answer(frame)
    if reply:
        uart.write(reply)
    if sum(slave.counts) % 8 == 0:
        print("served %d, crc %d, errors %d" % tuple(slave.counts))
