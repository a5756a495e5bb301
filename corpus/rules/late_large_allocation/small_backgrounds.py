# Strips and frames of a kilobyte or two, behind the font and the labels that they frame.
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_shapes.rect import Rect
from adafruit_display_shapes.roundrect import RoundRect
from adafruit_display_text import label

font = bitmap_font.load_font("/fonts/Lato-24.bdf")
font.load_glyphs("0123456789.")
panel = displayio.Group()
for row in range(4):
    panel.append(label.Label(font, text="0.0", x=8, y=20 + 40 * row))
header = Rect(0, 0, 240, 40, fill=0x202020)
frame = RoundRect(120, 60, 100, 80, 8, outline=0xFFFFFF)
panel.append(header)
panel.append(frame)
board.DISPLAY.root_group = panel
