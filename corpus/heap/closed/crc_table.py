# A CRC-8 table made once and used for several messages. (micro:bit)
POLYNOMIAL = 0x07

table = bytearray(64)
for n in range(64):
    crc = n
    for _ in range(8):
        crc = (crc << 1) ^ POLYNOMIAL if crc & 0x80 else crc << 1
    table[n] = crc & 0xFF


def check(data):
    crc = 0
    for byte in data:
        crc = table[(crc ^ byte) & 63] ^ (crc >> 6)
    return crc


for message in (b"hello", b"123456789", bytes(4), b"\xff" * 3):
    print(len(message), check(message))
