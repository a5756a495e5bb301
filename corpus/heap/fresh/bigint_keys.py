# Toy public keys: Miller-Rabin, extended Euclid, modular powers of big integers, signatures in hex.
import binascii
import hashlib

SMALL = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def power(base, exponent, modulus):
    result = 1
    base %= modulus
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def is_prime(n):
    if n < 2:
        return False
    for p in SMALL:
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while not d & 1:
        d >>= 1
        s += 1
    for a in SMALL[:6]:
        x = power(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def next_prime(n):
    n |= 1
    while not is_prime(n):
        n += 2
    return n


def egcd(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = egcd(b, a % b)
    return g, y, x - a // b * y


def inverse(a, m):
    g, x, _ = egcd(a, m)
    if g != 1:
        raise ValueError("%d has no inverse" % a)
    return x % m


class Key:
    def __init__(self, seed_p, seed_q, e=65537):
        p, q = next_prime(seed_p), next_prime(seed_q)
        self.n = p * q
        self.e = e
        self._d = inverse(e, (p - 1) * (q - 1))

    def sign(self, message):
        return power(self.digest(message), self._d, self.n)

    def check(self, message, signature):
        return power(signature, self.e, self.n) == self.digest(message)

    def digest(self, message):
        raw = hashlib.sha256(message).digest()
        return int.from_bytes(raw[:12], "big") % self.n


key = Key(0xC0FFEE1234567, 10 ** 16 + 7)
print("n = 0x%x" % key.n)
print("n = {:,} of {} digits".format(key.n, len(str(key.n))))
for message in (b"open the gate", b"close the gate"):
    signature = key.sign(message)
    raw = signature.to_bytes(14, "big")
    print(message.decode(), binascii.hexlify(raw).decode(), key.check(message, signature))
print(key.check(b"burn the gate", signature))
try:
    inverse(6, 9)
except ValueError as error:
    print(error)
print([n for n in range(1, 60) if is_prime(n)])
a, b = 0, 1
for _ in range(150):
    a, b = b, a + b
print(a, a % 1000007, a >> 64, bin(a & 0xFFFF))
print(-(2 ** 70) // 3, (-7) ** 27, (1 << 100) ^ (1 << 90), ~(1 << 66))
