# RS485 I/O node. Frames: COBS between zero bytes; inside ADDR CMD SEQ LEN DATA... CRC16 (little endian).
import struct
from machine import ADC, Pin, UART
import time

MY_ADDRESS = 0x12
BROADCAST = 0xFF
MAX_FRAME = 64

uart = UART(1, baudrate=57600, timeout=2)
outputs = [Pin(n, Pin.OUT) for n in (10, 11, 12, 13)]
inputs = [Pin(n, Pin.IN, Pin.PULL_UP) for n in (18, 19, 20)]
analog = [ADC(26), ADC(27)]

stats = {"crc": 0, "overrun": 0, "other": 0}


def crc16(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def cobs_decode(data):
    out = bytearray()
    at = 0
    while at < len(data):
        code = data[at]
        if code == 0 or at + code > len(data):
            return None
        out += data[at + 1 : at + code]
        at += code
        if code < 255 and at < len(data):
            out.append(0)
    return out


def cobs_encode(data):
    out = bytearray([0])
    mark = 0
    for byte in data:
        if byte:
            out.append(byte)
        else:
            out[mark] = len(out) - mark
            mark = len(out)
            out.append(0)
    out[mark] = len(out) - mark
    out.append(0)
    return out


def do_ping(data):
    return b"io-node 3.1"


def do_write(data):
    if len(data) != 2:
        raise ValueError(2)
    mask, levels = data
    for i, pin in enumerate(outputs):
        if mask >> i & 1:
            pin.value(levels >> i & 1)
    return b""


def do_read(data):
    bits = 0
    for i, pin in enumerate(inputs):
        bits |= pin.value() << i
    return struct.pack("<BHH", bits, analog[0].read_u16(), analog[1].read_u16())


COMMANDS = {0x01: do_ping, 0x10: do_write, 0x11: do_read}


def answer(command, seq, payload):
    body = struct.pack("BBBB", MY_ADDRESS, command, seq, len(payload)) + payload
    uart.write(cobs_encode(body + struct.pack("<H", crc16(body))))


def handle(frame):
    if len(frame) < 6 or frame[0] not in (MY_ADDRESS, BROADCAST):
        stats["other"] += 1
        return
    if crc16(frame[:-2]) != struct.unpack_from("<H", frame, len(frame) - 2)[0]:
        stats["crc"] += 1
        return
    _, command, seq, length = struct.unpack_from("BBBB", frame)
    try:
        if command not in COMMANDS:
            raise ValueError(1)
        result = COMMANDS[command](frame[4 : 4 + length])
    except ValueError as e:
        command, result = command | 0x80, bytes([e.args[0]])
    if frame[0] != BROADCAST:
        answer(command, seq, result)


received = bytearray()
chunk = bytearray(32)
while True:
    count = uart.readinto(chunk)
    if not count:
        time.sleep_ms(1)
        continue
    for i in range(count):
        byte = chunk[i]
        if byte:
            if len(received) < MAX_FRAME:
                received.append(byte)
            else:
                stats["overrun"] += 1
                received = bytearray()
        elif received:
            frame = cobs_decode(received)
            received = bytearray()
            if frame is not None:
                handle(frame)
