"""A server's clients are the channel `clients`: what each sends, null for one that does not come in
time, and "error" for one that is gone before it has sent anything."""
import recorded
from recorded_bytes import as_bytes

AF_INET = 2
SOCK_STREAM = 1
SOL_SOCKET = 1
SO_REUSEADDR = 4
ADDRESS = ("192.168.1.77", 50321)
TIMEOUT = OSError(110)
RESET = OSError(104)


class Client:
    def __init__(self, request):
        self.request = request

    def settimeout(self, value):
        pass

    def recv(self, bufsize):
        if self.request is None:
            raise RESET
        return self.request

    def send(self, data):
        return len(data)

    def sendall(self, data):
        pass

    def close(self):
        pass


clients = recorded.channels.get("clients", [])
for index in range(len(clients)):
    if clients[index] is not None:
        clients[index] = (Client(None if clients[index] == "error" else as_bytes(clients[index])), ADDRESS)


class socket:
    def __init__(self, af=AF_INET, type=SOCK_STREAM):
        self.af = af

    def setsockopt(self, level, optname, value):
        pass

    def settimeout(self, value):
        pass

    def bind(self, address):
        pass

    def listen(self, backlog=1):
        pass

    def accept(self):
        client = recorded.read("clients")
        if client is None:
            raise TIMEOUT
        return client


def getaddrinfo(host, port):
    return INFO


INFO = [(AF_INET, SOCK_STREAM, 0, "", ("0.0.0.0", 80))]
