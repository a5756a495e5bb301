# A receive buffer read through memoryview slices instead of copies.
import struct

buffer = bytearray(96)
view = memoryview(buffer)
used = 0


def receive(chunk):
    global used
    view[used:used + len(chunk)] = chunk
    used += len(chunk)


def frames():
    at = 0
    while at + 3 <= used:
        kind, size = struct.unpack_from(">BH", buffer, at)
        at += 3
        yield kind, view[at:at + size]
        at += size


for n in range(6):
    body = bytes([n * 16 + i for i in range(n + 4)])
    receive(struct.pack(">BH", n, len(body)))
    receive(body)

total = 0
for kind, body in frames():
    total += sum(body) * (kind + 1)
    if kind == 4:
        print(len(body), body[0], bytes(body[-2:]))
print(used, total)
shared = view[3:7]
shared[0] = 255
print(buffer[3], len(view), bytes(buffer[:8]))
