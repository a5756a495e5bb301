# Garbage of callees counts, at the call in the loop; small pieces do not, however many.
import asyncio

import analogio
import board

uart = board.UART()
probe = analogio.AnalogIn(board.A0)


def line_of_zeros():
    for _ in range(80):
        uart.write(b"\0" * 48)


def inner():
    samples = [probe.value for _ in range(500)]
    return max(samples)


def outer():
    print(inner())
    return inner()


def forever(depth):
    samples = [probe.value for _ in range(500)]
    if depth:
        forever(depth - 1)
    print(samples[depth])


async def poll():
    while True:
        print(outer())  # expect: "`outer()`" "at least 4,192 bytes"
        line_of_zeros()
        forever(2)  # expect: "`forever()`"
        await asyncio.sleep(1)


asyncio.run(poll())
