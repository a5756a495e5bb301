# The background is as large as the display, but made after a font and the label that says to wait.
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_shapes.rect import Rect
from adafruit_display_text import label

NAVY = 0x000040

font = bitmap_font.load_font("/fonts/Lato-72.bdf")
display = board.DISPLAY
waiting = displayio.Group()
waiting.append(label.Label(font, text="One moment", color=0xFFFFFF, x=20, y=120))
display.brightness = 0.6
display.root_group = waiting
background = Rect(0, 0, display.width, display.height, fill=NAVY)  # expect-note: "not known" "above line 10, together with line 11"
panel = displayio.Group()
panel.append(background)
display.root_group = panel
