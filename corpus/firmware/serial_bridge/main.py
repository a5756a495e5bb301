# Bridges a serial sensor to a TCP client on a Pico W. MicroPython.
import gc
import machine
import network
import socket
import time

SSID = "workshop"
PASSWORD = "not the real one"
PORT = 4000
FRAME = 512

uart = machine.UART(1, baudrate=115200, tx=machine.Pin(4), rx=machine.Pin(5))
led = machine.Pin("LED", machine.Pin.OUT)


def connect():
    wlan = network.WLAN(network.STA_IF)
    wlan.active(True)
    wlan.connect(SSID, PASSWORD)
    while not wlan.isconnected():
        time.sleep_ms(200)
    return wlan.ifconfig()[0]


def serve(client):
    """Passes frames on until the client goes away."""
    sent = 0
    while True:
        frame = bytearray(FRAME)  # expect-note: buffer-in-loop "exactly 528 bytes"
        count = uart.readinto(frame)
        if count is None:
            time.sleep_ms(5)
            continue
        client.send(frame)
        sent += count
        if sent > 1_000_000:
            return sent


def serve_without_garbage(client):
    frame = bytearray(FRAME)
    view = memoryview(frame)
    sent = 0
    while sent < 1_000_000:
        count = uart.readinto(frame)
        if count is None:
            time.sleep_ms(5)
            continue
        client.send(view[:count])
        sent += count
    return sent


def burst(client, length):
    """Asks for as much as the sensor has announced, eight times over."""
    for _ in range(20):
        chunk = bytearray(length)  # expect: buffer-in-loop "filled in place"
        uart.readinto(chunk)
        client.send(chunk)


address = connect()
print("listening on", address)
server = socket.socket()
server.bind(("0.0.0.0", PORT))
server.listen(1)

while True:
    client, peer = server.accept()
    led.on()
    try:
        burst(client, client.recv(1)[0] * 16)
        serve(client)
        serve_without_garbage(client)
    except OSError as error:
        print("gone:", error)
        # Whatever is made here is made once in a blue moon.
        rest = bytearray(2048)
        uart.readinto(rest)
    finally:
        client.close()
        led.off()
    gc.collect()
