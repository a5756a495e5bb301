# Asked for its height, a font has no glyphs yet.
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label

font = bitmap_font.load_font("/fonts/Lato-16.bdf")
line_height = font.get_bounding_box()[1]
baseline = font.ascent
page = displayio.Bitmap(296, 128, 2)
group = displayio.Group()
group.append(displayio.TileGrid(page, pixel_shader=displayio.Palette(2)))
group.append(label.Label(font, text="chapter one", y=line_height - baseline))
board.DISPLAY.root_group = group
