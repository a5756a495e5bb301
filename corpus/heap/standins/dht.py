"""`dht` has lists of [temperature, humidity]; "error" is a checksum that does not fit."""
from recorded import read

NO_ANSWER = OSError(110)


class DHT22:
    def __init__(self, pin):
        self.values = None

    def measure(self):
        values = read("dht")
        if values == "error":
            raise NO_ANSWER
        self.values = values

    def temperature(self):
        return self.values[0]

    def humidity(self):
        return self.values[1]
