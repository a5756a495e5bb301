"""Commands over a serial line: set and read pins, name them, and define short scripts."""
import time

from machine import Pin, UART

uart = UART(1, baudrate=115200, tx=Pin(4), rx=Pin(5))
pins = {}
names = {}
scripts = {}


def pin_of(word):
    number = names[word] if word in names else int(word)
    if number not in pins:
        pins[number] = Pin(number, Pin.OUT)
    return pins[number]


def cmd_name(args):
    names[args[0]] = int(args[1])
    return "ok"


def cmd_set(args):
    pin_of(args[0]).value(1 if args[1] in ("1", "on", "high") else 0)
    return "ok"


def cmd_get(args):
    return str(pin_of(args[0]).value())


def cmd_def(args):
    scripts[args[0]] = " ".join(args[1:]).split(";")
    return "%d steps" % len(scripts[args[0]])


def cmd_run(args):
    results = []
    for step in scripts[args[0]]:
        results.append(execute(step))
    return ",".join(results)


def cmd_list(args):
    return " ".join(sorted(scripts)) or "nothing defined"


COMMANDS = {
    "name": cmd_name,
    "set": cmd_set,
    "get": cmd_get,
    "def": cmd_def,
    "run": cmd_run,
    "list": cmd_list,
}


def execute(line):
    words = line.split()
    if not words:
        return ""
    command = COMMANDS.get(words[0])
    if command is None:
        return "unknown: " + words[0]
    try:
        return command(words[1:])
    except (KeyError, ValueError, IndexError) as error:
        return "error in " + words[0] + ": " + repr(error)


while True:
    if not uart.any():
        time.sleep_ms(10)
        continue
    line = uart.readline()
    try:
        text = line.decode()
    except UnicodeError:
        uart.write("not text\r\n")
        continue
    uart.write(execute(text) + "\r\n")
