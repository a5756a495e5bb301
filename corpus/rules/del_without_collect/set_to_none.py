# Setting a name or an attribute to None drops what it held, too.
import board

uart = board.UART()


class Camera:
    def __init__(self):
        self.frame = None
        self.thumbnail = None

    def start(self):
        self.frame = bytearray(32768)
        uart.readinto(self.frame)

    def stop(self):
        self.frame = None  # expect: "exactly 32,784 bytes"
        self.thumbnail = bytearray(2048)


table = [0] * 1000
print(sum(table))
table = None  # expect: "to None frees nothing by itself"
camera = Camera()
camera.start()
camera.stop()
