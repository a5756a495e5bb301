# Whether the icons are worth their room shows only when the network answered, or a button is held.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import adafruit_imageload
import board
import digitalio
import displayio
import socketpool
import wifi

wants_icons = digitalio.DigitalInOut(board.BUTTON)
group = displayio.Group()
client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
client.connect()
joined = wifi.radio.connected
if joined:
    sheet, colours = adafruit_imageload.load("/wind_icons.bmp")
    group.append(displayio.TileGrid(sheet, pixel_shader=colours))
if wants_icons.value:
    arrows, greys = adafruit_imageload.load("/arrows.bmp")
    group.append(displayio.TileGrid(arrows, pixel_shader=greys))
board.DISPLAY.root_group = group
