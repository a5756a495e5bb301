"""Kitchen clock on a PyPortal: big digits, the date, and the colour of tomorrow's bin.

Fonts go to /fonts; the bins come from a small JSON file on the server in the cellar.
"""
import gc
import time

import analogio
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label
from adafruit_pyportal import PyPortal

import config
from clock_face import ClockFace, LightChart

pyportal = PyPortal(url=config.URL, json_path=config.JSON_PATH, status_neopixel=board.NEOPIXEL)
light = analogio.AnalogIn(board.LIGHT)

big_font = bitmap_font.load_font(config.FONT_BIG)
big_font.load_glyphs(b"0123456789:-")
small_font = bitmap_font.load_font(config.FONT_SMALL)
small_font.load_glyphs(b"abcdefghijklmnopqrstuvwxyzMTWFS0123456789. ")

# Half a picture to draw the dial on. By now the glyphs lie all over the heap.
dial = displayio.Bitmap(320, 200, 16)  # expect: late-large-allocation
dial_colors = displayio.Palette(16)
for i in range(16):
    dial_colors[i] = i * 0x0A0A10
for x in range(320):
    dial[x, 0] = dial[x, 199] = 9

splash = pyportal.splash
splash.append(displayio.TileGrid(dial, pixel_shader=dial_colors))
face = ClockFace(big_font, small_font)
splash.append(face)
bin_label = label.Label(small_font, text="waiting for the bins", x=20, y=220, color=0xFFD040)
splash.append(bin_label)

chart = LightChart()
bus = board.DISPLAY.bus
last_fetch = None
while True:
    if last_fetch is None or time.monotonic() - last_fetch > config.FETCH_EVERY:
        try:
            colour = pyportal.fetch()
            # Once an hour: the label may well be rebuilt then.
            bin_label.text = "put out the {} bin".format(colour)
        except (ValueError, RuntimeError) as error:
            print("no bins:", error)
        last_fetch = time.monotonic()
    face.show(time.localtime())
    chart.push(bus, light.value // 205)
    # Found by trial: below this the next fetch does not get through.
    if gc.mem_free() < 30000:
        gc.collect()
    time.sleep(0.2)
