# Whether the icons are worth their room shows only when the network answered, or a button is held.
import adafruit_imageload
import board
import digitalio
import displayio
import wifi

wants_icons = digitalio.DigitalInOut(board.BUTTON)
group = displayio.Group()
wifi.radio.connect("shed", "correct horse")
joined = wifi.radio.connected
if joined:
    sheet, colours = adafruit_imageload.load("/wind_icons.bmp")
    group.append(displayio.TileGrid(sheet, pixel_shader=colours))
if wants_icons.value:
    arrows, greys = adafruit_imageload.load("/arrows.bmp")
    group.append(displayio.TileGrid(arrows, pixel_shader=greys))
board.DISPLAY.root_group = group
