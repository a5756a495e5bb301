# A portal collects as the last thing of its set-up: what comes right behind it finds the heap in order.
import board
import displayio
from adafruit_pyportal import PyPortal

portal = PyPortal(status_neopixel=board.NEOPIXEL)
background = displayio.Bitmap(board.DISPLAY.width, board.DISPLAY.height, 2)
colours = displayio.Palette(2)
portal.splash.append(displayio.TileGrid(background, pixel_shader=colours))
