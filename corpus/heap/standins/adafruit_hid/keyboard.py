"""Keys go nowhere."""


class Keyboard:
    def __init__(self, devices):
        self.led_status = b"\x00"

    def press(self, first, second=None, third=None):
        pass

    def release(self, first, second=None, third=None):
        pass

    def release_all(self):
        pass
