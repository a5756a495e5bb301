# A long text in one bitmap is one run: 6 pixels of 2 bits a character, 12 lines high or more.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import board
import displayio
import terminalio
import socketpool
import wifi
from adafruit_display_text import bitmap_label, label

client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
client.connect()
group = displayio.Group()
help_line = bitmap_label.Label(  # expect-note: "above line 11"
    terminalio.FONT, text="A: next city   B: units   A+B: brightness   hold A: network   hold B: off"
)
help_line.y = 230
group.append(help_line)
# Glyph by glyph the same text fits anywhere.
about = label.Label(terminalio.FONT, text="Tides of the next three days, from the harbour office's own tables")
group.append(about)
short = bitmap_label.Label(terminalio.FONT, text="Tides")
group.append(short)
board.DISPLAY.root_group = group
