# Spelling hints: a trie of nested dicts, edit distance along its branches, prefixes, and sets of letters.
WORDS = """
sensor servo serial series serve set seven send signal sign single solder sold socket sock
relay reset resistor read ready rest radio ratio range ring reply
battery battle button buzzer buffer bus byte bit board boat
pin pine pixel pump pulse push pull
""".split()


class Trie:
    END = ""

    def __init__(self, words=()):
        self.root = {}
        self.count = 0
        self.nodes = 0
        for word in words:
            self.add(word)

    def add(self, word):
        node = self.root
        for letter in word:
            if letter not in node:
                node[letter] = {}
                self.nodes += 1
            node = node[letter]
        if self.END not in node:
            node[self.END] = word
            self.count += 1

    def __len__(self):
        return self.count

    def __contains__(self, word):
        node = self._walk(word)
        return node is not None and self.END in node

    def _walk(self, prefix):
        node = self.root
        for letter in prefix:
            node = node.get(letter)
            if node is None:
                return None
        return node

    def remove(self, word):
        path = [self.root]
        for letter in word:
            path.append(path[-1][letter])
        del path[-1][self.END]
        self.count -= 1
        for letter, node in zip(reversed(word), reversed(path[:-1])):
            if node[letter]:
                break
            del node[letter]
            self.nodes -= 1

    def words(self, node):
        for letter in sorted(node):
            if letter == self.END:
                yield node[letter]
            else:
                yield from self.words(node[letter])

    def complete(self, prefix):
        node = self._walk(prefix)
        return [] if node is None else list(self.words(node))

    def near(self, word, most):
        found = []
        first_row = list(range(len(word) + 1))

        def visit(node, letter, above):
            row = [above[0] + 1]
            for column in range(1, len(word) + 1):
                row.append(min(row[column - 1] + 1, above[column] + 1, above[column - 1] + (word[column - 1] != letter)))
            if self.END in node and row[-1] <= most:
                found.append((row[-1], node[self.END]))
            if min(row) <= most:
                for following in node:
                    if following:
                        visit(node[following], following, row)

        for letter, node in self.root.items():
            visit(node, letter, first_row)
        found.sort()
        return found


trie = Trie(WORDS)
print(len(trie), "words in", trie.nodes, "nodes, of", sum(map(len, WORDS)), "letters")
for prefix in ("se", "re", "bu", "q", "pix"):
    print(prefix, trie.complete(prefix))
for typo in ("sensr", "batery", "pixle", "buton", "reley", "xyzzy", "rad"):
    hints = trie.near(typo, 2 if len(typo) > 4 else 1)
    print("%-7s" % typo, ", ".join("%s (%d)" % (word, distance) for distance, word in hints[:3]) or "no idea")
for word in ("battle", "set", "sign"):
    trie.remove(word)
    trie.add(word + "s")
print("set" in trie, "sets" in trie, "signal" in trie, "batt" in trie, trie.nodes, len(trie))
vowels = set("aeiou")
by_vowels = {}
for word in trie.words(trie.root):
    by_vowels.setdefault(frozenset(set(word) & vowels), []).append(word)
for used in sorted(by_vowels, key=lambda one: (-len(by_vowels[one]), sorted(one)))[:4]:
    print("".join(sorted(used)) or "-", len(by_vowels[used]), by_vowels[used][0], by_vowels[used][-1])
letters = set()
for word in WORDS:
    letters |= set(word)
print(len(letters), sorted(set("abcdefghijklmnopqrstuvwxyz") - letters), len(letters & vowels), letters >= set("micropython"))
