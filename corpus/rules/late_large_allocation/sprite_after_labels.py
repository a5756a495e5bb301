# Two images far apart: between them lies a font with its glyphs, so that each is late for itself.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import adafruit_imageload
import board
import displayio
import socketpool
import wifi
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import bitmap_label

client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
client.connect()
scene = displayio.Group()
sky, sky_colours = adafruit_imageload.load("/sky.bmp")  # expect-note: "above line 12"
scene.append(displayio.TileGrid(sky, pixel_shader=sky_colours))

font = bitmap_font.load_font("/fonts/Arial-14.bdf")
name = bitmap_label.Label(font, text="2024 YR4")
name.y = 12
day = bitmap_label.Label(font, text="2032-12-22")
day.y = 30
scene.append(name)
scene.append(day)

rock, rock_colours = adafruit_imageload.load("/rock.bmp")  # expect-note: "above line 12"
rock_colours.make_transparent(0)
scene.append(displayio.TileGrid(rock, pixel_shader=rock_colours))
board.DISPLAY.root_group = scene
