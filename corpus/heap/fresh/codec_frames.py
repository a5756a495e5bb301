# Frames for a radio: CRC-16 by table, COBS stuffing, own base64 beside that of binascii, memoryviews instead of copies.
import binascii
import struct
from array import array

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def make_table(polynomial=0x1021):
    table = array("H", (0 for _ in range(256)))
    for byte in range(256):
        crc = byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ polynomial if crc & 0x8000 else crc << 1
        table[byte] = crc & 0xFFFF
    return table


TABLE = make_table()


def crc16(data, crc=0xFFFF):
    for byte in data:
        crc = ((crc << 8) & 0xFFFF) ^ TABLE[(crc >> 8) ^ byte]
    return crc


def cobs_encode(data):
    out = bytearray(b"\x00")
    start = 0
    for byte in data:
        if byte:
            out.append(byte)
        if not byte or len(out) - start == 255:
            out[start] = len(out) - start
            start = len(out)
            out.append(0)
    out[start] = len(out) - start
    out.append(0)
    return bytes(out)


def cobs_decode(data):
    out = bytearray()
    view = memoryview(data)
    i = 0
    while i < len(view) and view[i]:
        count = view[i]
        out.extend(view[i + 1:i + count])
        i += count
        if count < 255 and i < len(view) and view[i]:
            out.append(0)
    return out


def base64(data):
    out = bytearray()
    for i in range(0, len(data), 3):
        chunk = data[i:i + 3]
        word = int.from_bytes(chunk + b"\0" * (3 - len(chunk)), "big")
        for shift in (18, 12, 6, 0):
            out.append(ALPHABET[word >> shift & 63])
        if len(chunk) < 3:
            out[len(chunk) - 3:] = b"=" * (3 - len(chunk))
    return out.decode()


class Framer:
    HEADER = ">BHb"

    def __init__(self, node):
        self.node = node
        self.sequence = 0
        self.buffer = bytearray(64)

    def build(self, payload, rssi=-40):
        size = struct.calcsize(self.HEADER)
        struct.pack_into(self.HEADER, self.buffer, 0, self.node, self.sequence, rssi)
        self.sequence += 1
        end = size + len(payload)
        self.buffer[size:end] = payload
        view = memoryview(self.buffer)[:end]
        return cobs_encode(bytes(view) + struct.pack(">H", crc16(view)))

    def parse(self, frame):
        raw = cobs_decode(frame)
        body, (crc,) = memoryview(raw)[:-2], struct.unpack(">H", raw[-2:])
        if crc16(body) != crc:
            raise ValueError("crc %04x, not %04x" % (crc, crc16(body)))
        node, sequence, rssi = struct.unpack_from(self.HEADER, body)
        return node, sequence, rssi, bytes(body[struct.calcsize(self.HEADER):])


framer = Framer(7)
for payload in (b"hello", b"\0\0\x01\0", bytes(range(12)), struct.pack("<hhf", -12, 3000, 21.5)):
    frame = framer.build(payload, rssi=-40 - framer.sequence)
    print(len(payload), binascii.hexlify(frame, " ").decode())
    print("   ", framer.parse(frame))
damaged = bytearray(frame)
damaged[4] ^= 0x10
try:
    framer.parse(damaged)
except ValueError as error:
    print("damaged:", error)
for text in (b"", b"f", b"fo", b"foo", b"Many hands make light work."):
    ours, theirs = base64(text), binascii.b2a_base64(text).decode().strip()
    print(ours, ours == theirs, binascii.a2b_base64(theirs.encode()) == text)
print("%04x" % crc16(b"123456789"), len(TABLE), TABLE[255], hex(binascii.crc32(b"123456789")))
