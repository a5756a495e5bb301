"""Mains power monitor with a current clamp and a voltage transformer; samples two channels, keeps means per minute."""
import array
import math
import time

import network
from machine import ADC, Pin
from umqtt.simple import MQTTClient

SAMPLES = 50
V_SCALE = 0.0192
I_SCALE = 0.00061
PER_MINUTE = 6
MINUTES = 60

volts_in = ADC(Pin(34))
amps_in = ADC(Pin(35))
alarm = Pin(2, Pin.OUT)

volts = array.array("i", [0] * SAMPLES)
amps = array.array("i", [0] * SAMPLES)


class RunningMean:
    def __init__(self, size):
        self.values = [0.0] * size
        self.at = 0
        self.filled = 0
        self.total = 0.0

    def add(self, value):
        self.total += value - self.values[self.at]
        self.values[self.at] = value
        self.at = (self.at + 1) % len(self.values)
        self.filled = min(self.filled + 1, len(self.values))

    def mean(self):
        return self.total / self.filled if self.filled else 0.0


def sample():
    for i in range(SAMPLES):
        volts[i] = volts_in.read()
        amps[i] = amps_in.read()


def evaluate():
    v_mid = sum(volts) // SAMPLES
    i_mid = sum(amps) // SAMPLES
    v_sum = i_sum = p_sum = 0
    for v, i in zip(volts, amps):
        v -= v_mid
        i -= i_mid
        v_sum += v * v
        i_sum += i * i
        p_sum += v * i
    v_rms = math.sqrt(v_sum / SAMPLES) * V_SCALE * 10
    i_rms = math.sqrt(i_sum / SAMPLES) * I_SCALE * 10
    real = p_sum / SAMPLES * V_SCALE * I_SCALE * 100
    return v_rms, i_rms, real


wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect("meter", "kilowatt")
client = MQTTClient("mains", "192.168.178.4", keepalive=120)
client.connect()

recent = RunningMean(PER_MINUTE)
minutes = RunningMean(MINUTES)
energy = 0.0
rounds = 0
peak = (0.0, 0)
while True:
    sample()
    v, i, watts = evaluate()
    recent.add(watts)
    energy += watts * 10 / 3600
    apparent = v * i
    factor = watts / apparent if apparent > 0 else 0
    if watts > peak[0]:
        peak = (watts, rounds)
    alarm.value(watts > 3000)
    rounds += 1
    if rounds % PER_MINUTE == 0:
        minutes.add(recent.mean())
        message = '{"u":%.1f,"i":%.2f,"p":%.0f,"pf":%.2f,"wh":%.1f,"hour":%.0f}' % (v, i, watts, factor, energy, minutes.mean())
        try:
            client.publish(b"home/mains", message.encode())
        except OSError as e:
            print("mqtt:", e)
    time.sleep(10)
