# Only a request for the log brings the program here; the buffer is of the same size each time.
import board
import busio
import digitalio

PAGE = 2048

uart = busio.UART(board.TX, board.RX, baudrate=115200, timeout=0.01)
button = digitalio.DigitalInOut(board.D5)
button.switch_to_input(pull=digitalio.Pull.UP)

while True:
    command = uart.read(1)
    if command == b"L":
        page = bytearray(PAGE)  # expect-note: "only now and then" "exactly 2,048 bytes" "once, before the loop"
        with open("/log.bin", "rb") as log:
            count = log.readinto(page)
        uart.write(memoryview(page)[:count])
    elif command == b"B":
        uart.write(b"1" if button.value else b"0")
