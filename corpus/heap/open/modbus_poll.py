"""Polls two energy meters over RS-485 (Modbus RTU) and prints what they use."""
import struct
import time

from machine import Pin, UART

METERS = ((1, "kitchen"), (2, "workshop"))
REGISTER = 0x000C
COUNT = 4

uart = UART(1, baudrate=9600, tx=Pin(8), rx=Pin(9), timeout=200)
direction = Pin(10, Pin.OUT)
request = bytearray(8)
energy = {}


def crc16(data, length):
    crc = 0xFFFF
    for index in range(length):
        crc ^= data[index]
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def send(address):
    struct.pack_into(">BBHH", request, 0, address, 4, REGISTER, COUNT)
    struct.pack_into("<H", request, 6, crc16(request, 6))
    direction.on()
    uart.write(request)
    direction.off()


def receive(address):
    reply = uart.read(5 + 2 * COUNT)
    if reply is None:
        raise OSError("no answer from %d" % address)
    if len(reply) < 5 or reply[0] != address:
        raise ValueError("odd answer")
    if struct.unpack_from("<H", reply, len(reply) - 2)[0] != crc16(reply, len(reply) - 2):
        raise ValueError("wrong checksum")
    if reply[1] & 0x80:
        raise ValueError("meter says error %d" % reply[2])
    return struct.unpack_from(">HHHH", reply, 3)


failures = 0
while True:
    for address, name in METERS:
        send(address)
        try:
            volts, amps, watts, hours = receive(address)
        except (OSError, ValueError) as error:
            failures += 1
            print(name, error)
            continue
        energy[name] = energy.get(name, 0) + watts
        print("{}: {}.{} V {} W {} Wh".format(name, volts // 10, volts % 10, watts, energy[name]))
    time.sleep_ms(1000)
