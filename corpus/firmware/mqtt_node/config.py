# One node of the greenhouse. Copy, edit, upload with mpremote.
SSID = "greenhouse"
PASSWORD = "not the real one"
BROKER = "192.168.4.1"
NODE = b"bed-3"
PERIOD_MS = 2000
# Words in the FIFO of the soil sensor, two bytes each.
FIFO_WORDS = 512
FIFO_BYTES = FIFO_WORDS * 2
EEPROM_PAGE = 1024
EEPROM_ADDR = 0x50
SOIL_ADDR = 0x36
