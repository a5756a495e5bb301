# Context managers that lock a bus, exceptions suppressed and passed on, try/except/else/finally and re-raising.
class BusError(Exception):
    def __init__(self, code, address=None):
        super().__init__(code, address)
        self.code = code
        self.address = address

    def __str__(self):
        return "bus error %d at %s" % (self.code, hex(self.address) if self.address is not None else "?")


class Timeout(BusError):
    pass


class Bus:
    def __init__(self, devices):
        self.devices = devices
        self.locked = 0
        self.trace = []

    def __enter__(self):
        self.locked += 1
        self.trace.append("lock")
        return self

    def __exit__(self, kind, value, tb):
        self.locked -= 1
        self.trace.append("unlock" if kind is None else "unlock:" + kind.__name__)
        return kind is not None and issubclass(kind, Timeout)

    def read(self, address, register, count=1):
        if not self.locked:
            raise RuntimeError("not locked")
        if address not in self.devices:
            raise BusError(19, address)
        memory = self.devices[address]
        if register + count > len(memory):
            raise Timeout(110, address)
        return memory[register:register + count]


class Transaction:
    def __init__(self, bus, name):
        self.bus, self.name = bus, name
        self.reads = []

    def __enter__(self):
        self.bus.__enter__()
        return self.reads.append

    def __exit__(self, *exc):
        self.bus.trace.append("%s:%d" % (self.name, len(self.reads)))
        return self.bus.__exit__(*exc)


bus = Bus({0x40: bytes(range(16)), 0x68: b"\x12\x34\x56"})


def probe(address, register, count):
    try:
        with bus as b:
            data = b.read(address, register, count)
    except BusError as e:
        return str(e)
    else:
        return data.hex() if hasattr(data, "hex") else data
    finally:
        bus.trace.append("done")


def probe_all():
    found = []
    for address in (0x40, 0x41, 0x68):
        for register, count in ((0, 2), (2, 2)):
            try:
                found.append(probe(address, register, count))
            except NameError as e:
                found.append("name")
    return found


for line in probe_all():
    print(line)
try:
    bus.read(0x40, 0)
except RuntimeError as e:
    print("refused:", e)
with Transaction(bus, "t1") as note, Transaction(bus, "t2") as other:
    note(bus.read(0x40, 1, 3))
    other(bus.read(0x68, 0))
try:
    try:
        with bus:
            bus.read(0x22, 0)
    except BusError as e:
        e.code += 100
        raise
    finally:
        print("inner", bus.locked)
except BusError as e:
    print(e, e.args, e.code)
print(len(bus.trace), bus.trace[-6:], bus.locked)
