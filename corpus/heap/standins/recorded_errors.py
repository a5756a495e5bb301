"""Failures are recorded as "error" and become exceptions before the program begins: one for each, as
an exception that is raised again keeps the places where it was raised before, and so grows."""
import recorded


def prepare(channel, number):
    values = recorded.channels.get(channel, [])
    for index in range(len(values)):
        if values[index] == "error":
            values[index] = OSError(number)


def read_or_raise(channel):
    value = recorded.read(channel)
    if isinstance(value, OSError):
        raise value
    return value
