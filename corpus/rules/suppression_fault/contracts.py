# What the code does not tell, said in a way that cannot be read; the last four can.
import board

uart = board.UART()
data = uart.read()  # fraglint: len<64  # expect: "write `# fraglint: len<=63`"
line = uart.readline()  # fraglint: lenn<=80  # expect: "did you mean `len`?"
size = len(data)  # fraglint: no-alloc  # expect: "`def`, `for` or `while`"
rest = uart.read()  # fraglint: size: 2048  # expect: "write `# fraglint: size=2048`"
uart.write(data)  # fraglint: fixed=1  # expect: "write `# fraglint: fixed`"

more = uart.read()  # fraglint: len<=64
last = uart.read()  # fraglint: size=0x40 as the sensor's sheet says
seen = [last]  # fraglint: fixed


# fraglint: no-alloc
def on_edge(pin):
    return pin
