# ESP-NOW to MQTT gateway. Sensor nodes send struct packets; first byte is the kind.
import json
import struct
import time

import espnow
import network
from umqtt.simple import MQTTClient

BROKER = "10.0.0.2"
TOPIC = "espnow/{}/{}"
MAGIC = 0xE5
KINDS = {
    1: ("climate", "<hHH", ("t", "rh", "mv")),
    2: ("power", "<IIH", ("wh", "mw", "mv")),
    3: ("rain", "<HH", ("ticks", "mv")),
}
SUMMARY_EVERY = 10


class Node:
    __slots__ = ("name", "count", "lost", "seq", "values")

    def __init__(self, mac):
        self.name = ":".join("%02x" % b for b in mac)
        self.count = 0
        self.lost = 0
        self.seq = None
        self.values = {}

    def take(self, seq, values):
        if self.seq is not None:
            self.lost += (seq - self.seq - 1) & 0xFF
        self.seq = seq
        self.count += 1
        self.values.update(values)


nodes = {}
bad = 0


def decode(message):
    if len(message) < 3 or message[0] != MAGIC:
        raise ValueError("magic")
    kind = KINDS.get(message[1])
    if kind is None:
        raise ValueError("kind %d" % message[1])
    name, layout, fields = kind
    if len(message) - 3 < struct.calcsize(layout):
        raise ValueError("short")
    values = struct.unpack_from(layout, message, 3)
    return name, message[2], dict(zip(fields, values))


def forward(mac, message):
    global bad
    try:
        kind, seq, values = decode(message)
    except ValueError as e:
        bad += 1
        print("bad packet", bad, e)
        return
    node = nodes.get(mac)
    if node is None:
        node = nodes[mac] = Node(mac)
        print("new node", node.name)
    if seq == node.seq:
        return
    node.take(seq, values)
    client.publish(TOPIC.format(node.name, kind), json.dumps(values))


def summary():
    report = [{"node": n.name, "count": n.count, "lost": n.lost} for n in nodes.values()]
    client.publish("espnow/summary", json.dumps({"bad": bad, "nodes": report}), retain=True)


wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect("barn", "hay and straw")
while not wlan.isconnected():
    time.sleep_ms(100)
client = MQTTClient("gateway", BROKER)
client.connect()
radio = espnow.ESPNow()
radio.active(True)

received = 0
while True:
    mac, message = radio.recv(1000)
    if mac is None:
        client.ping()
        continue
    forward(mac, message)
    received += 1
    if received % SUMMARY_EVERY == 0:
        summary()
