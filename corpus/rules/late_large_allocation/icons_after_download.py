# What is written before is another file: the icons come with the program.
import adafruit_imageload
import adafruit_requests
import board
import displayio
import socketpool
import wifi

wifi.radio.connect("shed", "correct horse")
session = adafruit_requests.Session(socketpool.SocketPool(wifi.radio))


def download(url, path):
    answer = session.get(url)
    with open(path, "wb") as file:
        for chunk in answer.iter_content(512):
            file.write(chunk)
    answer.close()


download("http://map.local/today", "/map.bmp")
icons, colours = adafruit_imageload.load("/assets/planes.bmp")  # expect-note: "above line 21"
group = displayio.Group()
map_picture = displayio.OnDiskBitmap("/map.bmp")
group.append(displayio.TileGrid(map_picture, pixel_shader=map_picture.pixel_shader))
group.append(displayio.TileGrid(icons, pixel_shader=colours, tile_width=16, tile_height=16))
board.DISPLAY.root_group = group
