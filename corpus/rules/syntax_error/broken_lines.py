# Each broken statement is reported; what stands around it is still analysed.
import board

uart = board.UART()
x = = 1  # expect
while True  # expect: "expected `:`"
    pass
y = (1, 2  # expect
