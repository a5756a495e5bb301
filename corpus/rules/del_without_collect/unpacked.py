# Several values of one function, and a second name that lives on.
import time

import board

board_name = board.board_id
history = []


def listen(seconds, known):
    heard = dict(known)
    strongest = None
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        name, strength = receive()
        heard[name] = strength
        if strongest is None or strength > heard[strongest]:
            strongest = name
    return strongest, heard


def receive():
    line = input()
    return line[3:], int(line[:3])


options = dict(name=board_name, rate=9600, parity=0)
print(options["name"])
del options
while True:
    first, heard = listen(5, {})
    second, all_heard = listen(5, heard)
    del heard  # expect-note: "what it held (`dict(known)`, size not known here)"
    history.append((first, second))
    everybody = all_heard
    del all_heard
    history.append(len(everybody))
    del second
