"""Thermostat with a web page: GET / shows, GET /set?target=21.5&mode=auto changes, GET /api answers JSON."""
import json
import socket
import time

import network
from ds18x20 import DS18X20
from machine import Pin
from onewire import OneWire

PAGE = """<!DOCTYPE html><html><head><title>Thermostat</title>
<meta name="viewport" content="width=device-width"></head>
<body><h1>%s</h1><p>Now %.1f, wanted %.1f, heating is %s.</p>
<form action="/set"><input name="target" value="%.1f"><select name="mode">%s</select>
<input type="submit"></form><p>%s</p></body></html>"""
MODES = ("off", "auto", "holiday")
CONFIG = "thermostat.json"

state = {"name": "Living room", "target": 20.0, "mode": "auto", "hysteresis": 0.4}
try:
    with open(CONFIG) as file:
        state.update(json.load(file))
except (OSError, ValueError):
    print("no configuration, starting with defaults")

sensors = DS18X20(OneWire(Pin(4)))
rom = sensors.scan()[0]
relay = Pin(5, Pin.OUT, value=0)
last = 20.0


def unquote(text):
    parts = text.replace("+", " ").split("%")
    result = parts[0]
    for part in parts[1:]:
        result += chr(int(part[:2], 16)) + part[2:]
    return result


def parse_query(path):
    path, _, query = path.partition("?")
    values = {}
    for pair in query.split("&"):
        if "=" in pair:
            key, value = pair.split("=", 1)
            values[key] = unquote(value)
    return path, values


def control():
    global last
    sensors.convert_temp()
    try:
        last = sensors.read_temp(rom)
    except OSError:
        pass
    wanted = 12.0 if state["mode"] == "holiday" else state["target"]
    if state["mode"] == "off" or last > wanted + state["hysteresis"]:
        relay.off()
    elif last < wanted - state["hysteresis"]:
        relay.on()


def page(message=""):
    options = "".join("<option%s>%s</option>" % (" selected" if m == state["mode"] else "", m) for m in MODES)
    heating = "on" if relay.value() else "off"
    return PAGE % (state["name"], last, state["target"], heating, state["target"], options, message)


def respond(client, body, kind="text/html", status="200 OK"):
    client.send("HTTP/1.0 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (status, kind, len(body)))
    client.sendall(body)


def change(values):
    if "target" in values:
        target = float(values["target"])
        if not 5 <= target <= 30:
            return "target out of range"
        state["target"] = target
    if values.get("mode") in MODES:
        state["mode"] = values["mode"]
    return "saved"


def serve(client):
    request = client.recv(1024).decode()
    method, path, _ = request.split("\r\n", 1)[0].split(" ", 2)
    path, values = parse_query(path)
    if method != "GET":
        respond(client, "only GET", "text/plain", "405 Method Not Allowed")
    elif path in ("/", "/set"):
        respond(client, page(change(values) if values else ""))
    elif path == "/api":
        respond(client, json.dumps({"now": last, "target": state["target"], "mode": state["mode"]}), "application/json")
    else:
        respond(client, "not here", "text/plain", "404 Not Found")


wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect("home", "sweet home")
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(socket.getaddrinfo("0.0.0.0", 80)[0][-1])
server.listen(2)
server.settimeout(5)
served = 0
while True:
    control()
    try:
        client, address = server.accept()
    except OSError:
        continue
    try:
        serve(client)
        served += 1
    except (OSError, ValueError, UnicodeError) as e:
        print("request from", address[0], "failed:", e)
    client.close()
