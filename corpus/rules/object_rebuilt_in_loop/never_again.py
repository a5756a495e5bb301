# Behind the labels stands a loop that never ends: the outer one has no second pass.
import board
import displayio
import terminalio
from adafruit_display_text import label

running = True
uart = board.UART()

while running:
    page = displayio.Group()
    volts = label.Label(terminalio.FONT, text="0 V")
    page.append(volts)
    board.DISPLAY.root_group = page
    while True:
        answer = uart.read(2)
        if answer is not None and answer != volts.text:
            volts.text = answer.decode()
