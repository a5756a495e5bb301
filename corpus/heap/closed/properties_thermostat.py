# Properties, class and static methods, operator methods of a small value class.
class Temperature:
    made = 0

    def __init__(self, tenths):
        self._tenths = tenths
        Temperature.made += 1

    @classmethod
    def parse(cls, text):
        whole, _, part = text.partition(".")
        return cls(int(whole) * 10 + int(part or "0"))

    @staticmethod
    def clamp(tenths):
        return max(-400, min(1250, tenths))

    @property
    def celsius(self):
        return self._tenths / 10

    @celsius.setter
    def celsius(self, value):
        self._tenths = self.clamp(int(value * 10))

    def __add__(self, other):
        return Temperature(self._tenths + other._tenths)

    def __lt__(self, other):
        return self._tenths < other._tenths

    def __eq__(self, other):
        return self._tenths == other._tenths

    def __hash__(self):
        return self._tenths

    def __repr__(self):
        return "T(%d)" % self._tenths


class Thermostat:
    def __init__(self, target):
        self.target = target
        self.heating = False

    def update(self, now):
        if now < self.target:
            self.heating = True
        elif not now == self.target:
            self.heating = False
        return self.heating


t = Temperature.parse("21.5")
t.celsius = t.celsius + 0.5
print(t, t.celsius)
step = Temperature(4)
now = Temperature.parse("20")
control = Thermostat(t)
switched = 0
while control.update(now):
    now = now + step
    switched += 1
    if switched > 20:
        break
print(now, control.heating, switched, Temperature.made)
t.celsius = 200
print(sorted([t, now, step]), len({now, t, step}))
