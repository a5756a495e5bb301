# The picture of the day is there only when the helper, and what that calls, wrote it.
import adafruit_imageload
import adafruit_requests
import board
import displayio
import socketpool
import wifi

wifi.radio.connect("shed", "correct horse")
session = adafruit_requests.Session(socketpool.SocketPool(wifi.radio))


def keep(answer, path):
    with open(path, "wb") as file:
        for chunk in answer.iter_content(512):
            file.write(chunk)


def fetch_picture(day):
    answer = session.get("http://frame.local/" + day)
    keep(answer, "/today.bmp")
    answer.close()


fetch_picture("monday")
picture, colours = adafruit_imageload.load("/today.bmp")
group = displayio.Group()
group.append(displayio.TileGrid(picture, pixel_shader=colours))
board.DISPLAY.root_group = group
