# Which of its sides is the long one is settled right before the background is made.
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_shapes.rect import Rect

display = board.DISPLAY
font = bitmap_font.load_font("/fonts/Lato-72.bdf")
font.load_glyphs("0123456789")
display.rotation = 90
panel = displayio.Group()
panel.append(Rect(0, 0, display.width, display.height, fill=0x000040))
display.root_group = panel
