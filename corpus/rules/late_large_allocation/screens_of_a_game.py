# Three screens in a row: one label with a digit between them is no reason to part them.
import adafruit_imageload
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label

font = bitmap_font.load_font("/fonts/score.pcf")
title, title_colours = adafruit_imageload.load("/title.bmp")
field, field_colours = adafruit_imageload.load("/field.bmp")
play = displayio.Group()
play.append(displayio.TileGrid(field, pixel_shader=field_colours))
score = label.Label(font, text="0")
play.append(score)
over, over_colours = adafruit_imageload.load("/over.bmp")
board.DISPLAY.root_group = play
