# A flaky bus: custom exception classes, retries, finally, and errors that pass through frames.
class BusError(Exception):
    pass


class NoAnswer(BusError):
    def __init__(self, address):
        super().__init__(address)
        self.address = address


tries = 0
locked = 0


def transfer(address):
    global tries
    tries += 1
    if address == 0x40:
        raise NoAnswer(address)
    if tries % 4 == 2:
        raise BusError("arbitration lost")
    return address ^ 0x55


def read(address):
    global locked
    locked += 1
    try:
        return transfer(address)
    finally:
        locked -= 1


def read_retry(address, limit):
    for attempt in range(limit):
        try:
            return read(address)
        except NoAnswer:
            raise
        except BusError as error:
            reasons.append(str(error))
    return -1


reasons = []
values = []
missing = []
for address in (0x10, 0x11, 0x40, 0x12, 0x13, 0x40, 0x14):
    try:
        values.append(read_retry(address, 2))
    except BusError as error:
        missing.append(error.address)
print(values)
print(missing, len(reasons), reasons[0], tries, locked)
