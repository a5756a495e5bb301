# === until it worked
import time

while True:  # loop: retry
    try:
        radio.connect(ssid, password)
        break
    except OSError:
        time.sleep(5)
print("connected")

# === until a flag says that it worked
import time

fetched = False
while not fetched:  # loop: retry
    try:
        values = portal.fetch()
        here()  # pass: every
        fetched = True
    except (RuntimeError, OSError):
        time.sleep(5)
show(values)

# === the flag is set on some passes only
done = False
while not done:  # loop: repeating
    part = receive()
    if part.last:
        done = True
show(part)

# === returning what worked
def fetch():
    for attempt in range(3):  # loop: counted 1..3
        try:
            return session.get(url)
        except OSError:
            print("again")
    return None


fetch()

# === a main loop that restarts is no retry
while True:  # loop: endless
    try:
        here()  # pass: every
    except RuntimeError:
        restart()
        here()  # pass: event

# === an inner main loop under a restart
while True:  # loop: endless
    try:
        connect()
        here()  # pass: event
        while True:  # loop: endless
            here()  # pass: event, inner: every
    except OSError:
        disconnect()
