# target: circuitpython/matrixportal_m4
"""Gets the prices. The answer of the server is about 6 KB, of which three numbers are wanted."""
import gc

HOST = "http://quotes.example.org"


class Quotes:
    def __init__(self, requests, token):
        self.requests = requests
        self.token = token

    def latest(self, symbol):
        """The last price and the change of the day, in hundredths."""
        response = self.requests.get(HOST + "/latest?s=" + symbol + "&t=" + self.token)
        document = response.json()
        response.close()
        day = document["series"][-1]
        return int(day["close"] * 100), int(day["change"] * 100)

    def latest_tidily(self, symbol):
        response = self.requests.get(HOST + "/latest?s=" + symbol + "&t=" + self.token)
        document = response.json()
        response.close()
        day = document["series"][-1]
        price, change = int(day["close"] * 100), int(day["change"] * 100)
        # The document is the biggest thing on this board: give it back at once.
        del response, document, day
        gc.collect()
        return price, change
