# A program for Python 2 is told so once; nothing else is said about it.
import board

print "hello"  # expect: "Python 2"
print "again"
while True:
    frame = bytearray(4096)
    print len(frame)
