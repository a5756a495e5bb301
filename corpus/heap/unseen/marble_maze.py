"""Tilt the board to roll the marble through the maze on the 8x8 matrix."""
import time

import adafruit_lis3dh
import board
from adafruit_ht16k33.matrix import Matrix8x8

MAZES = (
    ("########", "#S.....#", "####.#.#", "#....#.#", "#.####.#", "#....#.#", "#.##...#", "######G#"),
    ("###G####", "#.#....#", "#.####.#", "#......#", "#.####.#", "#.#..#.#", "#...S#.#", "########"),
)

i2c = board.I2C()
accelerometer = adafruit_lis3dh.LIS3DH_I2C(i2c, address=0x18)
matrix = Matrix8x8(i2c, brightness=0.5, auto_write=False)


class Level:
    def __init__(self, rows):
        self.walls = set()
        for y, row in enumerate(rows):
            for x, mark in enumerate(row):
                if mark == "#":
                    self.walls.add((x, y))
                elif mark == "S":
                    self.start = (x, y)
                elif mark == "G":
                    self.goal = (x, y)

    def draw(self):
        matrix.fill(0)
        for x, y in self.walls:
            matrix.pixel(x, y, 1)


def play(rows, limit=40):
    level = Level(rows)
    level.draw()
    x, y = level.start
    px, py = float(x), float(y)
    vx = vy = 0.0
    trail = [level.start]
    for tick in range(limit):
        ax, ay, az = accelerometer.acceleration
        vx = vx * 0.8 + ax * 0.06
        vy = vy * 0.8 - ay * 0.06
        nx, ny = px + vx, py + vy
        if (round(nx), y) in level.walls:
            vx = 0.0
            nx = px
        if (round(nx), round(ny)) in level.walls:
            vy = 0.0
            ny = py
        px, py = nx, ny
        spot = (max(0, min(7, round(px))), max(0, min(7, round(py))))
        if spot != trail[-1]:
            matrix.pixel(x, y, 0)
            x, y = spot
            trail.append(spot)
        matrix.pixel(x, y, tick & 1)
        matrix.show()
        if spot == level.goal:
            return tick, trail
        time.sleep(0.05)
    return None, trail


number = 0
while True:
    ticks, trail = play(MAZES[number])
    if ticks is None:
        print("too slow, got to", trail[-1])
    else:
        print("maze", number, "in", ticks, "ticks,", len(set(trail)), "fields")
        number = (number + 1) % len(MAZES)
