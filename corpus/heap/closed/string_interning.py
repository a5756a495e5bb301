# Names made at run time: attributes by setattr and getattr, characters and keys that become interned. (micro:bit)
class Registers:
    pass


regs = Registers()
for n in range(12):
    setattr(regs, "reg%d" % n, n * n)
total = 0
for n in range(12):
    total += getattr(regs, "reg" + str(n))
print(total, hasattr(regs, "reg12"))

letters = ""
for code in range(192, 200):
    letters += chr(code - 95)
print(letters, letters[3], len(letters))

keys = {}
for word in "on off on blink off on".split():
    keys[word] = keys.get(word, 0) + 1
print(sorted(keys), keys["on"])
