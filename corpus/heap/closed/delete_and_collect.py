# Buffers released by del and gc.collect between two phases of a program. (micro:bit)
import gc


def make_image(size):
    image = bytearray(size)
    for i in range(0, size, 16):
        image[i] = i & 255
    return image


image = make_image(640)
total = sum(image)
del image
gc.collect()

lines = []
for n in range(10):
    lines.append("line %d of the second phase" % n)
text = "\n".join(lines)
del lines
gc.collect()

copies = [text[i:i + 20] for i in range(0, 100, 20)]
text = None
gc.collect()
print(total, len(copies), len(copies[0]))
