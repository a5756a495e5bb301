# === a main loop
import time, board, analogio

dial = analogio.AnalogIn(board.A0)
while True:  # loop: endless, sleeps 0.5
    print(dial.value)
    time.sleep(0.5)

# === nothing happens any more
while True:  # loop: wait
    pass

# === nothing happens any more, slowly
import time

while True:  # loop: wait, sleeps 10, slow
    time.sleep(10)

# === printing without end is what the program does
import time

while True:  # loop: endless, sleeps 1
    print(".")
    time.sleep(1)

# === waiting for the sound to end
import time

audio.play(wave)
while audio.playing:  # loop: wait
    pass
while not ble.connected:  # loop: wait, sleeps 0.1
    time.sleep(0.1)
print("connected")

# === dots while waiting for the network
import network
import time

wlan = network.WLAN(network.STA_IF)
tries = 0
while not wlan.isconnected() and tries < 20:  # loop: wait, sleeps 1
    print(".", end="")
    tries += 1
    time.sleep(1)
print("ready")

# === showing a reading is no waiting
import time

while not button.value:  # loop: repeating, sleeps 0.1
    print("light", sensor.lux)
    time.sleep(0.1)
print("pressed")

# === an event is polled and returned
import board
import keypad

keys = keypad.Keys((board.D1,), value_when_pressed=False)


def next_key():
    while True:  # loop: wait
        event = keys.events.get()
        if event and event.pressed:
            return event


print(next_key())

# === a drain of samples
def average(scale, samples):
    total = 0
    count = samples
    while count > 0:  # loop: wait
        if scale.available:
            total += scale.value
            count -= 1
    return total / samples


print(average(nau7802, 10))

# === a helper that only polls
import time
import board
import touchio

pad = touchio.TouchIn(board.A1)


def touched():
    return pad.value


def taps(window):
    count = 0
    deadline = time.monotonic() + window
    while time.monotonic() < deadline:  # loop: wait, sleeps 0.1
        if touched():
            count += 1
            deadline = time.monotonic() + window
        time.sleep(0.1)
    return count


print(taps(0.5))

# === a helper that does more
import time

while audio.playing:  # loop: repeating, sleeps 0.07
    check_buttons(pads)
    time.sleep(0.07)
print("done")

# === moving a mouth while it plays
import time

while audio.playing:  # loop: repeating, sleeps 0.3
    servo.angle = 30
    time.sleep(0.15)
    servo.angle = 90
    time.sleep(0.15)
print("done")

# === a computation is no wait
def text_of(raw):
    end = 0
    while end < len(raw):  # loop: repeating
        if raw[end] == 0:
            break
        end += 1
    return raw[:end]


print(text_of(b"ab\0"))

# === while connected, inside the main loop
while True:  # loop: endless
    ble.start_advertising(advertisement)
    while not ble.connected:  # loop: wait
        pass
    ble.stop_advertising()
    while ble.connected:  # loop: repeating
        packet = Packet.from_stream(uart)
        here()  # pass: event, inner: every

# === halting on an error
if usb.data is None:
    print("enable it first")
    while True:  # loop: wait
        pass
while True:  # loop: endless
    usb.data.write(b"x")

# === the loop variable of the test is set by hand
while not picked:  # loop: repeating
    for key in range(7):  # loop: counted 7
        keys[key].update()
        if keys[key].fell:
            choice = key
    keys[7].update()
    if keys[7].fell:
        picked = True
print(choice)

# === a collect in a wait
import gc
import time

while busy.value:  # loop: wait, sleeps 0.1
    gc.collect()
    time.sleep(0.1)
print("go")

# === a generator never ends by itself
def cycle(sequence):
    while True:  # loop: endless
        for item in sequence:  # loop: counted 2
            yield item


print(next(cycle([1, 2])))

# === light sleep until a button is pressed
import alarm
import time

while True:  # loop: wait, sleeps 2
    wake = alarm.time.TimeAlarm(monotonic_time=time.monotonic() + 2)
    alarm.light_sleep_until_alarms(wake)
    if not button.value:
        break
print("awake")

# === a connection that the body makes
while not radio.is_connected:  # loop: repeating
    try:
        radio.connect(network)
    except RuntimeError:
        continue
print("connected")
