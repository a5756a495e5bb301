# The reset stands on a way that leaves the loop: while it goes on, the buffer grows.
import time

import board


class Line:
    def __init__(self, uart):
        self.uart = uart
        self.pending = b""

    def close(self):
        self.pending = b""

    def read(self):
        start = time.monotonic()
        while b"\r\n" not in self.pending:
            if self.uart.in_waiting:
                self.pending += self.uart.read(self.uart.in_waiting)  # expect
            elif time.monotonic() - start > 5:
                self.close()
                raise RuntimeError("no answer")
        if len(self.pending) > 0:
            print(self.pending)
        line = self.pending
        self.pending = b""
        return line


print(Line(board.UART()).read())
