# === a break only in a handler
while True:  # loop: endless
    try:
        step()
    except KeyboardInterrupt:
        break

# === a break that an inner loop takes
while True:  # loop: endless
    for each in range(3):  # loop: counted 1..3
        if each:
            break

# === a break that is never reached
while True:  # loop: endless
    step()
    continue
    break

# === a break in the middle
def skip_header(lines):
    while 1:  # loop: repeating
        line = lines.take()
        if not line.startswith("#"):
            break
    return line


print(skip_header(lines))

# === a return ends it
def ask():
    while True:  # loop: repeating
        show_question()
        if answered():
            return True


print(ask())

# === a constant by name
RUNNING = True
while RUNNING:  # loop: endless
    step()

# === the last thing of the module, on a test that may fail
running = True
while running:  # loop: endless
    running = poll_events()
    draw()

# === the same, but not the last thing
running = True
while running:  # loop: repeating
    running = poll_events()
    draw()
show_goodbye()

# === left by a command, yet the last thing
while True:  # loop: endless
    command = read_command()
    if command == "quit":
        break
    run(command)

# === a deadline ends it
import time

end = time.monotonic() + 60
while time.monotonic() < end:  # loop: repeating
    blink()

# === a deadline by an elapsed time
import time

start = time.monotonic()
while True:  # loop: repeating
    elapsed = time.monotonic() - start
    if elapsed > 30:
        break
    animate(elapsed)

# === an index ends it
frame = 0
while frame < frames:  # loop: repeating
    show_frame(frame)
    frame += 1

# === an index counts, but starts again
frame = 0
while frame < frames:  # loop: endless
    show_frame(frame)
    frame += 1
    if frame == 10:
        frame = 0

# === a queue is emptied
while len(queue) > 0:  # loop: repeating
    send(queue.pop())

# === a buffer is used up
while data:  # loop: repeating
    send(data[:64])
    data = data[64:]

# === a file is read to its end
source = open("/log.txt")
while True:  # loop: repeating
    line = source.readline()
    if not line:
        break
    send(line)

# === one bound of two is enough
tries = 0
while tries < 5 and not connected():  # loop: repeating
    tries += 1
    reset_radio()

# === one bound of two is not enough
tries = 0
while tries < 5 or busy():  # loop: endless
    tries += 1
    work()

# === a flag that is set on a bound is not seen
state = "on"
while state == "on":  # loop: endless
    state = next_state(state)

# === main is called last
def main():
    set_up()
    while not stopped():  # loop: endless
        step()


if __name__ == "__main__":
    main()

# === main is called, but not last
def main():
    while not stopped():  # loop: repeating
        step()


main()
turn_off()

# === main under a wrapper
def main():
    while not stopped():  # loop: endless
        step()


try:
    main()
except KeyboardInterrupt:
    pass
finally:
    turn_off()

# === main by way of another
def run():
    while not stopped():  # loop: endless
        step()


def main():
    set_up()
    run()


main()

# === a coroutine that asyncio runs
import asyncio


async def main():
    while not stopped():  # loop: endless
        step()
        await asyncio.sleep(0)


asyncio.run(main())

# === tasks
import asyncio


async def blink(pin, interval):
    while interval.value:  # loop: endless
        pin.value = not pin.value
        await asyncio.sleep(interval.value)


async def monitor(pin):
    while True:  # loop: endless
        await asyncio.sleep(0)
        report(pin)


async def fade(times):
    while times > 0:  # loop: repeating
        dim()
        times -= 1


async def main():
    tasks = [asyncio.create_task(blink(pin, interval)), asyncio.create_task(monitor(pin))]
    await asyncio.gather(fade(3), *tasks)


asyncio.run(main())

# === called in a loop, so never the last thing
def drain():
    while pending():  # loop: repeating
        take_one()


while True:  # loop: endless
    drain()

# === the last statement of an if
if test_mode:
    while not done():  # loop: endless
        test()
else:
    while not done():  # loop: endless
        play()

# === in a with
with server as running:
    while running.alive():  # loop: endless
        running.poll()

# === the else of a try comes after it
try:
    while not stopped():  # loop: repeating
        step()
except OSError:
    pass
else:
    report()

# === finally of a main loop
import time

try:
    while True:  # loop: endless, sleeps 2
        scan()
        time.sleep(2)
finally:
    i2c.unlock()
