"""The radio connects at once."""


class Radio:
    def __init__(self):
        self.connected = False
        self.ipv4_address = "192.168.1.23"

    def connect(self, ssid, password=None):
        self.connected = True


radio = Radio()
