"""Pins are their names, which are the channels that they are read from."""

A0 = "A0"
A1 = "A1"
A2 = "A2"
A3 = "A3"
D5 = "D5"
D6 = "D6"
D9 = "D9"
D10 = "D10"
D11 = "D11"
D12 = "D12"
D13 = "D13"
GP0 = "GP0"
GP1 = "GP1"
GP2 = "GP2"
GP3 = "GP3"
GP4 = "GP4"
GP5 = "GP5"
GP6 = "GP6"
GP7 = "GP7"
GP14 = "GP14"
GP15 = "GP15"
GP26 = "GP26"
LED = "LED"
TX = "TX"
RX = "RX"
SCL = "SCL"
SDA = "SDA"
NEOPIXEL = "NEOPIXEL"


class Display:
    def __init__(self):
        self.width = 240
        self.height = 135
        self.brightness = 1
        self.root_group = None

    def show(self, group):
        self.root_group = group

    def refresh(self):
        pass


class Bus:
    def try_lock(self):
        return True

    def unlock(self):
        pass


DISPLAY = Display()
BUS = Bus()


def I2C():
    return BUS


def STEMMA_I2C():
    return BUS
