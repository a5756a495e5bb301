# target: circuitpython/raspberry_pi_pico_w
"""Static files, and the status as JSON."""
import binascii
import gc
import json
import os

from .settings import BLOCK, ROOT

TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json"}


class Pages:
    def __init__(self):
        self.hits = 0
        # For send_file, which fills it again and again.
        self.block = bytearray(BLOCK)
        self.view = memoryview(self.block)

    def type_of(self, path):
        return TYPES.get(path.rsplit(".", 1)[-1], "application/octet-stream")

    def header(self, connection, status, kind, length):
        connection.send("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n".format(
            status, kind, length).encode())

    def send_file(self, connection, path):
        """In blocks: the largest page has 80 KB."""
        length = os.stat(ROOT + path)[6]
        self.header(connection, "200 OK", self.type_of(path), length)
        with open(ROOT + path, "rb") as file:
            while length > 0:
                count = file.readinto(self.block)
                connection.send(self.view[:count])
                length -= count
        self.hits += 1

    def status(self):
        """The counters live in a file that the sensors' program writes before it sleeps."""
        with open("/counters.json") as file:
            counters = json.load(file)
        return counters["starts"], counters["errors"]

    def screenshot(self, connection, path):
        """Checks the picture first, then sends it from a frame of its own, which is gone by the end."""
        with open(ROOT + path, "rb") as file:
            check = binascii.crc32(file.read())
        frame = bytearray(160 * 120)
        with open(ROOT + path, "rb") as file:
            file.readinto(frame)
        self.header(connection, "200 OK", "image/x-raw", len(frame))
        connection.send(frame)
        frame = None
        gc.collect()
        return check

    def screenshot_tidily(self, connection, path):
        with open(ROOT + path, "rb") as file:
            check = binascii.crc32(file.read())
        gc.collect()
        frame = bytearray(160 * 120)
        with open(ROOT + path, "rb") as file:
            file.readinto(frame)
        self.header(connection, "200 OK", "image/x-raw", len(frame))
        connection.send(frame)
        frame = None
        gc.collect()
        return check
