"""A potentiometer and a light sensor, smoothed over a ring of samples, on a small display."""
import array

import ssd1306
import time
from machine import ADC, I2C, PWM, Pin

WINDOW = 16

adc_pot = ADC(Pin(26))
adc_light = ADC(Pin(27))
led = PWM(Pin(15), freq=1000)
i2c = I2C(0, scl=Pin(5), sda=Pin(4))
oled = ssd1306.SSD1306_I2C(128, 32, i2c)


class Smooth:
    """The mean of the last readings, without making a list for it."""

    def __init__(self, adc, window):
        self.adc = adc
        self.ring = array.array("H", bytearray(window * 2))
        self.at = 0
        self.total = 0
        self.filled = 0

    def update(self):
        value = self.adc.read_u16()
        self.total += value - self.ring[self.at]
        self.ring[self.at] = value
        self.at = (self.at + 1) % len(self.ring)
        if self.filled < len(self.ring):
            self.filled += 1
        return self.total // self.filled


pot = Smooth(adc_pot, WINDOW)
light = Smooth(adc_light, WINDOW)
shown = None
while True:
    wanted = pot.update()
    bright = light.update()
    led.duty_u16(wanted if bright < 20000 else 0)
    percent = wanted * 100 // 65535
    if percent != shown:
        shown = percent
        oled.fill(0)
        oled.text("Lamp {:3d} %".format(percent), 0, 0)
        oled.text("Light " + str(bright), 0, 12)
        oled.fill_rect(0, 28, percent * 128 // 100, 4, 1)
        oled.show()
    time.sleep_ms(50)
