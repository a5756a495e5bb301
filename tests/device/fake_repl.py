#!/usr/bin/env python3
"""A raw REPL as MicroPython's, run by CPython, with the faults that a real one cannot be brought to.

    fake_repl.py [paste | refuses-paste | old] [STATE] [pty | tcp | SOCKET]

The first word says what it knows of raw-paste mode, the second in which state it starts: prompt,
left-raw, silent, booting, running or lost. The third is where it serves instead of on its terminal:
a pseudoterminal or a TCP port of its own, which it names, or a Unix socket at that path.
"""

import os
import select
import signal
import socket
import sys
import threading
import traceback
import tty

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


def watch_keys(end):
    """As a board's UART does: Ctrl-C interrupts, and what else comes while a program runs is lost."""
    while end not in select.select([0, end], [], [])[0]:
        if b"\x03" in os.read(0, 100):
            os.kill(os.getpid(), signal.SIGINT)


def execute(code):
    """The program's output, Ctrl-D, its traceback, Ctrl-D; SIGINT interrupts it meanwhile."""
    if path:
        end, stop = os.pipe()
        watcher = threading.Thread(target=watch_keys, args=[end], daemon=True)
        watcher.start()
    try:
        exec(compile(code, "<stdin>", "exec"), names)
        error = ""
    except BaseException:
        error = traceback.format_exc()
    if path:
        os.close(stop)
        watcher.join()
        os.close(end)
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


place = "ready"
if path == "pty":
    served, far = os.openpty()  # `far` stays open, so that the board outlives who talks to it
    tty.setraw(far)
    place = os.ttyname(far)
elif path:
    listener = socket.socket(socket.AF_INET if path == "tcp" else socket.AF_UNIX)
    listener.bind(("127.0.0.1", 0) if path == "tcp" else path)
    listener.listen()
    if path == "tcp":
        place = str(listener.getsockname()[1])
say(place.encode() + b"\r\n")
if path:
    if path != "pty":
        served = listener.accept()[0].detach()
    for descriptor in 0, 1:
        os.dup2(served, descriptor)
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
