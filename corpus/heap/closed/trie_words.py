# A trie of nested dictionaries, edit distance on two rows, and an inverted index with defaults of our own.
class DefaultDict(dict):
    def __init__(self, make):
        super().__init__()
        self.make = make

    def __getitem__(self, key):
        if key not in self:
            self[key] = self.make()
        return super().__getitem__(key)


class Trie:
    END = ""

    def __init__(self, words=()):
        self.root = {}
        self.size = 0
        for word in words:
            self.add(word)

    def add(self, word):
        node = self.root
        for ch in word:
            node = node.setdefault(ch, {})
        if self.END not in node:
            node[self.END] = word
            self.size += 1

    def _collect(self, node):
        for key in sorted(node):
            if key == self.END:
                yield node[key]
            else:
                yield from self._collect(node[key])

    def starting(self, prefix):
        node = self.root
        for ch in prefix:
            node = node.get(ch)
            if node is None:
                return []
        return list(self._collect(node))

    def __contains__(self, word):
        return word in self.starting(word)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, cb in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (ca != cb))
    return row[-1]


COMMANDS = "start stop status state step set setup reset read readall write".split()
trie = Trie(COMMANDS)
print(trie.size, trie.starting("st"), trie.starting("x"), "set" in trie, "sett" in trie)
for typed in ("stat", "rest", "wirte", "q"):
    ranked = sorted(COMMANDS, key=lambda c: (distance(typed, c), c))
    print(typed, ranked[0], distance(typed, ranked[0]), ranked[-1])
index = DefaultDict(list)
for number, sentence in enumerate(("set the pump", "read the level", "stop the pump if level is low")):
    for word in sentence.split():
        index[word].append(number)
print(sorted((w, p) for w, p in index.items() if len(p) > 1), len(index), index["none"])
counts = {}
for ch in "mississippi":
    counts[ch] = counts.get(ch, 0) + 1
print(sorted(counts.items(), key=lambda item: (-item[1], item[0])), "".join(sorted(counts, reverse=True)))
inverted = {}
for ch, n in counts.items():
    inverted.setdefault(n, set()).add(ch)
print({n: sorted(chars) for n, chars in inverted.items()})
print(dict(zip("abc", range(3))), {k: v for v, k in enumerate("xyz")}, list({"one": 1}.values()), dict(a=1, **{"b": 2}))
