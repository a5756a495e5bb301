# Both labels draw the same letters as labels of glyphs; what is left is how often FRG301 finds them set.
import board
import displayio
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
group = displayio.Group()
board.DISPLAY.root_group = group
title = bitmap_label.Label(terminalio.FONT, text="Serial monitor", color=0x00FF00, x=4, y=8)
group.append(title)
line = bitmap_label.Label(
    terminalio.FONT,
    scale=1,
    color=0xFFFFFF,
    anchor_point=(0, 0),
    anchored_position=(4, 20),
    line_spacing=1.0,
)
group.append(line)

while True:  # expect-note: loop-without-collect
    line.text = "Bytes that were received on the serial port since this start: {}".format(uart.count)  # expect: "at least"
