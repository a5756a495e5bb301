# Pieces from outside, until something that nobody knows in advance: each pass copies all that came before.
import time

import board
import socketpool
import wifi

uart = board.UART()
pool = socketpool.SocketPool(wifi.radio)


def answer_of(command, timeout=5):
    uart.write(command + b"\r\n")
    answer = b""
    start = time.monotonic()
    while time.monotonic() - start < timeout:
        if uart.in_waiting:
            answer += uart.read(1)  # expect: "523,776 bytes" "pieces of at most 1" "bytearray"
            if answer.endswith(b"OK\r\n"):
                break
    return answer


def body_of(sock):
    buffer = bytearray(256)
    body = b""
    while True:
        count = sock.recv_into(buffer)
        if not count:
            return body
        body += buffer[:count]  # expect: "pieces of at most 256"


def page_of(host, port):
    sock = pool.socket()
    sock.connect((host, port))
    page = b""
    while True:
        chunk = sock.recv(128)
        if not chunk:
            break
        page = page + chunk  # expect: "pieces of at most 128"
    sock.close()
    return page


print(answer_of(b"AT"))
print(body_of(pool.socket()))
print(page_of("192.168.4.1", 80))
