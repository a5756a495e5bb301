# Documents decoded from text: no size in the code, but large in practice.
import json

import board

uart = board.UART()


def configuration():
    with open("/config.json") as source:
        return json.load(source)


settings = configuration()
rate = settings["rate"]
del settings  # expect: "size not known"
line = bytearray(1024)
uart.readinto(line)
print(rate)
