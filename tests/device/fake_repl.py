#!/usr/bin/env python3
"""A raw REPL as MicroPython's, run by CPython, with the faults that a real one cannot be brought to.

    fake_repl.py [paste | refuses-paste | old] [left-raw | silent | booting | running | lost] [SOCKET]

The first word says what it knows of raw-paste mode, the second in which state it starts, the third
a Unix socket to listen at instead of using the terminal.
"""

import os
import socket
import sys
import traceback

RAW_PROMPT = b"raw REPL; CTRL-B to exit\r\n>"
WINDOW = 128

paste, state, path = (sys.argv[1:] + ["paste", "prompt", ""][len(sys.argv) - 1 :])[:3]
names = {"__name__": "__main__"}


def say(data):
    while data:
        data = data[os.write(1, data) :]


def key():
    byte = os.read(0, 1)
    if not byte:
        sys.exit()
    return byte


def execute(code):
    """The program's output, Ctrl-D, its traceback, Ctrl-D; SIGINT interrupts it meanwhile."""
    try:
        exec(compile(code, "<stdin>", "exec"), names)
        error = ""
    except BaseException:
        error = traceback.format_exc()
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
            say(b"OK")
            if not line:
                names.clear()
                names["__name__"] = "__main__"
                say(b"\r\nMPY: soft reboot\r\n" + RAW_PROMPT)
                continue
            execute(line)
            line = b""
        else:
            line += byte


if path:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
say(b"ready\r\n")
if path:
    connection = listener.accept()[0]
    for descriptor in 0, 1:
        os.dup2(connection.fileno(), descriptor)
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
