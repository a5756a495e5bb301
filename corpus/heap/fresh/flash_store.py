# A key-value store as it lies in flash: records with CRC in a bytearray, an index, a page that is compacted when it is full.
import binascii
import struct

try:
    from micropython import const
except ImportError:
    const = lambda value: value

MAGIC = const(0xA5)
HEADER = "<BBHI"
ERASED = const(0xFF)
DELETED = const(0xFFFF)


class StoreFull(Exception):
    pass


class Flash:
    """Bits go from one to zero only, until a page is erased."""

    def __init__(self, size):
        self.memory = bytearray(b"\xff" * size)
        self.erased = 0
        self.written = 0

    def write(self, at, data):
        for i, byte in enumerate(data):
            if self.memory[at + i] != ERASED:
                raise OSError(5, "not erased")
            self.memory[at + i] = byte
        self.written += len(data)

    def read(self, at, size):
        return memoryview(self.memory)[at:at + size]

    def erase(self):
        for i in range(len(self.memory)):
            self.memory[i] = ERASED
        self.erased += 1


class Store:
    def __init__(self, flash):
        self.flash = flash
        self.head = struct.calcsize(HEADER)
        self.index = {}
        self.end = 0
        self.mount()

    def mount(self):
        self.index.clear()
        at = 0
        size = len(self.flash.memory)
        while at + self.head <= size:
            magic, key_size, value_size, crc = struct.unpack(HEADER, self.flash.read(at, self.head))
            if magic != MAGIC:
                break
            length = 0 if value_size == DELETED else value_size
            body = self.flash.read(at + self.head, key_size + length)
            if binascii.crc32(body) & 0xFFFFFFFF == crc:
                key = str(body[:key_size], "utf-8")
                if value_size == DELETED:
                    self.index.pop(key, None)
                else:
                    self.index[key] = at + self.head + key_size, length
            else:
                print("bad record at", at)
            at += self.head + key_size + length
        self.end = at
        return len(self.index)

    def _append(self, key, value):
        name = key.encode()
        body = name + (value or b"")
        size = DELETED if value is None else len(value)
        record = struct.pack(HEADER, MAGIC, len(name), size, binascii.crc32(body) & 0xFFFFFFFF) + body
        if self.end + len(record) > len(self.flash.memory):
            self.compact()
            if self.end + len(record) > len(self.flash.memory):
                raise StoreFull(key)
        self.flash.write(self.end, record)
        if value is not None:
            self.index[key] = self.end + self.head + len(name), len(value)
        self.end += len(record)

    def compact(self):
        live = [(key, bytes(self.flash.read(*self.index[key]))) for key in sorted(self.index)]
        before = self.end
        self.flash.erase()
        self.end = 0
        for key, value in live:
            self._append(key, value)
        print("compacted from", before, "to", self.end)

    def __getitem__(self, key):
        return bytes(self.flash.read(*self.index[key]))

    def __setitem__(self, key, value):
        if key in self.index and self[key] == value:
            return
        self._append(key, value)

    def __delitem__(self, key):
        if key not in self.index:
            raise KeyError(key)
        self._append(key, None)
        self.index.pop(key)

    def __len__(self):
        return len(self.index)


flash = Flash(512)
store = Store(flash)
for boot in range(14):
    store["boots"] = struct.pack("<H", boot)
    store["log%d" % (boot % 3)] = b"started %02d" % boot
    store["ssid"] = b"harbour"
print(len(store), store.end, flash.erased, struct.unpack("<H", store["boots"])[0], store["log1"])
del store["log0"]
try:
    del store["log9"]
except KeyError as error:
    print("no", error.args[0])
try:
    store["picture"] = bytes(600)
except StoreFull as error:
    print("too large:", error)
flash.memory[store.index["ssid"][0]] ^= 0x01
again = Store(flash)
print(sorted(again.index), len(again), again.end == store.end, flash.written)
print(binascii.hexlify(bytes(flash.read(0, 24))).decode())
