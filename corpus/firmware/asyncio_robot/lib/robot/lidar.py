# target: circuitpython/raspberry_pi_pico
"""The turning distance sensor on a UART: 720 points a turn, four bytes each."""
from .limits import NEAR_MM, POINT_BYTES, POINTS, SCAN_BYTES


class Lidar:
    def __init__(self, uart):
        self.uart = uart
        self.scan = bytearray(SCAN_BYTES)
        self.nearest = 0

    def turn(self):
        """One turn into a buffer that is made for it."""
        raw = bytearray(SCAN_BYTES)  # expect: buffer-in-loop "2,8"
        if self.uart.readinto(raw) != SCAN_BYTES:
            return False
        self.nearest = self.nearest_in(raw)
        return True

    def turn_again(self):
        """One turn into the buffer that is there already."""
        if self.uart.readinto(self.scan) != SCAN_BYTES:
            return False
        self.nearest = self.nearest_in(self.scan)
        return True

    def nearest_in(self, scan):
        nearest = 65535
        for point in range(POINTS):
            at = point * POINT_BYTES
            distance = scan[at] | scan[at + 1] << 8
            if 0 < distance < nearest:
                nearest = distance
        return nearest

    def blocked(self):
        return self.nearest < NEAR_MM
