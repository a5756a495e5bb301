# A loop inside of the main loop has many passes as well.
import json
import time

import board
import supervisor

while True:
    while supervisor.runtime.serial_connected:
        with open("/scene.json") as source:
            scene = json.load(source)  # expect: "`scene`"
        for step in scene["steps"]:
            print(board.board_id, step)
        time.sleep(0.5)
    time.sleep(1)
