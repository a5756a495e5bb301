# Packets with header, payload and checksum built in bytearrays and parsed back. (micro:bit)
import struct

HEADER = "<BBH"
SYNC = 0xA5


def checksum(data):
    total = 0
    for byte in data:
        total = (total + byte) & 0xFF
    return total ^ 0xFF


def build(kind, number, payload):
    packet = bytearray(struct.pack(HEADER, SYNC, kind, number))
    packet.append(len(payload))
    packet.extend(payload)
    packet.append(checksum(packet))
    return packet


def parse(packet):
    if checksum(packet[:-1]) != packet[-1]:
        raise ValueError("checksum")
    sync, kind, number = struct.unpack_from(HEADER, packet, 0)
    size = packet[4]
    return kind, number, bytes(packet[5:5 + size])


stream = bytearray()
sizes = []
for number in range(5):
    packet = build(number & 1, number * 1000, b"abcdefgh"[:number + 2])
    sizes.append(len(packet))
    stream += packet
at = 0
for size in sizes:
    kind, number, payload = parse(stream[at:at + size])
    at += size
print(len(stream), kind, number, payload)
stream[at - 1] ^= 1
try:
    parse(stream[at - size:at])
except ValueError as error:
    print("refused:", error)
