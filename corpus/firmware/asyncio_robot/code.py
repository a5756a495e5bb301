# target: circuitpython/raspberry_pi_pico
"""Rover for the living room: drives until something is near, turns, drives on. Three tasks."""
import asyncio
import gc

import board
import busio
import digitalio
import keypad
import pwmio
from adafruit_motor import motor

from robot import Drive, Lidar

front = Lidar(busio.UART(board.GP0, board.GP1, baudrate=115200, timeout=0.3))
rear = Lidar(busio.UART(board.GP4, board.GP5, baudrate=115200, timeout=0.3))
left = motor.DCMotor(pwmio.PWMOut(board.GP8, frequency=20000), pwmio.PWMOut(board.GP9, frequency=20000))
right = motor.DCMotor(pwmio.PWMOut(board.GP10, frequency=20000), pwmio.PWMOut(board.GP11, frequency=20000))
drive = Drive(left, right)
lamp = digitalio.DigitalInOut(board.LED)
lamp.switch_to_output()


class State:
    running = False
    turns = 0


async def look(state):
    """Both sensors, ten times a second. Only the rear one is read without making garbage."""
    while True:
        front.turn()
        rear.turn_again()
        if state.running:
            if front.blocked():
                drive.set(0.4, -0.4)
                state.turns += 1
            elif rear.blocked():
                drive.set(0.8, 0.8)
            else:
                drive.set(0.5, 0.5)
        else:
            drive.set(0, 0)
        await asyncio.sleep(0.1)


async def buttons(state):
    with keypad.Keys((board.GP20, board.GP21), value_when_pressed=False) as keys:
        while True:
            event = keys.events.get()
            if event and event.pressed:
                state.running = event.key_number == 0
                # A picture of the room on the REPL, when somebody asks for it.
                picture = bytearray(720)
                for point in range(0, 720, 8):
                    picture[point] = 35 if rear.scan[point] < 128 else 46
                print(picture)
            await asyncio.sleep(0.05)


async def housekeeping(state):
    while True:
        lamp.value = not lamp.value
        gc.collect()
        print(state.turns, "turns,", gc.mem_free(), "bytes")
        await asyncio.sleep(10)


async def main():
    state = State()
    await asyncio.gather(look(state), buttons(state), housekeeping(state), drive.ramp())


asyncio.run(main())
