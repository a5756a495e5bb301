import board  # expect: not-analysed "byte 59"

name = "café"
