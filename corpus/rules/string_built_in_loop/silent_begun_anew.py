# The name gets a fresh value on the same pass, or is cut back there: nothing builds up.
import board

uart = board.UART()
pending = ""
recent = ""

while True:
    data = uart.read(16)
    if data is None:
        continue
    status = "got "
    status += str(len(data))
    print(status)
    pending += data.decode()
    if pending.endswith("\n"):
        print(pending)
        pending = ""
    recent += data.decode()
    recent = recent[-64:]
