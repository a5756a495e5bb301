"""The face of the clock: hours and minutes, the date below, a chart of the light in the room."""
import displayio
from adafruit_display_text import label

import config


class ClockFace(displayio.Group):
    def __init__(self, big_font, small_font):
        super().__init__()
        self.time_label = label.Label(big_font, text="--:--:--", color=0xFFFFFF)
        self.time_label.anchor_point = (0.5, 0.5)
        self.time_label.anchored_position = (160, 90)
        self.append(self.time_label)
        self.date_label = label.Label(small_font, text="", color=0x80C0FF)
        self.date_label.anchor_point = (0.5, 0.5)
        self.date_label.anchored_position = (160, 150)
        self.append(self.date_label)
        self.day = None

    def show(self, now):
        """Called on every turn of the main loop, several times a second."""
        self.time_label.text = "{:02d}:{:02d}:{:02d}".format(  # expect-note: repeated-label-text-change
            now.tm_hour, now.tm_min, now.tm_sec)
        # The date is written once a day, so its length does not matter.
        if now.tm_mday != self.day:
            self.day = now.tm_mday
            self.date_label.text = "{} {}.{}.".format(
                config.DAYS[now.tm_wday], now.tm_mday, now.tm_mon)


class LightChart:
    """Eight rows of pixels, pushed to the bottom of the screen."""

    def __init__(self):
        self.level = 0

    def push(self, bus, level):
        self.level = (self.level * 7 + level) // 8
        rows = bytearray(config.CHART_BYTES)  # expect: buffer-in-loop "5,1"
        for i in range(0, min(self.level, 320) * 2, 2):
            rows[i] = 0x07
        bus.send(0x2C, rows)
