"""Only handed on to ds18x20."""


class OneWire:
    def __init__(self, pin):
        self.pin = pin
