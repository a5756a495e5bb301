"""The built-in font is but a name here."""

FONT = "terminalio"
