# What a press loads is a note where the pixels could stay on the disk, and nothing where they are needed.
import adafruit_imageload
import bitmaptools
import board
import displayio
import keypad

keys = keypad.Keys((board.D5, board.D6, board.D9), value_when_pressed=False)
page = displayio.Group()
canvas = displayio.Bitmap(160, 128, 65535)
page.append(displayio.TileGrid(canvas, pixel_shader=displayio.ColorConverter()))
board.DISPLAY.root_group = page
faces = ("/happy.bmp", "/sad.bmp", "/calm.bmp")
cache = {}


def add_face(number):
    picture, colors = adafruit_imageload.load(faces[number])  # expect-note: "whenever this happens" "OnDiskBitmap"
    page.append(displayio.TileGrid(picture, pixel_shader=colors))


def stamp(path):
    picture, _ = adafruit_imageload.load(path)
    bitmaptools.blit(canvas, picture, 0, 0)


def add_photo():
    photo, colors = adafruit_imageload.load("/photo%d.png" % len(page))
    print(photo[0, 0])


def face_of(name):
    if name not in cache:
        cache[name] = adafruit_imageload.load("/%s.bmp" % name)
    return cache[name]


while True:
    event = keys.events.get()
    if event and event.pressed:
        if event.key_number == 0:
            add_face(len(page) % 3)
        elif event.key_number == 1:
            stamp("/stamp%d.bmp" % len(page))  # expect-note: missing-post-function-collect
            face_of("winner")
        else:
            add_photo()  # expect-note: missing-post-function-collect
