# target: circuitpython/raspberry_pi_pico_w
"""Web server of the workshop: a few static pages and the last picture of the camera.

Pico W. One connection at a time is plenty.
"""
import gc
import os
import time

import board
import digitalio
import socketpool
import wifi

from site import Pages

PORT = 80
REQUEST = 512

led = digitalio.DigitalInOut(board.LED)
led.switch_to_output()
request = bytearray(REQUEST)
pages = Pages()

wifi.radio.connect(os.getenv("WIFI_SSID"), os.getenv("WIFI_PASSWORD"))
pool = socketpool.SocketPool(wifi.radio)
listener = pool.socket(pool.AF_INET, pool.SOCK_STREAM)
listener.bind(("0.0.0.0", PORT))
listener.listen(2)
listener.settimeout(1)
print("http://", wifi.radio.ipv4_address)


def path_of(count):
    """The second word of the request's first line."""
    end = request.find(b" ", 4)
    if count < 6 or end < 0:
        return None
    path = bytes(request[4:end]).decode()
    return "/index.html" if path == "/" else path


def answer(connection):
    count = connection.recv_into(request)
    path = path_of(count)
    if path is None:
        pages.header(connection, "400 Bad Request", "text/plain", 0)
    elif path == "/camera.raw":
        pages.screenshot(connection, path)
    elif path == "/camera2.raw":
        pages.screenshot_tidily(connection, path)
    else:
        pages.send_file(connection, path)


starts = errors = 0
looked = time.monotonic() - 60
while True:
    if time.monotonic() - looked >= 30:
        looked = time.monotonic()
        # A small document, and the end of the pass looks after the memory.
        starts, errors = pages.status()
        print("starts", starts, "errors", errors, "hits", pages.hits)
    try:
        connection, peer = listener.accept()
    except OSError:
        # Nobody there.
        continue
    led.value = True
    try:
        connection.settimeout(2)
        answer(connection)
    except OSError as error:
        print(peer, error)
    finally:
        connection.close()
        led.value = False
    if gc.mem_free() < 30000:
        gc.collect()
