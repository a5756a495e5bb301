"""`cards` has the four bytes of a card's number, or null where no card is near."""
import recorded


class MFRC522:
    OK = 0
    NOTAGERR = 1
    REQIDL = 0x26

    def __init__(self, sck, mosi, miso, rst, cs):
        self.uid = None
        self.none_near = (MFRC522.NOTAGERR, None)
        self.found = (MFRC522.OK, 16)
        self.read = [MFRC522.OK, None]

    def request(self, mode):
        self.uid = recorded.read("cards")
        return self.none_near if self.uid is None else self.found

    def anticoll(self):
        self.read[1] = self.uid
        return self.read
