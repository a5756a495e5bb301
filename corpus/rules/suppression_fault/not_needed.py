# Comments that silence nothing. The fix takes out the comment, or the one name, and nothing else.
import board

small = bytearray(64)  # fraglint: ignore[FRG201] it is small  # expect: "no finding of FRG201"
small = bytearray(32)  # keep  # fraglint: ignore  # expect: "no finding here"
# fraglint: ignore[buffer-in-loop]  # expect

picture = bytearray(38400)
del picture  # fraglint: ignore[FRG103, FRG201] the next one is small  # expect: "FRG103"
frame = bytearray(2048)
