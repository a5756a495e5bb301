"""What comes in at the UART is the channel `uart`."""
from recorded_bytes import Stream, convert

convert("uart")


class UART:
    def __init__(self, tx, rx, baudrate=9600, timeout=1, receiver_buffer_size=64):
        self.baudrate = baudrate
        self.timeout = timeout
        self.stream = Stream("uart")

    @property
    def in_waiting(self):
        return self.stream.peek()

    def read(self, nbytes=None):
        return self.stream.take()

    def readline(self):
        return self.stream.take()

    def readinto(self, buffer):
        return self.stream.take_into(buffer)

    def reset_input_buffer(self):
        self.stream.held = None

    def write(self, buffer):
        return len(buffer)


class I2C:
    def __init__(self, scl, sda, frequency=100000):
        self.frequency = frequency

    def try_lock(self):
        return True

    def unlock(self):
        pass
