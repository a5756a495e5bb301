# Slices of lists, bytearrays and strings: rotate, reverse, replace and delete.
row = [n * n for n in range(20)]
for _ in range(6):
    row = row[3:] + row[:3]
print(row[:4], row[-1])

frame = bytearray(32)
for n in range(8):
    frame[n * 4:n * 4 + 4] = bytes([n, n + 1, n + 2, n + 3])
head = frame[:6]
tail = frame[26:]
print(sum(frame), head[5], tail[0])

copy = row[:]
copy[2:5] = [7]
del copy[10:]
print(len(row), len(copy), copy[2])

message = "scrolling text on a tiny display "
windows = []
for at in range(0, len(message), 6):
    windows.append((message + message)[at:at + 8])
print(len(windows), windows[2])
