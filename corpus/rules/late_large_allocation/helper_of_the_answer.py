# Which picture is shown the server says; the other one is only looked at and goes again.
import adafruit_imageload
import adafruit_requests
import board
import displayio
import socketpool
import wifi


def picture_of(name):
    picture, colours = adafruit_imageload.load("/pictures/" + name)
    return displayio.TileGrid(picture, pixel_shader=colours)


def darkest_of(name):
    picture, colours = adafruit_imageload.load(name)
    return min(colours[picture[x, 0]] for x in range(picture.width))


wifi.radio.connect("shed", "correct horse")
session = adafruit_requests.Session(socketpool.SocketPool(wifi.radio))
today = session.get("http://frame.local/today").headers
group = displayio.Group()
group.append(picture_of(today["picture"]))
shade = darkest_of("/background.bmp")
board.DISPLAY.root_group = group
