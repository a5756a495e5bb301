"""Scrolls messages over four 8x8 modules (MAX7219): text comes over the serial port, the framebuffer is drawn column by column."""
import framebuf
import time

from machine import Pin, SPI, UART

MODULES = 4
WIDTH = MODULES * 8
REGISTERS = ((0x0F, 0), (0x0C, 1), (0x0B, 7), (0x09, 0), (0x0A, 2))


class Matrix(framebuf.FrameBuffer):
    def __init__(self, spi, cs, modules):
        self.spi = spi
        self.cs = cs
        self.modules = modules
        self.pixels = bytearray(modules * 8)
        super().__init__(self.pixels, modules * 8, 8, framebuf.MONO_HLSB)
        for register, value in REGISTERS:
            self._all(register, value)

    def _all(self, register, value):
        self.cs.off()
        self.spi.write(bytes([register, value]) * self.modules)
        self.cs.on()

    def show(self):
        pair = bytearray(2)
        for row in range(8):
            self.cs.off()
            pair[0] = row + 1
            for module in range(self.modules):
                pair[1] = self.pixels[row * self.modules + module]
                self.spi.write(pair)
            self.cs.on()

    def brightness(self, level):
        self._all(0x0A, level & 15)


class Message:
    def __init__(self, text, repeat=1, urgent=False):
        self.text = text
        self.repeat = repeat
        self.urgent = urgent
        self.canvas_width = 8 * len(text)

    @classmethod
    def parse(cls, line):
        """`!text` is urgent, `3*text` is shown three times, `\\t` stands for the time of day."""
        text = line.strip()
        urgent = text.startswith("!")
        text = text.lstrip("!")
        times = 1
        if "*" in text[:3]:
            head, _, rest = text.partition("*")
            if head.isdigit():
                times, text = int(head), rest
        if "\\t" in text:
            now = time.localtime()
            text = text.replace("\\t", "%02d:%02d" % (now[3], now[4]))
        if not text:
            raise ValueError("empty")
        return cls(text, times, urgent)

    def frames(self, matrix):
        canvas = framebuf.FrameBuffer(bytearray(self.canvas_width), self.canvas_width, 8, framebuf.MONO_HLSB)
        canvas.text(self.text, 0, 0, 1)
        for shift in range(WIDTH, -self.canvas_width, -8):
            matrix.fill(0)
            matrix.blit(canvas, shift, 0)
            yield shift


class Board:
    def __init__(self, matrix, limit=5):
        self.matrix = matrix
        self.limit = limit
        self.messages = []
        self.shown = 0

    def add(self, message):
        if message.urgent:
            self.messages.insert(0, message)
        else:
            self.messages.append(message)
        dropped = self.messages[self.limit:]
        self.messages = self.messages[: self.limit]
        return len(dropped)

    def step(self):
        if not self.messages:
            return False
        message = self.messages.pop(0)
        for _ in range(message.repeat):
            for _ in message.frames(self.matrix):
                self.matrix.show()
                self.shown += 1
        return True


uart = UART(1, baudrate=9600)
board = Board(Matrix(SPI(0, baudrate=5_000_000), Pin(17, Pin.OUT), MODULES))
while True:
    line = uart.readline()
    if line is None:
        if not board.step():
            board.matrix.fill(0)
            board.matrix.hline(0, 7, board.shown % WIDTH, 1)
            board.matrix.show()
        continue
    if line.startswith(b"@"):
        board.matrix.brightness(line[1] - 48)
        continue
    try:
        message = Message.parse(line.decode())
        if board.add(message):
            uart.write(b"full\n")
        uart.write("queued %d: %s\n" % (len(board.messages), message.text))
    except (ValueError, UnicodeError) as e:
        uart.write("no: {}\n".format(e))
