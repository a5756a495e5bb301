"""`dht` has lists of [temperature, humidity]; "error" is a checksum that does not fit."""
from recorded_errors import prepare, read_or_raise

prepare("dht", 110)


class DHT22:
    def __init__(self, pin):
        self.values = None

    def measure(self):
        self.values = read_or_raise("dht")

    def temperature(self):
        return self.values[0]

    def humidity(self):
        return self.values[1]
