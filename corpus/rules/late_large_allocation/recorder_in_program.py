# What the recorder needs is known before the program connects, so the way to it leads out of its class.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import array

import board
import analogbufio
import socketpool
import wifi


class Recorder:
    def __init__(self, pin, rate):
        self.rate = rate
        self.adc = analogbufio.BufferedIn(pin, sample_rate=rate)
        self.samples = array.array("H", [0] * 4000)  # expect-note: "above line 24" "hand it on to where it is used"

    def record(self):
        self.adc.readinto(self.samples)
        return max(self.samples)


def run():
    client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
    client.connect()
    recorder = Recorder(board.A0, 16_000)
    while True:
        print(recorder.record())


if __name__ == "__main__":
    run()
