"""JSON has no bytes. In channels of bytes, text is one byte per character, and a list is one per
number; all of a channel is turned into bytes before the program begins."""
import recorded


def as_bytes(value):
    if isinstance(value, str):
        return bytes([ord(character) for character in value])
    if isinstance(value, list):
        return bytes(value)
    return value


def convert(channel):
    values = recorded.channels.get(channel, [])
    for index in range(len(values)):
        values[index] = as_bytes(values[index])


class Stream:
    """What comes in is the channel's next element, whole. None is that nothing came in."""

    def __init__(self, channel):
        self.channel = channel
        self.held = None

    def peek(self):
        if self.held is None:
            self.held = recorded.read(self.channel)
        return 0 if self.held is None else len(self.held)

    def take(self):
        value = self.held
        if value is None:
            return recorded.read(self.channel)
        self.held = None
        return value

    def take_into(self, buffer):
        value = self.take()
        if value is None:
            return None
        index = 0
        while index < len(value) and index < len(buffer):
            buffer[index] = value[index]
            index += 1
        return index
