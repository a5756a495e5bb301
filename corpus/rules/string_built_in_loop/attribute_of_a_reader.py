# An attribute is a name like any other.
import board


class LineReader:
    def __init__(self, uart):
        self.uart = uart
        self.pending = b""

    def readline(self):
        while b"\n" not in self.pending:
            self.pending += self.uart.read(32) or b""  # expect: "`self.pending`"
        line, self.pending = self.pending.split(b"\n", 1)
        return line


reader = LineReader(board.UART())
while True:
    print(reader.readline())
