# Huffman coding of a short text: a heap of nodes, codes by recursion, bits packed into a bytearray, and back.
import heapq

TEXT = "she sells sea shells by the sea shore, the shells she sells are surely seashells"


class Node:
    def __init__(self, weight, symbol=None, left=None, right=None):
        self.weight = weight
        self.symbol = symbol
        self.left = left
        self.right = right

    def is_leaf(self):
        return self.symbol is not None


def histogram(text):
    counts = {}
    for letter in text:
        counts[letter] = counts.get(letter, 0) + 1
    return counts


def build(counts):
    order = 0
    heap = []
    for symbol in sorted(counts):
        heapq.heappush(heap, (counts[symbol], order, Node(counts[symbol], symbol)))
        order += 1
    while len(heap) > 1:
        w1, _, first = heapq.heappop(heap)
        w2, _, second = heapq.heappop(heap)
        heapq.heappush(heap, (w1 + w2, order, Node(w1 + w2, None, first, second)))
        order += 1
    return heap[0][2]


def assign(node, prefix, codes):
    if node.is_leaf():
        codes[node.symbol] = prefix or "0"
        return codes
    assign(node.left, prefix + "0", codes)
    assign(node.right, prefix + "1", codes)
    return codes


def pack(bits):
    out = bytearray((len(bits) + 7) // 8)
    for i, bit in enumerate(bits):
        if bit == "1":
            out[i >> 3] |= 0x80 >> (i & 7)
    return out


def unpack(data, count):
    for i in range(count):
        yield (data[i >> 3] >> (7 - (i & 7))) & 1


def decode(root, bits):
    letters = []
    node = root
    for bit in bits:
        node = node.right if bit else node.left
        if node.is_leaf():
            letters.append(node.symbol)
            node = root
    return "".join(letters)


counts = histogram(TEXT)
root = build(counts)
codes = assign(root, "", {})
for symbol, code in sorted(codes.items(), key=lambda item: (len(item[1]), item[1])):
    print("{!r:>5} {:3d} {}".format(symbol, counts[symbol], code))

bits = "".join([codes[letter] for letter in TEXT])
packed = pack(bits)
print(len(TEXT), "bytes ->", len(packed), "bytes,", len(bits), "bits")
print("%.3f bits a letter, %d %% saved" % (len(bits) / len(TEXT), 100 - 100 * len(packed) // len(TEXT)))
print(" ".join("%02x" % b for b in packed[:16]))
again = decode(root, unpack(packed, len(bits)))
assert again == TEXT, "does not come back"
print(again[:24] + "...", root.weight)
