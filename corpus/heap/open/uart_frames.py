"""Takes framed messages from another board: 0x7E, length, type, payload, checksum."""
import struct
import time

import board
import busio

START = 0x7E
MAX_PAYLOAD = 32
T_PING = 1
T_SAMPLES = 2
T_TEXT = 3

uart = busio.UART(board.TX, board.RX, baudrate=57600, timeout=0, receiver_buffer_size=128)
chunk = bytearray(16)
frame = bytearray(MAX_PAYLOAD)
answer = bytearray(5)
view = memoryview(frame)

state = 0
length = 0
kind = 0
filled = 0
total = 0
errors = 0


def handle(kind, length):
    if kind == T_PING:
        struct.pack_into("<BBBH", answer, 0, START, 2, T_PING, errors)
        uart.write(answer)
    elif kind == T_SAMPLES:
        for offset in range(0, length - 1, 2):
            value = struct.unpack_from("<h", frame, offset)[0]
            if value > 2000:
                print("over the limit:", value)
    elif kind == T_TEXT:
        print("message:", str(view[:length], "utf-8"))
    else:
        print("unknown type", kind)


def take(byte):
    global state, length, kind, filled, total, errors
    if state == 0:
        if byte == START:
            state = 1
    elif state == 1:
        length = byte
        filled = 0
        total = byte
        state = 2 if byte <= MAX_PAYLOAD else 0
    elif state == 2:
        kind = byte
        total += byte
        state = 3 if length else 4
    elif state == 3:
        frame[filled] = byte
        filled += 1
        total += byte
        if filled == length:
            state = 4
    else:
        if total & 0xFF == byte:
            handle(kind, length)
        else:
            errors += 1
        state = 0


while True:
    count = uart.readinto(chunk)
    if not count:
        time.sleep(0.005)
        continue
    for index in range(count):
        take(chunk[index])
