# Joining through an AirLift, and the first answer, come before a picture and a trace that need neither.
import adafruit_imageload
import adafruit_requests as requests
import board
import busio
import displayio
from adafruit_esp32spi import adafruit_esp32spi
from digitalio import DigitalInOut

spi = busio.SPI(board.SCK, board.MOSI, board.MISO)
esp = adafruit_esp32spi.ESP_SPIcontrol(
    spi, DigitalInOut(board.ESP_CS), DigitalInOut(board.ESP_BUSY), DigitalInOut(board.ESP_RESET)
)
while not esp.is_connected:
    try:
        esp.connect_AP("shed", "correct horse")
    except OSError as error:
        print("not yet:", error)
tiles, colours = adafruit_imageload.load("/sun_moon.bmp")  # expect-note: "above line 14"
answer = requests.get("http://pump.local/level")
print(answer.status_code)
trace = displayio.Bitmap(240, 80, 4)  # expect-note: "exactly 4,800 bytes" "above line 14"
group = displayio.Group()
group.append(displayio.TileGrid(tiles, pixel_shader=colours))
group.append(displayio.TileGrid(trace, pixel_shader=displayio.Palette(4), y=120))
board.DISPLAY.root_group = group
