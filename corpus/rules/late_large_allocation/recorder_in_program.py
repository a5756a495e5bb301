# What the recorder needs is known before the program connects, so the way to it leads out of its class.
import array
import os

import board
import analogbufio
import wifi


class Recorder:
    def __init__(self, pin, rate):
        self.rate = rate
        self.adc = analogbufio.BufferedIn(pin, sample_rate=rate)
        self.samples = array.array("H", [0] * 4000)  # expect-note: "above line 22" "hand it on to where it is used"

    def record(self):
        self.adc.readinto(self.samples)
        return max(self.samples)


def run():
    wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
    recorder = Recorder(board.A0, 16_000)
    while True:
        print(recorder.record())


if __name__ == "__main__":
    run()
