# Whoever lets a buffer go, or makes it in one size or another, wants its room for something else.
import board
import keypad

keys = keypad.Keys((board.D5, board.D6), value_when_pressed=False)
uart = board.UART()

while True:
    event = keys.events.get()
    if event and event.pressed and event.key_number == 0:
        page = bytearray(4096)
        uart.readinto(page)
        print(page[0])
        page = None  # expect: del-without-collect
    elif event and event.pressed:
        if uart.in_waiting > 512:
            frame = bytearray(2048)
        else:
            frame = bytearray(1024)
        uart.readinto(frame)
        print(frame[0])
