"""A panel beside the door: who rang, with the picture that the camera left on the card."""

import time

import adafruit_imageload
import board
import displayio
import keypad
import sdcardio
import storage

from panel import Panel

panel = Panel("/assets")
card = sdcardio.SDCard(board.SPI(), board.SD_CS)
storage.mount(storage.VfsFat(card), "/sd")

# Behind the mounting of the card, not a line too late.
visitor, colours = adafruit_imageload.load("/sd/last.bmp")
panel.show(displayio.TileGrid(visitor, pixel_shader=colours, y=48))

bell = keypad.Keys((board.D5,), value_when_pressed=False)
while True:
    event = bell.events.get()
    if event and event.pressed:
        panel.name.text = "somebody"
    time.sleep(0.05)
