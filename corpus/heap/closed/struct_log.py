# Fixed-size records packed into a bytearray, with integers that need more than a small int.
import struct

RECORD = "<IhHf"
SIZE = struct.calcsize(RECORD)
COUNT = 24
log = bytearray(SIZE * COUNT)
START = 3900000000


def write(i):
    struct.pack_into(RECORD, log, i * SIZE, START + i * 60, i * 7 - 80, i * i * 90, i / 4)


def read(i):
    return struct.unpack_from(RECORD, log, i * SIZE)


for i in range(COUNT):
    write(i)

oldest = read(0)
newest = read(COUNT - 1)
print(SIZE, len(log), newest[0] - oldest[0])
coldest = None
energy = 0.0
for i in range(COUNT):
    when, temp, light, volts = read(i)
    energy += volts
    if coldest is None or temp < coldest[1]:
        coldest = (when, temp)
print(coldest, energy)
words = struct.unpack("<6H", log[:12])
print(len(words), words[2], struct.pack(">I", 0xDEADBEEF))
