# A bitmap that takes the place of the last one, which was taken out before: it could be filled again.
import board
import displayio

page = displayio.Group()
board.DISPLAY.root_group = page
colors = displayio.Palette(4)
colors[1] = 0x00FF00
sensor = board.UART()


def draw(values):
    chart = displayio.Bitmap(128, 64, 4)  # expect: "exactly 2,048 bytes" "`fill()`"
    for x, value in enumerate(values):
        chart[x, value % 64] = 1
    page.append(displayio.TileGrid(chart, pixel_shader=colors))


while True:
    while len(page):
        page.pop()
    draw(sensor.read(64) or b"")
