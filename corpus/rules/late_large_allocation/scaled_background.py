# A background drawn at an eighth of the size on purpose: a hundred bytes on any small display.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import displayio
import supervisor
import socketpool
import wifi

display = supervisor.runtime.display
client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
client.connect()
backdrop = displayio.Group(scale=8)
white = displayio.Bitmap(display.width // 8, display.height // 8, 1)
colours = displayio.Palette(1)
colours[0] = 0xFFFFFF
backdrop.append(displayio.TileGrid(white, pixel_shader=colours))
display.root_group = backdrop
