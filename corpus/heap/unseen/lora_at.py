"""Cattle trough sensor on a RYLR896 LoRa modem (AT commands). Unsent reports are kept and sent again."""
import struct
import time
from binascii import hexlify, unhexlify

from machine import ADC, Pin, UART

GATEWAY = 1
NODE = 17
MAX_KEPT = 12

modem = UART(2, baudrate=115200, tx=17, rx=16, timeout=200)
level = ADC(Pin(36))
battery = ADC(Pin(39))
float_switch = Pin(13, Pin.IN, Pin.PULL_UP)
valve = Pin(25, Pin.OUT)


def command(text, tries=3):
    """Sends an AT command and waits for its answer; what the gateway sends in between goes to `inbox`."""
    modem.write(text + "\r\n")
    for _ in range(tries):
        reply = modem.readline()
        if reply is None:
            continue
        reply = reply.strip()
        if reply.startswith(b"+RCV="):
            inbox.append(reply)
            continue
        return reply
    return None


def pack(seq, mm, mv, full):
    return struct.pack(">BBHHB", NODE, seq & 0xFF, mm, mv, full)


def unsent_add(packet):
    unsent.append(packet)
    if len(unsent) > MAX_KEPT:
        unsent.pop(0)


def handle(line):
    # +RCV=1,6,0a0b0c,-42,38
    fields = line[5:].split(b",")
    try:
        data = unhexlify(fields[2])
    except (ValueError, IndexError):
        print("garbled:", line)
        return
    if len(data) >= 2 and data[0] == NODE:
        valve.value(data[1] & 1)
        print("valve", data[1] & 1, "rssi", int(fields[3]))


inbox = []
unsent = []
seq = 0
command("AT+ADDRESS=%d" % NODE)
command("AT+NETWORKID=6")
while True:
    mm = level.read_u16() * 2000 // 65535
    mv = battery.read_u16() * 6600 // 65535
    unsent_add(pack(seq, mm, mv, float_switch.value()))
    seq += 1
    while unsent:
        payload = hexlify(unsent[0]).decode()
        if command("AT+SEND=%d,%d,%s" % (GATEWAY, len(payload), payload)) != b"+OK":
            break
        unsent.pop(0)
    while inbox:
        handle(inbox.pop(0))
    print("level", mm, "mm,", len(unsent), "unsent")
    time.sleep(300)
