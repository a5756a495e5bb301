# Where the program sets a threshold, requests may collect before: the code does not choose when.
import gc

from machine import UART

gc.threshold(gc.mem_free() // 4 + gc.mem_alloc())
uart = UART(0)
picture = bytearray(16384)
uart.readinto(picture)
print(sum(picture))
del picture  # expect-note: "can come first" "only `gc.threshold` collects here"
sound = bytearray(8192)
uart.readinto(sound)
