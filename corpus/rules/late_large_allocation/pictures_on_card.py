# The picture is not there before the card is mounted.
import adafruit_imageload
import board
import displayio
import sdcardio
import storage
from adafruit_bitmap_font import bitmap_font


def main():
    font = bitmap_font.load_font("/fonts/title.bdf")
    font.load_glyphs(b"PICTURES")
    card = sdcardio.SDCard(board.SPI(), board.D10)
    storage.mount(storage.VfsFat(card), "/sd")
    picture, colours = adafruit_imageload.load("/sd/first.bmp")
    group = displayio.Group()
    group.append(displayio.TileGrid(picture, pixel_shader=colours))
    board.DISPLAY.root_group = group
    while True:
        pass


main()
