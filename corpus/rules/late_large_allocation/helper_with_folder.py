# A helper that is called once: the folder that it is given is known before the fonts.
import adafruit_imageload
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label


def load_sheet(folder, name="icons.bmp"):
    return adafruit_imageload.load(folder + "/" + name)  # expect-note: "above line 13"


font = bitmap_font.load_font("/fonts/Lato-24.bdf")
font.load_glyphs("0123456789")
group = displayio.Group()
value = label.Label(font, text="0")
group.append(value)
sheet, palette = load_sheet("/house")
group.append(displayio.TileGrid(sheet, pixel_shader=palette))
board.DISPLAY.root_group = group
