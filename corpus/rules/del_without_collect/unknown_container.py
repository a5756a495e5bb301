# Whoever writes `del` for a container means to free memory: a note where its size is not known.
import os

import board

names = [name for name in os.listdir("/") if name.endswith(".wav")]
print(len(names))
del names  # expect-note: "size not known"
buffer = bytearray(4096)
