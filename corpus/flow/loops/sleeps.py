# === the sum of a pass
import time

while True:  # loop: endless, sleeps 1.5
    time.sleep(0.5)
    step()
    time.sleep(1)

# === the shorter way
import time

while True:  # loop: endless, sleeps 1
    time.sleep(1)
    if button.value:
        time.sleep(60)
    step()

# === continue is a way as well
import time

while True:  # loop: endless
    step()
    if button.value:
        continue
    time.sleep(10)

# === both arms sleep
import time

while True:  # loop: endless, sleeps 5, slow
    step()
    if button.value:
        time.sleep(5)
    else:
        time.sleep(7)

# === counted loops multiply
import time

while True:  # loop: endless, sleeps 6, slow
    for each in range(10):  # loop: counted 10, sleeps 0.6
        step()
        time.sleep(0.6)

# === left by break, they do not
import time

while True:  # loop: endless, sleeps 0.6
    for each in range(10):  # loop: counted 1..10, sleeps 0.6
        time.sleep(0.6)
        if button.value:
            break

# === nested counted loops
import time

while True:  # loop: endless, sleeps 6, slow
    for row in range(3):  # loop: counted 3, sleeps 2
        for column in range(4):  # loop: counted 4, sleeps 0.5
            time.sleep(0.5)

# === unknown counts are none
import time

while True:  # loop: endless
    for each in range(count()):  # loop: counted 0.., sleeps 2
        time.sleep(2)
    step()

# === milliseconds, microseconds, constants, arithmetic
import time

DELAY = 2
while True:  # loop: endless, sleeps 4.7505
    step()
    time.sleep_ms(750)
    time.sleep_us(500)
    time.sleep(DELAY * 2)

# === other spellings
from time import sleep as pause

while True:  # loop: endless, sleeps 8, slow
    step()
    pause(8)

# === asyncio
import asyncio


async def main():
    while True:  # loop: endless, sleeps 5, slow
        step()
        await asyncio.sleep(5)


asyncio.run(main())

# === a sleep in a handler
import time

while True:  # loop: endless
    try:
        fetch()
    except OSError:
        time.sleep(60)

# === a sleep that depends
import time

while True:  # loop: endless
    step()
    time.sleep(delay)
    button.value and time.sleep(9)

# === one of two constants
import time

delay = 6
while True:  # loop: endless, sleeps 6, slow
    if button.value:
        delay = 9
    step()
    time.sleep(delay)

# === the user is asked
while True:  # loop: endless, slow
    answer = input("again? ")
    if answer == "y":
        step()

# === the user is asked sometimes
while True:  # loop: endless
    if button.value:
        answer = input("name? ")
    step()

# === light sleep until a time
import time
import alarm

while True:  # loop: endless, sleeps 20, slow
    step()
    wake = alarm.time.TimeAlarm(monotonic_time=time.monotonic() + 20)
    alarm.light_sleep_until_alarms(wake)

# === light sleep until a pin
import alarm
import time

pin = alarm.pin.PinAlarm(board.D1, value=False)
while True:  # loop: endless, sleeps 1
    step()
    time.sleep(1)
    alarm.light_sleep_until_alarms(pin)

# === waiting for a deadline is sleeping
import time

while True:  # loop: endless, sleeps 300, slow
    refresh()
    stamp = time.monotonic()
    while time.monotonic() - stamp < 300:  # loop: wait
        pass

# === unless something may end it
import time

while True:  # loop: endless
    refresh()
    stamp = time.monotonic()
    while time.monotonic() - stamp < 300:  # loop: wait
        if screen.touch_point:
            break

# === a deadline that was computed
import time

while True:  # loop: endless, sleeps 10, slow
    refresh()
    deadline = time.monotonic_ns() + 10_000_000_000
    while time.monotonic_ns() < deadline:  # loop: wait
        pass

# === waiting for what takes its time
while True:  # loop: endless
    audio.play(wave)
    while audio.playing:  # loop: wait
        pass

# === a way out counts not
import time

while True:  # loop: endless, sleeps 5, slow
    if broken():
        break
    step()
    time.sleep(5)
