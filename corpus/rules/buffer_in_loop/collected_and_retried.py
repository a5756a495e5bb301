# A loop that collects on every pass keeps its heap in order, and a search for a size that still
# fits has to try.
import gc

import board

uart = board.UART()


def best_size():
    for size in (65536, 32768, 16384, 8192, 4096, 2048, 1024, 512, 256):
        try:
            trial = bytearray(size)
            return len(trial)
        except MemoryError:
            continue
    return 0


def ask():
    while True:
        answer = input("how many? ")
        page = bytearray(1024)
        uart.readinto(page)
        print(answer, sum(page))


print(best_size())
while True:
    frame = bytearray(4096)
    uart.readinto(frame)
    print(sum(frame))
    gc.collect()
