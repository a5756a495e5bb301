# An LRU cache upon OrderedDict, with __contains__, __getitem__, __setitem__, __delitem__, __len__ and statistics.
from collections import OrderedDict, namedtuple

Stats = namedtuple("Stats", ("hits", "misses", "evicted"))


class LRU:
    def __init__(self, capacity, loader=None, *, on_evict=None):
        self._items = OrderedDict()
        self._capacity = capacity
        self._loader = loader
        self._on_evict = on_evict
        self._hits = self._misses = self._evicted = 0

    def __len__(self):
        return len(self._items)

    def __contains__(self, key):
        return key in self._items

    def __getitem__(self, key):
        try:
            value = self._items.pop(key)
        except KeyError:
            self._misses += 1
            if self._loader is None:
                raise
            value = self._loader(key)
        else:
            self._hits += 1
        self[key] = value
        return value

    def __setitem__(self, key, value):
        if key in self._items:
            del self._items[key]
        while len(self._items) >= self._capacity:
            old = next(iter(self._items))
            self._evicted += 1
            gone = self._items.pop(old)
            if self._on_evict:
                self._on_evict(old, gone)
        self._items[key] = value

    def __delitem__(self, key):
        del self._items[key]

    def __iter__(self):
        return iter(self._items)

    @property
    def stats(self):
        return Stats(self._hits, self._misses, self._evicted)


def read_block(number):
    return bytes([number & 0xFF, number * 7 & 0xFF]) * 8


evicted = []
cache = LRU(4, read_block, on_evict=lambda key, value: evicted.append((key, len(value))))
trace = [1, 2, 3, 1, 4, 5, 1, 2, 6, 1, 7, 3, 1, 1, 2]
total = 0
for block in trace:
    total += sum(cache[block])
print(total, len(cache), list(cache), cache.stats)
print(evicted)
print(9 in cache, 1 in cache)
del cache[1]
plain = LRU(2)
plain["a"] = 1
try:
    plain["b"]
except KeyError as e:
    print("missing", e.args)
stats = cache.stats
print("{}% of {}".format(100 * stats.hits // (stats.hits + stats.misses), stats.hits + stats.misses), stats.evicted)
print(stats)
