import board

# fraglint: ignore-end  # expect: "no `ignore-start`"
# fraglint: ignore-start[FRG201] the pictures are swapped on purpose
picture = bytearray(38400)
del picture
picture = bytearray(38400)
# fraglint: ignore-end
# fraglint: ignore-start[FRG103]  # expect: "no `ignore-end`"
uart = board.UART()
while True:
    line = bytearray(2048)
    uart.readinto(line)
