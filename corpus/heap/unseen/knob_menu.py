# Lab power supply front panel: rotary encoder with push button, OLED menu, settings in NVS
import esp32
import ssd1306
from machine import I2C, Pin, lightsleep

nvs = esp32.NVS("psu")
i2c = I2C(0, scl=Pin(22), sda=Pin(21))
oled = ssd1306.SSD1306_I2C(128, 64, i2c)

clk = Pin(32, Pin.IN, Pin.PULL_UP)
dt = Pin(33, Pin.IN, Pin.PULL_UP)
push = Pin(25, Pin.IN, Pin.PULL_UP)

turns = 0
presses = 0


def on_clk(pin):
    global turns
    if dt.value():
        turns += 1
    else:
        turns -= 1


def on_push(pin):
    global presses
    presses += 1


class Value:
    def __init__(self, label, key, low, high, step, unit):
        self.label = label
        self.key = key
        self.low, self.high, self.step = low, high, step
        self.unit = unit
        try:
            self.value = nvs.get_i32(key)
        except OSError:
            self.value = low

    def text(self):
        return "%s %d%s" % (self.label, self.value, self.unit)

    def change(self, by):
        self.value = max(self.low, min(self.high, self.value + by * self.step))

    def save(self):
        nvs.set_i32(self.key, self.value)
        nvs.commit()


class Menu:
    def __init__(self, label, *items):
        self.label = label
        self.items = items
        self.cursor = 0

    def text(self):
        return self.label + " >"


root = Menu(
    "Main",
    Value("Volt", "mv", 0, 12000, 100, " mV"),
    Value("Limit", "ma", 50, 3000, 50, " mA"),
    Menu(
        "Setup",
        Value("Bright", "bri", 0, 255, 5, ""),
        Value("Sleep", "sleep", 0, 60, 1, " min"),
        Menu("Calibrate", Value("Offset", "off", -500, 500, 1, " uV"), Value("Gain", "gain", 900, 1100, 1, " /k")),
    ),
)

path = [root]
editing = None


def draw():
    menu = path[-1]
    oled.fill(0)
    oled.text("/".join([m.label for m in path])[-16:], 0, 0)
    top = max(0, menu.cursor - 3)
    rows = list(menu.items) + ["back"]
    for i, item in enumerate(rows[top : top + 5]):
        text = item if isinstance(item, str) else item.text()
        mark = "*" if item is editing else ">" if top + i == menu.cursor else " "
        oled.text(mark + text, 0, 12 + 10 * i)
    oled.show()


clk.irq(handler=on_clk, trigger=Pin.IRQ_FALLING)
push.irq(handler=on_push, trigger=Pin.IRQ_FALLING)
draw()
while True:
    lightsleep(50)
    if not turns and not presses:
        continue
    menu = path[-1]
    if turns:
        by, turns = turns, 0
        if editing:
            editing.change(by)
        else:
            menu.cursor = max(0, min(len(menu.items), menu.cursor + by))
    if presses:
        presses = 0
        if editing:
            editing.save()
            print("saved", editing.text())
            editing = None
        elif menu.cursor == len(menu.items):
            if len(path) > 1:
                path.pop()
        elif isinstance(menu.items[menu.cursor], Menu):
            path.append(menu.items[menu.cursor])
        else:
            editing = menu.items[menu.cursor]
    draw()
