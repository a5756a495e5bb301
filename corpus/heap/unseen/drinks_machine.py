"""Drinks machine: coin acceptor, three buttons, motor with a position switch; a table of transitions."""
import time
from micropython import const

from machine import Pin

IDLE = const(0)
CREDIT = const(1)
VENDING = const(2)
CHANGE = const(3)
FAULT = const(4)

EV_COIN = const(10)
EV_CHOICE = const(11)
EV_DONE = const(12)
EV_TIMEOUT = const(13)
EV_CANCEL = const(14)

NAMES = {IDLE: "idle", CREDIT: "credit", VENDING: "vending", CHANGE: "change", FAULT: "fault"}
COINS = (0, 5, 10, 20, 50, 100, 200)
PRICES = {"water": 50, "cola": 120, "juice": 150}
CHANGE_COINS = (100, 50, 20, 10, 5)


class Machine:
    def __init__(self, stock):
        self.state = IDLE
        self.credit = 0
        self.choice = None
        self.stock = dict(stock)
        self.sales = []
        self.entered = 0
        self.motor = Pin(7, Pin.OUT)
        self.table = {
            (IDLE, EV_COIN): self.add_coin,
            (CREDIT, EV_COIN): self.add_coin,
            (CREDIT, EV_CHOICE): self.choose,
            (CREDIT, EV_CANCEL): self.give_change,
            (CREDIT, EV_TIMEOUT): self.give_change,
            (VENDING, EV_DONE): self.vended,
            (VENDING, EV_TIMEOUT): self.jam,
            (CHANGE, EV_DONE): lambda _: IDLE,
        }

    def handle(self, event, value=None):
        action = self.table.get((self.state, event))
        if action is None:
            return False
        new = action(value)
        if new != self.state:
            print("%s -> %s" % (NAMES[self.state], NAMES[new]))
            self.state, self.entered = new, 0
        return True

    def add_coin(self, code):
        self.credit += COINS[code]
        return CREDIT

    def choose(self, name):
        price = PRICES[name]
        if self.credit < price:
            print("needs", price - self.credit, "more")
            return CREDIT
        if not self.stock.get(name):
            print("sold out:", name)
            return CREDIT
        self.choice = name
        self.motor.on()
        return VENDING

    def vended(self, _):
        self.motor.off()
        self.stock[self.choice] -= 1
        self.credit -= PRICES[self.choice]
        self.sales.append((self.choice, PRICES[self.choice]))
        self.choice = None
        return self.give_change(None) if self.credit else IDLE

    def jam(self, _):
        self.motor.off()
        return FAULT

    def give_change(self, _):
        paid = []
        for coin in CHANGE_COINS:
            count, self.credit = divmod(self.credit, coin)
            paid += [coin] * count
        print("change:", paid)
        return CHANGE

    def tick(self):
        self.entered += 1
        if self.entered > 20:
            self.handle(EV_TIMEOUT)
        elif self.state == CHANGE and self.entered > 2:
            self.handle(EV_DONE)


def report(machine):
    totals = {}
    for name, price in machine.sales:
        totals[name] = totals.get(name, 0) + price
    for name in sorted(totals, key=lambda n: -totals[n]):
        print("{:>8} {:6.2f}".format(name, totals[name] / 100))
    empty = {name for name, left in machine.stock.items() if left == 0}
    if empty:
        print("refill", ", ".join(sorted(empty)))


coin_bits = [Pin(n, Pin.IN) for n in (10, 11, 12)]
buttons = [(Pin(n, Pin.IN, Pin.PULL_UP), name) for n, name in zip((16, 17, 18), PRICES)]
cancel = Pin(19, Pin.IN, Pin.PULL_UP)
position = Pin(20, Pin.IN)
machine = Machine({"water": 2, "cola": 3, "juice": 1})
turns = 0
while True:
    code = sum(pin.value() << i for i, pin in enumerate(coin_bits))
    if 0 < code < len(COINS):
        machine.handle(EV_COIN, code)
    for pin, name in buttons:
        if not pin.value():
            machine.handle(EV_CHOICE, name)
            break
    if not cancel.value():
        machine.handle(EV_CANCEL)
    if machine.state == VENDING and position.value():
        machine.handle(EV_DONE)
    machine.tick()
    turns += 1
    if turns % 25 == 0:
        report(machine)
    time.sleep_ms(50)
