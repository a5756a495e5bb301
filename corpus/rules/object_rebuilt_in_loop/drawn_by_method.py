# Every pass calls the method that builds the page; the calls on the way are shown.
import board
import displayio
import terminalio
from adafruit_bus_device.i2c_device import I2CDevice
from adafruit_display_text import label


class Gauge:
    def __init__(self, display):
        self.display = display
        self.title = label.Label(terminalio.FONT, text="Pressure", y=8)
        self.sensor = I2CDevice(board.I2C(), 0x28)
        self.data = bytearray(4)

    def draw(self, value):
        page = displayio.Group()
        reading = label.Label(terminalio.FONT, text=f"{value:5.1f} hPa", y=30)  # expect: "outside this function"
        page.append(reading)
        self.display.root_group = page

    def step(self):
        with self.sensor as device:
            device.readinto(self.data)
        self.draw(self.data[0] / 2)

    def run(self):
        while True:
            self.step()


Gauge(board.DISPLAY).run()
