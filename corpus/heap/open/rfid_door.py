"""Door opener: known cards open it, a master card teaches new ones. Keeps the last visits."""
import binascii
import time
from collections import deque

from machine import Pin
from mfrc522 import MFRC522

MASTER = "de10adbe"
reader = MFRC522(sck=Pin(18), mosi=Pin(19), miso=Pin(16), rst=Pin(20), cs=Pin(17))
lock = Pin(21, Pin.OUT)
red = Pin(22, Pin.OUT)

cards = {"04a1b2c3": "Anna", "93f00d17": "Jonas"}
visits = deque((), 8)
learning = False
last_uid = None


def read_card():
    status, _ = reader.request(reader.REQIDL)
    if status != reader.OK:
        return None
    status, uid = reader.anticoll()
    if status != reader.OK:
        return None
    return binascii.hexlify(bytes(uid)).decode()


def open_door(name):
    visits.append((name, time.ticks_ms()))
    print("welcome", name)
    lock.on()
    time.sleep(3)
    lock.off()


while True:
    uid = read_card()
    if uid is None:
        last_uid = None
        time.sleep_ms(100)
        continue
    if uid == last_uid:
        continue
    last_uid = uid
    if uid == MASTER:
        learning = not learning
        red.value(learning)
        if not learning:
            print("last visits:", [name for name, _ in visits])
    elif learning:
        if uid in cards:
            print("forgotten:", cards.pop(uid))
        else:
            cards[uid] = "guest %d" % len(cards)
            print("learned", cards[uid])
    elif uid in cards:
        open_door(cards[uid])
    else:
        red.on()
        print("unknown card", uid)
        time.sleep(1)
        red.off()
