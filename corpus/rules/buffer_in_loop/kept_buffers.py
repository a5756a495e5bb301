# Buffers that outlive the pass that makes them: growth or replacement, not churn.
import array
import board
import displayio

uart = board.UART()
group = displayio.Group()
frames = []
by_name = {}
previous = bytearray(1024)


class Recorder:
    def __init__(self):
        self.take = None
        self.takes = []

    def record(self):
        while len(self.takes) < 100:
            self.take = bytearray(1024)  # expect: old-and-new-coexist "`self.take`"
            uart.readinto(self.take)
            copy = bytearray(1024)
            self.takes.append(copy)


def generate():
    while True:
        block = bytearray(1024)
        uart.readinto(block)
        yield block


def first_full():
    while True:
        block = bytearray(1024)
        uart.readinto(block)
        if block[-1]:
            return block


def store(buffer):
    frames.append(buffer)


for number in range(10):
    frame = bytearray(1024)
    uart.readinto(frame)
    frames.append(frame)

for name in ("a", "b", "c", "d", "e", "f", "g", "h", "i"):
    by_name[name] = bytearray(1024)

for number in range(10):
    tile = displayio.Bitmap(64, 64, 16)
    group.append(displayio.TileGrid(tile, pixel_shader=displayio.Palette(16)))

while True:
    current = bytearray(1024)
    uart.readinto(current)
    print(sum(a != b for a, b in zip(previous, current)))
    previous = current
    block = array.array("B", bytes(1024))
    store(block)
