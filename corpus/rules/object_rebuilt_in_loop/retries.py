# The loop comes round again only where the answer did not come.
import board
import displayio
import terminalio
from adafruit_display_text import label

uart = board.UART()
page = displayio.Group()
board.DISPLAY.root_group = page
page.append(displayio.Group())


def ask():
    uart.write(b"?")
    return uart.readline()


answer = None
while not answer:
    try:
        answer = ask()
        page[0] = label.Label(terminalio.FONT, text=answer.decode())
    except ValueError as error:
        print("once more", error)
