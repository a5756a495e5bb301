# What answers a button, a key, a message, or a finger changes with that, not with the pass.
import board
import keypad
import terminalio
from adafruit_debouncer import Debouncer
from adafruit_display_text import label

keys = keypad.Keys((board.D5, board.D6), value_when_pressed=False)
button = Debouncer(board.D9)
uart = board.UART()
radio = board.RADIO
touch = board.TOUCH
line = label.Label(terminalio.FONT)
count = 0

while True:
    button.update()
    if button.fell:
        count += 1
        line.text = "Pressed {:4d} times".format(count)
    event = keys.events.get()
    if event:
        line.text = "Key number {:3d}".format(event.key_number)
    if event and event.pressed:
        line.text = "Pressed key {:3d}".format(event.key_number)
    packet = radio.receive(timeout=0.5)
    if packet is not None:
        line.text = "Packet of {:4d} bytes".format(len(packet))
    if uart.in_waiting:
        line.text = "Serial: {}".format(uart.readline())
    point = touch.touch_point
    if point:
        line.text = "Touched at {:4d}, {:4d}".format(point[0], point[1])
    for message in radio.messages():
        line.text = "Message: {}".format(message)
