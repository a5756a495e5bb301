# How long a pass sleeps in the program's own functions, at least.

# === a helper that sleeps on every path
import time


def rest(seconds=4):
    time.sleep(4)


def show_page(page):
    rest()
    if page > 3:
        time.sleep(9)
    time.sleep(2)


page = 0
while True:  # loop: endless, sleeps 6, slow
    show_page(page)
    here()  # pass: every
    page += 1

# === a helper that may return before it sleeps
import time


def show_page(page):
    time.sleep(1)
    if page is None:
        return
    time.sleep(9)


while True:  # loop: endless, sleeps 1
    show_page(None)
    here()  # pass: every

# === methods, and a helper that calls itself
import time


class Feeder:
    def turn(self):
        time.sleep(0.25)
        self.turn()

    def feed(self):
        time.sleep(3)
        return time.sleep(3)


feeder = Feeder()
while True:  # loop: endless, sleeps 6, slow
    feeder.feed()
    here()  # pass: every

# === generators and coroutines sleep where they are run, not where they are made
import asyncio
import time


def steps():
    time.sleep(9)
    yield 1


async def wait():
    await asyncio.sleep(7)


async def main():
    while True:  # loop: endless, sleeps 7, slow
        steps()
        wait()
        await wait()


asyncio.run(main())

# === a counted loop in a helper sleeps each time
import time


def blink():
    for _ in range(20):  # loop: counted 20, sleeps 0.1
        led.value = not led.value
        time.sleep(0.1)


def search():
    for pin in range(20):  # loop: counted 1..20, sleeps 0.1
        time.sleep(0.1)
        if found(pin):
            break


while True:  # loop: endless, sleeps 2
    blink()
    search()
