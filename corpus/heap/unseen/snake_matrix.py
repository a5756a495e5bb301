"""Snake on an 8x8 LED matrix (MAX7219), steered with a joystick."""
from machine import ADC, Pin, SPI
import time

spi = SPI(1, baudrate=10000000, polarity=1, phase=0, sck=Pin(14), mosi=Pin(13))
cs = Pin(15, Pin.OUT)
joy_x = ADC(Pin(34))
joy_y = ADC(Pin(35))

DECODEMODE, INTENSITY, SCANLIMIT, SHUTDOWN, DISPLAYTEST = 9, 10, 11, 12, 15
SIZE = 8
UP, DOWN, LEFT, RIGHT = (0, -1), (0, 1), (-1, 0), (1, 0)

frame = bytearray(SIZE)
word = bytearray(2)


def command(register, data):
    word[0] = register
    word[1] = data
    cs.value(0)
    spi.write(word)
    cs.value(1)


def start_display():
    for register, data in ((SHUTDOWN, 0), (DISPLAYTEST, 0), (SCANLIMIT, 7), (DECODEMODE, 0), (INTENSITY, 2), (SHUTDOWN, 1)):
        command(register, data)


def show():
    for y in range(SIZE):
        command(y + 1, frame[y])


class Snake:
    def __init__(self, seed):
        self.state = seed or 1
        self.reset()

    def random(self, limit):
        self.state = (self.state * 75 + 74) % 65537
        return self.state % limit

    def reset(self):
        self.body = [(3, 4), (2, 4), (1, 4)]
        self.heading = RIGHT
        self.place_food()

    def place_food(self):
        while True:
            spot = (self.random(SIZE), self.random(SIZE))
            if spot not in self.body:
                self.food = spot
                return

    def turn(self, heading):
        if heading[0] + self.heading[0] or heading[1] + self.heading[1]:
            self.heading = heading

    def step(self):
        x, y = self.body[0]
        head = ((x + self.heading[0]) % SIZE, (y + self.heading[1]) % SIZE)
        if head in self.body:
            return False
        self.body.insert(0, head)
        if head == self.food:
            self.place_food()
        else:
            self.body.pop()
        return True

    def draw(self):
        for y in range(SIZE):
            frame[y] = 0
        for x, y in self.body:
            frame[y] |= 0x80 >> x
        frame[self.food[1]] |= 0x80 >> self.food[0]


def read_joystick():
    x, y = joy_x.read(), joy_y.read()
    if x < 1000:
        return LEFT
    if x > 3000:
        return RIGHT
    if y < 1000:
        return UP
    if y > 3000:
        return DOWN
    return None


start_display()
game = Snake(joy_x.read() * 31 + joy_y.read())
best = 0
while True:
    heading = read_joystick()
    if heading:
        game.turn(heading)
    if game.step():
        game.draw()
        show()
    else:
        score = len(game.body) - 3
        best = max(best, score)
        print("Game over! Score %d, best %d" % (score, best))
        game.reset()
    time.sleep_ms(max(120, 300 - 10 * len(game.body)))
