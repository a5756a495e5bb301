"""Logs the position to the SD card every few seconds and keeps the last track in memory."""
import gc
import time

import adafruit_gps
import adafruit_sdcard
import board
import busio
import digitalio
import storage

LOG_FILE = "/sd/track.csv"
LOGGING = True
BLOCK = 2048

uart = busio.UART(board.TX, board.RX, baudrate=9600, timeout=10)
gps = adafruit_gps.GPS(uart, debug=False)

spi = busio.SPI(board.SCK, board.MOSI, board.MISO)
cs = digitalio.DigitalInOut(board.D10)
sdcard = adafruit_sdcard.SDCard(spi, cs)
vfs = storage.VfsFat(sdcard)
storage.mount(vfs, "/sd")


def checksum_of(path):
    """The checksum of the whole log, read in blocks."""
    total = 0
    with open(path, "rb") as log:
        while True:
            block = bytearray(BLOCK)  # expect: buffer-in-loop
            count = log.readinto(block)
            if not count:
                break
            for i in range(count):
                total = (total + block[i]) & 0xFFFF
    return total


def checksum_of_reused(path):
    """The same without making a block for every read: the block is filled again."""
    total = 0
    block = bytearray(BLOCK)
    with open(path, "rb") as log:
        while True:
            count = log.readinto(block)
            if not count:
                break
            for i in range(count):
                total = (total + block[i]) & 0xFFFF
    return total


# A scratch area for the self-test, given back before the buffers that stay are made.
scratch = bytearray(16 * 1024)
for offset in range(0, len(scratch), 512):
    scratch[offset] = 0xA5
print("self-test", "passed" if scratch[512] == 0xA5 else "failed")
del scratch  # expect: del-without-collect "16,4"
track = bytearray(8 * 1024)

# The same with a collection: the buffer that follows can lie where the table was.
table = [0] * 2000
for index in range(2000):
    table[index] = index * index % 251
print("table", sum(table))
del table
gc.collect()
spare = bytearray(4 * 1024)

gps.send_command(b"PMTK314,0,1,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0")
gps.send_command(b"PMTK220,1000")
print("log so far:", checksum_of(LOG_FILE), checksum_of_reused(LOG_FILE))

used = 0
last_print = time.monotonic()
while True:
    gps.update()
    now = time.monotonic()
    if now - last_print >= 5.0:
        last_print = now
        if not gps.has_fix:
            print("waiting for a fix")
            continue
        line = "{:.6f},{:.6f},{}\n".format(gps.latitude, gps.longitude, gps.satellites)
        if LOGGING:
            with open(LOG_FILE, "a") as log:
                log.write(line)
        data = line.encode()
        if used + len(data) > len(track):
            used = 0
        track[used:used + len(data)] = data
        used += len(data)
    if used == 0:
        # Only when the track has wrapped: an event, not a habit.
        blank = bytearray(1024)  # expect-note: late-large-allocation "exactly 1,024 bytes"
        track[0:1024] = blank
