# Babble in the style of a nursery rhyme: word pairs in a dict of lists, a random generator of our own.
class Lcg:
    """Numerical Recipes' constants; only the upper bits are any good."""

    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFF

    def next(self):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return self.state >> 16

    def below(self, n):
        return self.next() % n

    def pick(self, items):
        return items[self.below(len(items))]


RHYME = """This is the house that Jack built. This is the malt that lay in the house that Jack built.
This is the rat that ate the malt that lay in the house that Jack built. This is the cat that killed
the rat that ate the malt. This is the dog that worried the cat that killed the rat. This is the cow
with the crumpled horn that tossed the dog that worried the cat."""


def learn(text):
    words = text.split()
    chain = {}
    for i in range(len(words) - 2):
        key = (words[i], words[i + 1])
        if key not in chain:
            chain[key] = []
        chain[key].append(words[i + 2])
    return chain


def sentence(chain, rng, limit=18):
    starts = sorted(key for key in chain if key[0][0].isupper() and not key[0].endswith("."))
    first, second = rng.pick(starts)
    words = [first, second]
    while len(words) < limit and not words[-1].endswith("."):
        following = chain.get((words[-2], words[-1]))
        if not following:
            break
        words.append(rng.pick(following))
    return " ".join(words)


chain = learn(RHYME)
rng = Lcg(2024)
seen = set()
for n in range(6):
    text = sentence(chain, rng)
    if text in seen:
        print(n, "(again)")
        continue
    seen.add(text)
    print(n, text if text.endswith(".") else text + " ...")

lengths = {}
for following in chain.values():
    lengths[len(following)] = lengths.get(len(following), 0) + 1
print(len(chain), "pairs;", ", ".join("%d with %d" % (lengths[n], n) for n in sorted(lengths)))
longest = max(chain, key=lambda key: len(chain[key]))
print(" ".join(longest), "->", sorted(set(chain[longest])))
dice = [0] * 6
for _ in range(600):
    dice[rng.below(6)] += 1
print(dice, sum(dice))
