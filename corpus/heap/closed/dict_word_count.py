# A dict that grows over several table sizes while words are counted. (micro:bit)
TEXT = (
    "the red fox ran to the den and the old dog lay in the sun while a cat "
    "sat on the mat and saw the fox run by the hen who hid in the hay"
)


def count_words(text):
    counts = {}
    for word in text.split():
        if word in counts:
            counts[word] += 1
        else:
            counts[word] = 1
    return counts


def most_common(counts):
    best = None
    for word in sorted(counts):
        if best is None or counts[word] > counts[best]:
            best = word
    return best


counts = count_words(TEXT)
top = most_common(counts)
print(len(counts), top, counts[top])
once = sorted([w for w in counts if counts[w] == 1])
print(len(once), once[0], once[-1])
del counts["the"]
counts["emu"] = 1
counts.pop("fox")
print(len(counts), most_common(counts))
