"""Door lock with one-time codes: base32 secrets, HMAC-SHA1 by hand over hashlib, several users, lock-out after errors."""
import binascii
import hashlib
import struct
import time

from machine import Pin, UART

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
USERS = (("anna", "JBSWY3DPEHPK3PXP"), ("ben", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), ("guest", "MFRGGZDF MZTWQ2LK"))
STEP = 30


def base32(text):
    number = bits = 0
    out = bytearray()
    for c in text.replace(" ", "").rstrip("="):
        number = number << 5 | ALPHABET.index(c)
        bits += 5
        if bits >= 8:
            bits -= 8
            out.append(number >> bits)
            number &= (1 << bits) - 1
    return bytes(out)


def sha1(*parts):
    digest = hashlib.sha1()
    for part in parts:
        digest.update(part)
    return digest.digest()


class Hmac:
    block = 64

    def __init__(self, key):
        if len(key) > self.block:
            key = sha1(key)
        key = key + bytes(self.block - len(key))
        self.inner = bytes(b ^ 0x36 for b in key)
        self.outer = bytes([b ^ 0x5C for b in key])

    def __call__(self, message):
        return sha1(self.outer, sha1(self.inner, message))


class Totp:
    def __init__(self, secret, digits=6):
        self.hmac = Hmac(base32(secret))
        self.digits = digits
        self.used = -1

    def code(self, counter):
        digest = self.hmac(struct.pack(">Q", counter))
        at = digest[-1] & 15
        number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
        text = str(number % 10 ** self.digits)
        return "0" * (self.digits - len(text)) + text

    def check(self, code, counter, window=1):
        for c in range(counter - window, counter + window + 1):
            if c > self.used and self.code(c) == code:
                self.used = c
                return True
        return False


class Locked(Exception):
    pass


class Door:
    def __init__(self, users):
        self.users = {name: Totp(secret) for name, secret in users}
        self.pin = Pin(21, Pin.OUT)
        self.errors = 0
        self.locked_until = 0
        self.log = []

    def enter(self, code, now):
        if now < self.locked_until:
            raise Locked(self.locked_until - now)
        counter = now // STEP
        for name, totp in self.users.items():
            if totp.check(code, counter):
                self.errors = 0
                self.open(name, now)
                return name
        self.errors += 1
        if self.errors >= 3:
            self.locked_until = now + 60 * 2 ** min(self.errors - 3, 5)
            self.note("locked", now)
        return None

    def open(self, name, now):
        self.pin.on()
        time.sleep_ms(1500)
        self.pin.off()
        self.note(name, now)

    def note(self, what, now):
        entry = "%d %s" % (now, what)
        chained = sha1(self.log[-1][0] if self.log else b"start", entry.encode())
        self.log.append((chained, entry))
        if len(self.log) > 6:
            self.log = self.log[1:]


uart = UART(1, baudrate=9600)
door = Door(USERS)
typed = ""
while True:
    data = uart.read(8)
    if data is None:
        time.sleep_ms(20)
        continue
    for character in data.decode():
        if character.isdigit():
            typed += character
        elif character == "*":
            typed = ""
        elif character == "?":
            for chained, entry in door.log:
                print(binascii.hexlify(chained).decode()[:12], entry)
        elif character == "#":
            try:
                name = door.enter(typed, time.time())
                print("welcome " + name if name else "wrong code ({})".format(door.errors))
            except Locked as e:
                print("locked for %d s" % e.args)
            typed = ""
        if len(typed) > 8:
            typed = typed[-8:]
