"""Events are the channel `keys`: [key number, whether it was pressed], or null for none."""
import recorded


class Event:
    def __init__(self, key_number=0, pressed=True, timestamp=0):
        self.key_number = key_number
        self.pressed = pressed
        self.released = not pressed
        self.timestamp = timestamp


events = recorded.channels["keys"]
for index in range(len(events)):
    if events[index] is not None:
        events[index] = Event(*events[index])


class EventQueue:
    def __init__(self):
        self.overflowed = False

    def get(self):
        return recorded.read("keys")

    def get_into(self, event):
        read = recorded.read("keys")
        if read is None:
            return False
        event.key_number = read.key_number
        event.pressed = read.pressed
        event.released = read.released
        return True

    def clear(self):
        pass


class Keys:
    def __init__(self, pins, value_when_pressed=False, pull=True, interval=0.02, max_events=64):
        self.key_count = len(pins)
        self.events = EventQueue()


class KeyMatrix:
    def __init__(self, row_pins, column_pins, columns_to_anodes=True, max_events=64):
        self.key_count = len(row_pins) * len(column_pins)
        self.events = EventQueue()
