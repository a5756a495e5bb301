# A paragraph set left, right, centred and justified, in two columns, with hanging bullets and a word index.
TEXT = ("The lighthouse keeper writes down the wind every hour; at night he "
        "writes by a lamp that must not be seen from the sea. In forty years nobody "
        "has asked for the book, and every spring he orders a new one. "
        "An unbelievablylongwordthatfitsnowhere is broken.")
STOP = frozenset("a an and at by for from has he in is must not one that the".split())


def break_long(word, width):
    while len(word) > width:
        yield word[:width - 1] + "-"
        word = word[width - 1:]
    yield word


def wrap(text, width, first="", rest=""):
    lines = []
    line = first
    empty = True
    for whole in text.split():
        for word in break_long(whole, width - len(rest)):
            if not empty and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = rest
                empty = True
            line = line + word if empty else line + " " + word
            empty = False
    if not empty:
        lines.append(line)
    return lines


def justify(line, width):
    words = line.split()
    if len(words) < 2:
        return line
    gaps = len(words) - 1
    spare = width - sum(len(word) for word in words)
    out = words[0]
    for i, word in enumerate(words[1:]):
        out += " " * (spare // gaps + (1 if i < spare % gaps else 0)) + word
    return out


def block(lines, width, how):
    if how == "justify":
        return [justify(line, width) for line in lines[:-1]] + lines[-1:]
    if how == "centre":
        return [line.center(width) for line in lines]
    sign = {"left": "<", "right": ">"}[how]
    return [("{:%s%d}" % (sign, width)).format(line) for line in lines]


def two_columns(left, right, width):
    for i in range(max(len(left), len(right))):
        a = left[i] if i < len(left) else ""
        b = right[i] if i < len(right) else ""
        yield "%s | %s" % (a + " " * (width - len(a)), b)


def index(lines):
    places = {}
    for number, line in enumerate(lines, 1):
        for word in line.lower().split():
            word = word.strip(".,;-")
            if word and word not in STOP:
                places.setdefault(word, []).append(number)
    return places


for how in ("left", "right", "centre", "justify"):
    for line in block(wrap(TEXT[:100], 30), 30, how):
        print("[" + line + "]")
lines = wrap(TEXT, 24)
half = (len(lines) + 1) // 2
print("\n".join(two_columns(lines[:half], block(lines[half:], 24, "justify"), 24)))
for bullet, item in zip("*-+", TEXT.split(". ")):
    print("\n".join(wrap(item, 34, bullet + " ", "  ")))
places = index(lines)
common = [word for word in places if len(places[word]) > 1]
print(len(places), sorted(common), places["writes"])
initials = {}
for word in places:
    initials.setdefault(word[0], set()).add(word)
print({letter: len(initials[letter]) for letter in sorted(initials)}["l"], max(len(word) for word in places))
print(TEXT.upper().count("THE"), TEXT.rfind("book"), TEXT.replace("he ", "she ", 2)[60:100], TEXT.endswith("broken."))
