# The driver of an AirLift keeps little; it joins only when the picture is there.
import adafruit_imageload
import board
import busio
import displayio
from adafruit_esp32spi import adafruit_esp32spi
from digitalio import DigitalInOut

spi = busio.SPI(board.SCK, board.MOSI, board.MISO)
esp = adafruit_esp32spi.ESP_SPIcontrol(
    spi, DigitalInOut(board.ESP_CS), DigitalInOut(board.ESP_BUSY), DigitalInOut(board.ESP_RESET)
)
tiles, colours = adafruit_imageload.load("/sun_moon.bmp")
group = displayio.Group()
group.append(displayio.TileGrid(tiles, pixel_shader=colours))
board.DISPLAY.root_group = group
esp.connect_AP("shed", "correct horse")
