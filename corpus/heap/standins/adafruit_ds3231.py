"""The time of day is the channel `datetime`, of lists [hour, minute, second]."""
import recorded


class Moment:
    def __init__(self, numbers):
        self.tm_hour, self.tm_min, self.tm_sec = numbers


moments = recorded.channels["datetime"]
for index in range(len(moments)):
    moments[index] = Moment(moments[index])


class DS3231:
    def __init__(self, i2c):
        self.i2c = i2c

    @property
    def datetime(self):
        return recorded.read("datetime")
