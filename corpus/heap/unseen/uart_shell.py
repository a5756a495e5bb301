"""A small shell on the serial port: gpio, adc, variables, aliases, hexdump, repeat."""
import time

from machine import ADC, Pin, UART

uart = UART(0, baudrate=115200, rxbuf=512)
commands = {}
variables = {"name": "board", "led": "25"}
aliases = {"?": "help", "ll": "vars"}
history = []


class ShellError(Exception):
    def __init__(self, message, code=1):
        super().__init__(message)
        self.code = code


def command(usage, least=0, most=9):
    def decorate(function):
        commands[function.__name__[4:]] = (function, usage, least, most)
        return function
    return decorate


def out(*parts, end="\r\n"):
    uart.write(" ".join(str(part) for part in parts) + end)


def split_words(line):
    words, word, quote = [], "", None
    for c in line:
        if quote:
            if c == quote:
                quote = None
            else:
                word += c
        elif c in "'\"":
            quote = c
        elif c.isspace():
            if word:
                words.append(word)
                word = ""
        else:
            word += c
    if quote:
        raise ShellError("missing " + quote, 2)
    return words + [word] if word else words


def expand(word):
    if not word.startswith("$"):
        return word
    try:
        return variables[word[1:]]
    except KeyError:
        raise ShellError("no variable %r" % word[1:])


@command("help [command]", 0, 1)
def cmd_help(name=None):
    for each in [name] if name else sorted(commands):
        if each not in commands:
            raise ShellError("no help for {}".format(each))
        out("  ", commands[each][1])


@command("set name value", 2)
def cmd_set(name, *words):
    variables[name] = " ".join(words)


@command("vars")
def cmd_vars():
    for name, value in sorted(variables.items(), key=lambda pair: pair[0]):
        out(name, value, end="\n")


@command("pin number [0|1]", 1, 2)
def cmd_pin(number, level=None):
    number = int(number)
    if level is None:
        out("pin", number, "=", Pin(number, Pin.IN).value())
    else:
        Pin(number, Pin.OUT).value(int(level) & 1)


@command("adc channel [samples]", 1, 2)
def cmd_adc(channel, samples="1"):
    adc = ADC(int(channel))
    values = [adc.read_u16() for _ in range(int(samples))]
    out("min %d mean %.1f max %d" % (min(values), sum(values) / len(values), max(values)))


@command("dump text", 1)
def cmd_dump(*words):
    data = " ".join(words).encode()
    for at in range(0, len(data), 8):
        row = data[at : at + 8]
        out("%04x" % at, " ".join("%02x" % b for b in row), "".join(chr(b) if 32 <= b < 127 else "." for b in row))


@command("repeat n command...", 2)
def cmd_repeat(count, *words):
    for _ in range(int(count, 0)):
        run(list(words))


def run(words):
    name, *arguments = words
    name = aliases.get(name, name)
    if name not in commands:
        raise ShellError("unknown: " + name, 127)
    function, usage, least, most = commands[name]
    if not least <= len(arguments) <= most:
        raise ShellError("usage: " + usage)
    function(*[expand(word) for word in arguments])


while True:
    line = uart.readline()
    if not line:
        time.sleep_ms(10)
        continue
    try:
        text = line.decode().strip()
        if not text or text[0] == "#":
            continue
        history.append(text)
        del history[:-8]
        run(split_words(text))
    except ShellError as error:
        out("error", error.code, error)
    except (ValueError, UnicodeError) as error:
        out("bad value:", error)
    finally:
        out("> ", end="")
