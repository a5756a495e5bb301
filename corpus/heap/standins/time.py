"""time of both firmwares. What a clock shows is recorded; a sleep is over at once."""
from recorded import read


def monotonic():
    return read("monotonic")


def time():
    return read("time")


def localtime(seconds=None):
    return read("localtime")


def ticks_ms():
    return read("ticks_ms")


def ticks_diff(end, start):
    return end - start


def ticks_add(ticks, delta):
    return ticks + delta


def sleep(seconds):
    pass


def sleep_ms(milliseconds):
    pass


def sleep_us(microseconds):
    pass
