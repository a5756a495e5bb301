# Functions that are handed out run beside the loop: here a server's and a client's.
import adafruit_imageload
import adafruit_minimqtt.adafruit_minimqtt as mqtt
import board
import displayio
from adafruit_httpserver import GET, Response, Server

server = Server(board.POOL, "/static")
client = mqtt.MQTT(broker="broker.local", socket_pool=board.POOL)
wall = displayio.Group()
board.DISPLAY.root_group = wall


def hang(path):
    if len(wall):
        wall.pop()
    picture, colors = adafruit_imageload.load(path)  # expect-note: "`adafruit_imageload.load(path)`"
    wall.append(displayio.TileGrid(picture, pixel_shader=colors))


@server.route("/picture", GET)
def picture(request):
    hang(request.query_params["name"])
    return Response(request, "done")


def on_message(client, topic, message):
    hang(message)


client.on_message = on_message
server.start("0.0.0.0")
while True:
    server.poll()
    client.loop()
