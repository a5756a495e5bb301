# Something else still refers to the object: the del drops a name, not the object.
import board
import displayio

group = displayio.Group()
bitmap = displayio.Bitmap(160, 120, 256)
palette = displayio.Palette(256)
grid = displayio.TileGrid(bitmap, pixel_shader=palette)
group.append(grid)
del bitmap
del grid
board.DISPLAY.root_group = group

frames = []
frame = bytearray(4096)
frames.append(frame)
del frame
buffer = bytearray(4096)
alias = buffer
del buffer
more = bytearray(4096)
print(alias[0], more[0])


def consume(data):
    print(sum(data))
    del data
    return bytearray(4096)


consume(more)
