# Shapes with a fill are bitmaps in RAM; small ones, thin ones and mere outlines do no harm.
import board
import displayio
from adafruit_display_shapes.circle import Circle
from adafruit_display_shapes.rect import Rect
from adafruit_display_shapes.roundrect import RoundRect
from adafruit_display_shapes.triangle import Triangle

display = board.DISPLAY
sensor = board.UART()

while True:
    level = (sensor.read(1) or b"\0")[0]
    page = displayio.Group()
    page.append(Rect(0, 0, 320, 240, fill=0x000040))  # expect: "exactly 9,600 bytes" "vectorio"
    page.append(RoundRect(10, 10, 100, 40, 5, fill=0x404040))  # expect: "exactly 1,120 bytes"
    page.append(Circle(160, 120, 16, fill=0xFF0000))  # expect-note: "exactly 400 bytes"
    page.append(Triangle(0, 0, 99, 0, 50, 89, fill=0x00FF00))  # expect
    page.append(Rect(10, 100, level + 1, 20, fill=0xFFFFFF))
    page.append(Rect(0, 0, 320, 240, fill=None, outline=0xFFFFFF))
    page.append(Circle(300, 20, 5, fill=0xFFFF00))
    page.append(RoundRect(0, 0, 320, 240, 5, outline=0xFFFFFF))
    display.root_group = page
