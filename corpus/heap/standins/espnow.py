"""Packets are the channel `packets`: [address, message], or null where none came in time."""
import recorded
from recorded_bytes import as_bytes

packets = recorded.channels["packets"]
for index in range(len(packets)):
    packet = packets[index]
    packets[index] = [None, None] if packet is None else [as_bytes(packet[0]), as_bytes(packet[1])]


class ESPNow:
    def active(self, flag):
        return True

    def recv(self, timeout_ms=300000):
        return recorded.read("packets")

    def send(self, peer, msg, sync=True):
        return True
