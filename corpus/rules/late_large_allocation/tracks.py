# Made for each item of a list: not one object that is made once.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import socketpool
import wifi


class Track:
    def __init__(self, name):
        self.name = name
        self.points = bytearray(2048)


client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
client.connect()
tracks = [Track(name) for name in ("north", "south")]
print(len(tracks))
