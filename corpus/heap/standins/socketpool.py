"""Only handed on to adafruit_requests."""


class SocketPool:
    def __init__(self, radio):
        self.radio = radio
