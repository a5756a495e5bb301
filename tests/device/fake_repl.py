"""A raw REPL as MicroPython's, run by CPython, with the faults that a real one cannot be brought to.

    fake_repl.py [paste | refuses-paste | old] [left-raw | silent | booting | running | lost]

The first word says what it knows of raw-paste mode, the second in which state it starts.
"""

import os
import sys
import termios
import traceback
import tty

RAW_PROMPT = b"raw REPL; CTRL-B to exit\r\n>"
WINDOW = 128

paste, state = (sys.argv[1:] + ["paste", "prompt"][len(sys.argv) - 1 :])[:2]
names = {"__name__": "__main__"}
as_found = termios.tcgetattr(0)


def say(data):
    while data:
        data = data[os.write(1, data) :]


def key():
    byte = os.read(0, 1)
    if not byte:
        sys.exit()
    return byte


def execute(code):
    """The program's output, Ctrl-D, its traceback, Ctrl-D; Ctrl-C interrupts it meanwhile."""
    termios.tcsetattr(0, termios.TCSANOW, as_found)
    try:
        exec(compile(code, "<stdin>", "exec"), names)
        error = ""
    except BaseException:
        error = traceback.format_exc()
    tty.setraw(0, termios.TCSANOW)
    sys.stdout.flush()
    say(b"\x04" + error.encode() + b"\x04>")


def read_pasted():
    """Takes code in windows; None where the host broke it off."""
    say(b"R\x01" + WINDOW.to_bytes(2, "little"))
    code = b""
    room = WINDOW
    while True:
        byte = key()
        if byte == b"\x03":
            return None
        if byte == b"\x04":
            say(b"\x04")
            return code
        if code.endswith(b"(((unbalanced"):  # as a compiler that gives up early
            say(b"\x04")
            while key() not in b"\x03\x04":
                pass
            return code
        assert room, "written into a full window"
        code += byte
        room -= 1
        if room <= WINDOW // 2:
            say(b"\x01")
            room += WINDOW


def raw_mode():
    say(RAW_PROMPT)
    line = b""
    while True:
        byte = key()
        if byte == b"\x01":
            if line == b"\x05A" and paste == "paste":
                code = read_pasted()
                if code is not None:
                    execute(code)
            elif line == b"\x05A" and paste == "refuses-paste":
                say(b"R\x00")
            else:
                say(RAW_PROMPT)
            line = b""
        elif byte == b"\x02":
            say(b"\r\n")
            return
        elif byte == b"\x03":
            line = b""
        elif byte == b"\x04":
            if not line:
                sys.exit("restarted")
            say(b"OK")
            execute(line)
            line = b""
        else:
            line += byte


tty.setraw(0, termios.TCSANOW)
say(b"ready\r\n")  # until then, Ctrl-C would have ended this
if state == "booting":
    heard = b""
    while not heard.endswith(b"\r\x01"):  # the first request is lost
        heard += key()
elif state in ("silent", "lost"):
    say(b"boot\xe9\r\n" if state == "lost" else b"")
    while True:
        key()
elif state == "running":
    while key() != b"\x03":
        say(b"busy\r\n" * 1000)
if state == "left-raw":
    raw_mode()
while True:
    say(b">>> ")
    while (byte := key()) != b"\x01":
        if byte in b"\r\x03":
            say(b"\r\n>>> ")
    raw_mode()
