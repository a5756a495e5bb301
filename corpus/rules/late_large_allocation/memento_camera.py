# This library drives one board only, which has 2 MB of external RAM: nothing here is large on it.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import adafruit_pycamera
import displayio
import socketpool
import wifi

camera = adafruit_pycamera.PyCamera()
client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
client.connect()
preview = displayio.Bitmap(240, 176, 65535)
camera.blit(preview)
