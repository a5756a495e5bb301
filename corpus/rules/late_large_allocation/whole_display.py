# As large as the display, of whatever size that is: large on any.
import board
import displayio
from adafruit_bitmap_font import bitmap_font

display = board.DISPLAY
font = bitmap_font.load_font("/fonts/title.bdf")
font.load_glyphs("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")
WIDTH = display.width
HEIGHT = display.height - 24
plot = displayio.Bitmap(WIDTH, HEIGHT, 2)  # expect-note: "not known" "above line 7, together with line 9, line 10"
palette = displayio.Palette(2)
palette[1] = 0x00FF00
group = displayio.Group()
group.append(displayio.TileGrid(plot, pixel_shader=palette, y=24))
display.root_group = group
